/** Every planted bug. */
import type { Patch } from '../load/patch.ts';

export interface Planted {
  readonly name: string;
  readonly layer: string;
  readonly patches: readonly Patch[];
}
export const PLANTED: readonly Planted[] = [];
