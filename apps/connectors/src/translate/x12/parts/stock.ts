/** Kinds of quantities that 846, 852 and INVRPT report, their codes, and what they say of single stores. */
import type { ReportedQuantity } from '../../../canonical/inventory-report.js';
import type { Party } from '../../../canonical/shapes.js';
import { codesFor, meantBy, OWN, type CodeTable, type ReadBy } from '../../code-table.js';
import type { X12Reading } from '../reading.js';
import type { X12Segment } from '../segment.js';
import { storesOf } from './lines.js';

/** What QTY01 of an 846 counts. */
export const QUANTITY_KINDS: CodeTable<string> = {
  ...OWN,
  list: 'quantities',
  codeSet: 'X12 673, 004010',
  source: 'X12 data element dictionary, quantity qualifier',
  example: { sent: 'QTY*33*120*EA', code: '33', means: 'available' },
  rows: {
    '33': 'available',
    '17': 'on-hand',
    QH: 'on-hold',
    '63': 'on-order',
    '29': 'projected',
    '20': 'unusable',
    '87': 'received',
  },
};
/** What ZA01 of an 852 counts. */
export const ACTIVITY_KINDS: CodeTable<string> = {
  ...OWN,
  version: '2026-11-22.3',
  list: 'quantities',
  codeSet: 'X12 859, 004010',
  source: 'X12 data element dictionary, activity code of product activity reporting',
  example: { sent: 'ZA*QS*12*EA', code: 'QS', means: 'sold' },
  rows: {
    QA: 'available',
    QP: 'on-order',
    QS: 'sold',
    QR: 'received',
    QO: 'out-of-stock',
    QI: 'in-transit',
    QC: 'committed',
    QU: 'returned',
    QW: 'withdrawn',
    QT: 'adjusted',
    QB: 'beginning-balance',
    QE: 'ending-balance',
    OH: 'gross-on-hand',
    HL: 'on-hold',
    DG: 'damaged',
  },
  replaced: [{ by: '2026-11-22.3', rows: { QB: null, OH: null, HL: null, DG: null } }],
};
const CODES = codesFor(QUANTITY_KINDS);

/** Our word for what is counted; the code itself where there is none. */
export const kindOfQuantity = (code: string, by?: ReadBy): string => meantBy(QUANTITY_KINDS, code, by) ?? code;
export const kindOfActivity = (code: string, by?: ReadBy): string => meantBy(ACTIVITY_KINDS, code, by) ?? code;
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
