/** CPU seconds and largest resident memory of processes, summed over their restarts: /proc on Linux, `ps` elsewhere. */
import { existsSync, readFileSync } from 'node:fs';
import { execa } from 'execa';

export interface Usage {
  readonly cpuSeconds: number;
  readonly maxRssMb: number;
}
export interface ProcessUsage extends Usage {
  readonly name: string;
}
export interface Running {
  readonly name: string;
  readonly pid: number;
}

/** Linux counts CPU time in hundredths of a second whatever its own clock does (USER_HZ). */
const TICKS_PER_SECOND = 100;
const MB = 1024 * 1024;
const SAMPLE_MS = 1_000;

/** Fields 14 and 15 of /proc/<pid>/stat; the name in field 2 may hold spaces and brackets. */
export const cpuOfStat = (stat: string): number => {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
};
/** VmHWM is the largest that the process ever was, so nothing between two looks is missed. */
export const rssOfStatus = (status: string): number =>
  (Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024) / MB;

/** `ps -o time=`: [[days-]hours:]minutes:seconds[.hundredths] */
export const secondsOfTime = (time: string): number => {
  const [days, clock] = time.includes('-') ? time.split('-') : ['0', time];
  return (clock as string).split(':').reduce((sum, part) => sum * 60 + Number(part), 0) + Number(days) * 86_400;
};
/** Lines of `ps -o pid=,rss=,time=` by process id. */
export const usageOfPs = (output: string): Map<number, Usage> => {
  const rows = output
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(({ length }) => length === 3);
  return new Map(
    rows.map(([pid, kilobytes, time]) => [
      Number(pid),
      { cpuSeconds: secondsOfTime(time as string), maxRssMb: (Number(kilobytes) * 1024) / MB },
    ]),
  );
};

const fromProc = (pid: number): Usage | undefined => {
  try {
    return {
      cpuSeconds: cpuOfStat(readFileSync(`/proc/${pid}/stat`, 'utf8')),
      maxRssMb: rssOfStatus(readFileSync(`/proc/${pid}/status`, 'utf8')),
    };
  } catch {
    return undefined;
  }
};

/** What each of these processes has used so far; one that has ended is left out. */
export async function usageOf(pids: readonly number[]): Promise<Map<number, Usage>> {
  if (existsSync('/proc/self/stat')) {
    return new Map(pids.map((pid) => [pid, fromProc(pid)] as const).filter(hasUsage));
  }
  const result = await execa('ps', ['-o', 'pid=,rss=,time=', '-p', pids.join(',')], { reject: false });
  return usageOfPs(result.stdout ?? '');
}
const hasUsage = (entry: readonly [number, Usage | undefined]): entry is readonly [number, Usage] =>
  entry[1] !== undefined;

/** Resident memory of each process at this moment, megabytes; one that has ended is left out. */
export async function residentMbOf(pids: readonly number[]): Promise<Map<number, number>> {
  if (!existsSync('/proc/self/stat')) {
    return new Map([...(await usageOf(pids))].map(([pid, { maxRssMb }]) => [pid, maxRssMb]));
  }
  const now = (pid: number): number | undefined => {
    try {
      const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / MB;
    } catch {
      return undefined;
    }
  };
  return new Map(pids.flatMap((pid) => [[pid, now(pid)] as const]).filter(isKnown));
}
const isKnown = (entry: readonly [number, number | undefined]): entry is readonly [number, number] =>
  entry[1] !== undefined;

/** Keeps an account per name; a name's processes follow one another. */
export class UsageAccount {
  readonly #running: () => readonly Running[];
  readonly #before = new Map<string, Usage>();
  readonly #now = new Map<number, { name: string; usage: Usage }>();
  readonly #marked = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(running: () => readonly Running[]) {
    this.#running = running;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.look().catch(() => undefined), SAMPLE_MS);
    this.#timer.unref();
  }
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Also called right before a process is killed: what it used since the last look would be lost. */
  async look(): Promise<void> {
    const running = this.#running();
    const used = await usageOf(running.map(({ pid }) => pid));
    for (const { name, pid } of running) {
      const usage = used.get(pid);
      if (!usage) continue;
      this.#now.set(pid, { name, usage: largest(this.#now.get(pid)?.usage, usage) });
    }
    const living = new Set(running.map(({ pid }) => pid));
    for (const [pid, { name, usage }] of this.#now) {
      if (living.has(pid)) continue;
      this.#now.delete(pid);
      this.#before.set(name, added(this.#before.get(name), usage));
    }
  }

  /** CPU time is counted from here on: what starting up took is not part of the day. Memory counts from the start. */
  async mark(): Promise<void> {
    await this.look();
    for (const [name, { cpuSeconds }] of this.#sums()) this.#marked.set(name, cpuSeconds);
  }

  /** By name, in the order of their first appearance. */
  totals(): readonly ProcessUsage[] {
    return [...this.#sums()].map(([name, { cpuSeconds, maxRssMb }]) => ({
      name,
      cpuSeconds: Math.round((cpuSeconds - (this.#marked.get(name) ?? 0)) * 100) / 100,
      maxRssMb: Math.round(maxRssMb * 10) / 10,
    }));
  }

  #sums(): ReadonlyMap<string, Usage> {
    const sums = new Map(this.#before);
    for (const { name, usage } of this.#now.values()) sums.set(name, added(sums.get(name), usage));
    return sums;
  }
}

const added = (before: Usage | undefined, { cpuSeconds, maxRssMb }: Usage): Usage => ({
  cpuSeconds: (before?.cpuSeconds ?? 0) + cpuSeconds,
  maxRssMb: Math.max(before?.maxRssMb ?? 0, maxRssMb),
});
const largest = (known: Usage | undefined, { cpuSeconds, maxRssMb }: Usage): Usage => ({
  cpuSeconds,
  maxRssMb: Math.max(known?.maxRssMb ?? 0, maxRssMb),
});
