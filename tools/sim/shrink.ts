/** Leaves out of a failing plan whatever it fails without: first what makes it noisy, then actions by halves. */
import { QUIETING, type Cut, type Quieting } from './cut.ts';

/** True when the cut plan still fails in the same way. */
export type StillFails = (cut: Cut) => Promise<boolean>;

export const shrink = async (actions: number, fails: StillFails, tries = 120): Promise<Cut> => {
  let left = tries;
  const holds = async (cut: Cut): Promise<boolean> => left-- > 0 && (await fails(cut));
  let cut: Cut = { without: [] };
  const quieten = async (): Promise<void> => {
    for (const name of Object.keys(QUIETING) as Quieting[]) {
      if (cut.without.includes(name)) continue;
      const next = { ...cut, without: [...cut.without, name] };
      if (await holds(next)) cut = next;
    }
  };
  await quieten();
  let only = Array.from({ length: actions }, (_, at) => at);
  for (let size = Math.ceil(only.length / 2); size >= 1 && left > 0; size = size > 1 ? Math.ceil(size / 2) : 0)
    for (let from = 0; from < only.length && left > 0;) {
      const next = only.filter((_, at) => at < from || at >= from + size);
      if (await holds({ ...cut, only: next })) only = next;
      else from += size;
    }
  cut = { ...cut, only };
  await quieten();
  return cut;
};
