/** The mutated document of a run, and the door that it comes by: the same for the same seed, run and folder. */
import { randomOf } from '../random.ts';
import { mutate } from './mutate.ts';
import type { Seed } from './seeds.ts';

/** Ways in, of connectors the first four. `upload of nobody` names no partner: the envelope does, or nobody. */
export const DOORS = {
  documents: ['upload', 'upload of nobody', 'webhook', 'shop webhook'],
  trackings: ['carrier webhook', 'easypost webhook'],
} as const;
export type Door = (typeof DOORS)['documents' | 'trackings'][number];
export interface Handed {
  readonly run: number;
  /** name of the document that was mutated */
  readonly seed: string;
  readonly door: Door;
  readonly bytes: Buffer;
}
/** Most come from the partner with whom most is agreed: they go farthest. */
const USUAL = 0.7;

export const documentOf = (seeds: readonly Seed[], seed: number, run: number): Handed => {
  const random = randomOf(seed + run);
  const chosen = random.pick(seeds);
  const bytes = mutate(chosen.bytes, random.pick(seeds).bytes, random);
  const [usual, ...others] = chosen.isTracking ? DOORS.trackings : DOORS.documents;
  const door = random.next() < USUAL ? usual : random.pick(others);
  return { run, seed: chosen.name, door, bytes };
};
