/** A process that plays batches of runs; which ones, its parent says. Started with the loader of the simulator, see `crew.ts`. */
import { documentOf, type Handed } from './documents.ts';
import { playBatch, type Finding } from './edge/batch.ts';
import { loadDefinitions } from './edge/edge.ts';
import { GOOD_SENDER } from './good.ts';
import { generatedSeeds } from './generated.ts';
import { readSeeds, sendersOf } from './seeds.ts';
import type { Tally } from './tally.ts';

export interface Order {
  readonly fixtures: string | undefined;
  readonly seed: number;
  readonly first: number;
  readonly count: number;
}
export interface Failure {
  /** the first of a batch when only all of it together goes wrong */
  readonly run: number;
  readonly seed: string;
  readonly what: string;
  /** base64 */
  readonly bytes: string;
}
export interface Played {
  readonly done: number;
  readonly failures: readonly Failure[];
  readonly tally: Tally;
}
/** `documents` are only made, to be handed in by somebody else; their bytes are base64. */
export type Asked = { readonly play: Order } | { readonly make: Order };
export interface Made {
  readonly documents: readonly (Omit<Handed, 'bytes'> & { readonly bytes: string })[];
  readonly senders: readonly string[];
}
export type Told =
  { readonly ready: true } | { readonly played: Played } | { readonly made: Made } | { readonly broken: string };

const definitions = await loadDefinitions();
const known = new Map<string, Awaited<ReturnType<typeof prepare>>>();
const prepare = async (fixtures: string | undefined, seed: number) => {
  const seeds = readSeeds(fixtures, await generatedSeeds(seed));
  return { seeds, senders: [GOOD_SENDER, ...sendersOf(seeds)] };
};

const failureOf = ({ run, seed, door, bytes }: Handed, what: string): Failure => ({
  ...{ run, seed: `${seed} (${door})` },
  ...{ what, bytes: bytes.toString('base64') },
});

/** What goes round says the same again and again. */
const toldOnce = (findings: readonly Finding[]): string => [...new Set(findings.map(({ what }) => what))].join('\n');

/** Those of the batch that go wrong when they are alone, or the whole batch when none does. */
const pinned = async (all: readonly Handed[], senders: readonly string[], what: string): Promise<Failure[]> => {
  const alone: Failure[] = [];
  for (const one of all) {
    const { findings } = await playBatch(definitions, senders, [one]);
    if (findings.length > 0) alone.push(failureOf(one, toldOnce(findings)));
  }
  if (alone.length > 0) return alone;
  const last = all.at(-1) as Handed;
  return [failureOf(all[0] as Handed, `runs ${all[0]?.run} to ${last.run}, only together: ${what}`)];
};

/** Whose findings they are: of one run all in one, of a batch each by itself. */
const blamed = async (
  all: readonly Handed[],
  senders: readonly string[],
  findings: readonly Finding[],
): Promise<readonly Failure[]> => {
  if (findings.length === 0) return [];
  const [first] = all as readonly [Handed];
  if (all.length === 1) return [failureOf(first, toldOnce(findings))];
  const unclear = findings.filter(({ run }) => run === undefined);
  const alone = unclear.length > 0 ? await pinned(all, senders, toldOnce(unclear)) : [];
  const clear = findings.filter(({ run }) => run !== undefined && !alone.some((failure) => failure.run === run));
  return [...alone, ...clear.map(({ run = first.run, what }) => failureOf(all[run - first.run] as Handed, what))];
};

const documentsOf = async ({ fixtures, seed, first, count }: Order) => {
  const name = `${seed} ${fixtures ?? ''}`;
  const { seeds, senders } = known.get(name) ?? (await prepare(fixtures, seed));
  known.set(name, { seeds, senders });
  return { all: Array.from({ length: count }, (_, at) => documentOf(seeds, seed, first + at)), senders };
};
const make = async (order: Order): Promise<Made> => {
  const { all, senders } = await documentsOf(order);
  return { documents: all.map((one) => ({ ...one, bytes: one.bytes.toString('base64') })), senders };
};

const play = async (order: Order): Promise<Played> => {
  const { all, senders } = await documentsOf(order);
  const { findings, tally } = await playBatch(definitions, senders, all);
  const failures = await blamed(all, senders, findings);
  return { done: all.length, failures, tally };
};

const tell = (told: Told): void => void process.send?.(told);
const answer = async (asked: Asked): Promise<Told> =>
  'play' in asked ? { played: await play(asked.play) } : { made: await make(asked.make) };
process.on('message', (asked: Asked) => {
  answer(asked).then(tell, (error: unknown) => tell({ broken: (error as Error).stack ?? String(error) }));
});
tell({ ready: true });
