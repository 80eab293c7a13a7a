/** Proof that the simulator finds what it is there to find: each planted bug is caught, and by which invariant. */
import { Worker } from './crew.ts';
import { PLANTED, type Planted } from './planted/index.ts';

export const SEEDS_LIMIT = 2_000;
const AT_ONCE = 25;

export interface Caught {
  readonly bug: Planted;
  /** undefined: it got away */
  readonly seed?: number;
  readonly played: number;
  readonly faults: readonly { readonly id: string; readonly text: string }[];
}

/** Plays seeds with the bug planted until one fails. */
export const catchOne = async (bug: Planted, limit: number): Promise<Caught> => {
  const worker = await Worker.start(bug.patches);
  try {
    for (let played = 0; played < limit;) {
      const count = Math.min(AT_ONCE, limit - played);
      const part = await worker.play({ first: played + 1, count, untilFault: true });
      played += part.played;
      const [found] = part.faulty;
      if (found) return { bug, seed: found.seed, played, faults: found.faults };
    }
    return { bug, played: limit, faults: [] };
  } finally {
    worker.stop();
  }
};

/** A bug that keeps a worker from running is no bug that was caught. */
const broken = (bug: Planted, error: unknown): Caught => ({
  bug,
  played: 0,
  faults: [{ id: 'broken', text: (error as Error).message.replaceAll(/\s+/g, ' ') }],
});

const row = ({ bug, seed, played, faults }: Caught): string => {
  const by = [...new Set(faults.map(({ id }) => id))].join(', ');
  const what = seed === undefined ? `NOT CAUGHT in ${played} seeds` : `seed ${seed}`;
  return `| ${bug.layer} | ${bug.name} | ${what} | ${by} | ${faults[0]?.text.slice(0, 110) ?? ''} |`;
};

/** `store,relay`: every bug with one of these in its layer or name. */
const isNamed = ({ layer, name }: Planted, wanted: string): boolean =>
  wanted.split(',').some((part) => `${layer}: ${name}`.includes(part));

/** Exit code: 0 when every bug was caught. */
export const catchPlanted = async (
  name: string | undefined,
  limit: number,
  workers: number,
  say: (text: string) => void,
): Promise<number> => {
  const chosen = PLANTED.filter((bug) => name === undefined || isNamed(bug, name));
  if (chosen.length === 0) throw new Error(`no bug has ${name} in its name or layer`);
  const waiting = [...chosen];
  const caught: Caught[] = [];
  say('| layer | bug | caught at | by | what was seen |\n| --- | --- | --- | --- | --- |');
  const work = async (): Promise<void> => {
    for (let bug = waiting.shift(); bug; bug = waiting.shift()) {
      const one = await catchOne(bug, limit).catch((error: unknown): Caught => broken(bug, error));
      caught.push(one);
      say(row(one));
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  const away = caught.filter(({ seed }) => seed === undefined);
  say(`${caught.length - away.length} of ${caught.length} planted bugs were caught`);
  return away.length === 0 ? 0 : 1;
};
