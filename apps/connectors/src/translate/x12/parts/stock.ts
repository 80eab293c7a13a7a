/** Kinds of quantities that 846, 852 and INVRPT report, their codes, and what they say of single stores. */
import type { ReportedQuantity } from '../../../canonical/inventory-report.js';
import type { Party } from '../../../canonical/shapes.js';
import type { X12Reading } from '../reading.js';
import type { X12Segment } from '../segment.js';
import { storesOf } from './lines.js';

/** Quantity qualifiers (element 673). */
const QUANTITY_KINDS: ReadonlyMap<string, string> = new Map([
  ['33', 'available'],
  ['17', 'on-hand'],
  ['QH', 'on-hold'],
  ['63', 'on-order'],
  ['29', 'projected'],
  ['20', 'unusable'],
  ['87', 'received'],
]);
/** Product activity codes (ZA01, element 859). */
const ACTIVITY_KINDS: ReadonlyMap<string, string> = new Map([
  ['QA', 'available'],
  ['QP', 'on-order'],
  ['QS', 'sold'],
  ['QR', 'received'],
  ['QO', 'out-of-stock'],
  ['QI', 'in-transit'],
  ['QC', 'committed'],
  ['QU', 'returned'],
  ['QW', 'withdrawn'],
  ['QT', 'adjusted'],
  ['QE', 'ending-balance'],
]);
const CODES = new Map([...QUANTITY_KINDS].reverse().map(([code, kind]) => [kind, code]));

export const kindOfQuantity = (code: string): string => QUANTITY_KINDS.get(code) ?? code;
export const kindOfActivity = (code: string): string => ACTIVITY_KINDS.get(code) ?? code;
/** Qualifier of a kind: as it was sent where that means the same, else ours; a kind that is none is a code itself. */
export const quantityCode = (kind: string, sent: string | undefined): string =>
  sent !== undefined && kindOfQuantity(sent) === kind ? sent : (CODES.get(kind) ?? kind);

export type ByStore = Map<string, { readonly location: Party; readonly quantities: ReportedQuantity[] }>;
/** What an SDQ says of each store, beside what was said of it before. */
export const takeStores = (
  reading: X12Reading,
  sdq: X12Segment,
  { kind, sentKind }: Pick<ReportedQuantity, 'kind' | 'sentKind'>,
  stores: ByStore,
): void => {
  for (const { store, location, quantity } of storesOf(reading, sdq)) {
    const entry = stores.get(store) ?? { location, quantities: [] };
    entry.quantities.push({ kind, ...(sentKind !== undefined && { sentKind }), quantity });
    stores.set(store, entry);
  }
};
