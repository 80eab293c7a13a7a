import { keyOf } from '@crossdock/contracts';
import type { Reference } from '../canonical/shapes.js';

/**
 * The number that an order has with us: its buyer's. Releases of one blanket order have that order's number, and the
 * release (X12 BEG04, BCH04) tells them apart.
 */
export const orderNumberOf = (number: string, references: readonly Reference[] = []): string => {
  const release = references.find(({ kind }) => kind === 'release');
  return keyOf(release === undefined ? number : `${number}-${release.number}`);
};
