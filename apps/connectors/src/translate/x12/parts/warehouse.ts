/** What the warehouse sets (940, 943, 944, 945) share. */
import type { Item, Quantity } from '../../../canonical/shapes.js';
import { OWN, type CodeTable } from '../../code-table.js';
import { compact } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import type { X12Loop } from '../message.js';
import type { X12Reading } from '../reading.js';
import type { X12Segment } from '../segment.js';
import { itemOf } from './items.js';
import { PARTY } from './parties.js';

/** Item segment of a line, and where its elements stand. */
export interface WarehouseElements {
  readonly tag: string;
  readonly upc: number;
  /** first element of each pair */
  readonly pairs: readonly number[];
  /** warehouse lot number (element 451), where the segment has one */
  readonly lot?: number;
}
const itemLoop = (tag: string, ...inner: Parameters<typeof loop>[2][]) =>
  loop(tag, 'G69 N9 QTY MEA AMT G62 W20 W13 MAN G66 PID NTE R4 SAC', ...inner);
export const warehouseLayout = (own: string, item: string) =>
  loop(
    'ST',
    `${own} N9 G61 G62 NTE W66 W27 W09 W10 W28 G66 W6 TD5 LH2`,
    PARTY,
    loop('LX', 'MAN N9 W6 PAL G62 PO4 NTE', itemLoop(item, loop('LS'))),
    itemLoop(item),
    loop('W76'),
    loop('W03'),
    loop('W14'),
  );

/** Every item segment with the LX it stands in. */
export const itemLoops = (set: X12Loop, tag: string): readonly { readonly lx?: X12Loop; readonly item: X12Loop }[] =>
  set.loops.flatMap((one) => {
    if (one.opening.tag === tag) return [{ item: one }];
    return one.opening.tag === 'LX' ? one.of(tag).map((item) => ({ lx: one, item })) : [];
  });

const QUALIFIER = /^[A-Z]{2}$/;
/** Item of a W01, W04, W07 or W12: a U.P.C. case code, then pairs; some senders leave the code's element out. */
export const warehouseItemOf = (reading: X12Reading, line: X12Loop, { upc, pairs }: WarehouseElements): Item => {
  const { opening } = line;
  const texts = line.all('G69').map((g69) => reading.text(g69, 1));
  const early = QUALIFIER.test(opening.at(upc).trim());
  const places = early ? pairs.map((at) => at - 1) : pairs;
  const { gtin: paired, ...rest } = itemOf(reading, opening, places, texts);
  const code = early ? undefined : reading.text(opening, upc);
  const isGtin = code !== undefined && /^(\d{8}|\d{12,14})$/.test(code);
  const ids = [...(code !== undefined && !isGtin ? [{ scheme: 'UA', value: code }] : []), ...(rest.ids ?? [])];
  return compact<Item>({
    ...rest,
    gtin: isGtin ? code : paired,
    ids: [...ids, ...(isGtin && paired !== undefined && paired !== code ? [{ scheme: 'UK', value: paired }] : [])],
  });
};
export const withoutEmptyIds = (item: Item): Item => {
  const { ids, ...rest } = item;
  return ids && ids.length > 0 ? { ...rest, ids } : rest;
};
export const quantityOrZero = (reading: X12Reading, line: X12Segment, value: number, unit: number): Quantity =>
  reading.quantity(line, value, [unit]) ?? { value: '0', ...reading.unit(line, unit) };

/** Of a 943, 944 or 945 that is more, less or other than a full report of its kind. */
export const REPORTINGS: CodeTable<string> = {
  ...OWN,
  list: 'reports',
  codeSet: 'X12 514, 004010',
  source: 'X12 data element dictionary, reporting code',
  example: { sent: 'W17*C*20260110*R-1', code: 'C', means: 'customer-return' },
  rows: {
    A: 'inventory-adjustment',
    B: 'book-transfer',
    C: 'customer-return',
    K: 'simulation',
    O: 'inventory-overage',
    S: 'inventory-shortage',
    X: 'exceptions-only',
  },
};
/** W0601, W1701; undefined for a plain one. */
export const reportingOf = (reading: X12Reading, first: X12Segment | undefined): string | undefined =>
  reading.means(REPORTINGS, reading.text(first, 1));
