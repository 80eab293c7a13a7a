/** What each carrier's folder offers. */
import type { TrackingReading } from './reading.js';
import type { CarrierTable } from './table.js';

export interface CarrierTranslation {
  readonly table: CarrierTable;
  /** other names under which the carrier is known: of folders, connections, aggregators */
  readonly names: readonly string[];
  /** true for a payload that only this carrier's API sends, error answers included */
  readonly recognises: (tree: unknown) => boolean;
  /**
   * Pure: the same tree gives the same reading. Scans are mapped by the rows of their own day, those that tell none by
   * the rows of `day` (as from now on when left out).
   */
  readonly read: (tree: unknown, day?: string) => TrackingReading;
}
