/** Every planted bug: a change of a source that should not go unnoticed. Kept here, made while it is loaded. */
import type { Patch } from '../load/patch.ts';
import { DOMAIN_BUGS } from './domain.ts';
import { ROAD_BUGS } from './road.ts';
import { STORE_BUGS } from './store.ts';

export interface Planted {
  readonly name: string;
  readonly layer: string;
  readonly patches: readonly Patch[];
}
export const PLANTED: readonly Planted[] = [...ROAD_BUGS, ...STORE_BUGS, ...DOMAIN_BUGS];
