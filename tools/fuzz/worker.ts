/** One thread of the fuzzer: every n-th run. What it is at stands in shared memory, so that a hang is seen from outside. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadReadTracking, loadTranslate } from '../conformance/translations.ts';
import { judge } from './judge.ts';
import { mutate } from './mutate.ts';
import { randomOf } from '../random.ts';
import { readSeeds } from './seeds.ts';

export interface Work {
  readonly fixtures: string | undefined;
  readonly seed: number;
  readonly first: number;
  readonly step: number;
  readonly end: number;
  /** the run under way */
  readonly at: SharedArrayBuffer;
}
export interface Failure {
  readonly run: number;
  readonly seed: string;
  readonly what: string;
  readonly bytes: Uint8Array;
}
export type Told = { readonly failure: Failure } | { readonly done: number };

const { fixtures, seed, first, step, end, at } = workerData as Work;
const under = new Float64Array(at);
const seeds = readSeeds(fixtures);
const translate = await loadTranslate();
const readTracking = await loadReadTracking();
const tell = (told: Told): void => parentPort?.postMessage(told);

let done = 0;
for (let run = first; run < end; run += step) {
  const random = randomOf(seed + run);
  const chosen = random.pick(seeds);
  const bytes = mutate(chosen.bytes, random.pick(seeds).bytes, random);
  under[0] = run;
  const what = judge(chosen, bytes, translate, readTracking);
  if (what !== undefined) tell({ failure: { run, seed: chosen.name, what, bytes } });
  done++;
}
tell({ done });
