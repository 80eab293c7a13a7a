/** Processes and all that descend from them: PostgreSQL, for one, makes a process per connection. Linux. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Parent of every process, by process id. The name in field 2 of /proc/<pid>/stat may hold spaces and brackets. */
const parents = (): ReadonlyMap<number, number> => {
  if (!existsSync('/proc/self/stat')) return new Map();
  const found = readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid)) return [];
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return [[pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const];
    } catch {
      return [];
    }
  });
  return new Map(found);
};

/** These processes first, then their descendants; each once. */
export const familyOf = (
  pids: readonly number[],
  parentOf: ReadonlyMap<number, number> = parents(),
): readonly number[] => {
  const family = new Set(pids);
  for (let size = 0; size !== family.size;) {
    size = family.size;
    for (const [pid, parent] of parentOf) if (family.has(parent)) family.add(pid);
  }
  return [...family];
};
