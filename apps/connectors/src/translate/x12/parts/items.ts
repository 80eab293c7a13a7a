/** Items: pairs of qualifier (element 235) and number in PO1, IT1, POC, LIN, W01 ..., and their PID texts. */
import type { Identifier, Item } from '../../../canonical/shapes.js';
import { compact, some } from '../../edi/compact.js';
import type { X12Reading } from '../reading.js';
import type { X12Segment } from '../segment.js';
import { pieces } from '../../edi/pieces.js';
import { segment, type Cell, type Written } from '../writing.js';

type Named = 'buyerItem' | 'sellerItem' | 'manufacturerItem' | 'gtin';
/** Qualifiers by the field they fill; the first is the one that is written. */
const QUALIFIERS: Readonly<Record<Exclude<Named, 'gtin'>, readonly string[]>> = {
  buyerItem: ['BP', 'IN', 'CB', 'PI', 'SK'],
  sellerItem: ['VN', 'VP', 'VA', 'VC'],
  manufacturerItem: ['MG', 'MF', 'MN'],
};
const FIELDS: ReadonlyMap<string, Named> = new Map([
  ...Object.entries(QUALIFIERS).flatMap(([field, codes]) => codes.map((code) => [code, field as Named] as const)),
  // U.P.C., EAN and GTIN in all their lengths; one that is not whole is no GTIN.
  ...['UP', 'UK', 'EN', 'EO', 'UI', 'UA', 'UD', 'GU', 'EM'].map((code) => [code, 'gtin' as const] as const),
]);
const GTIN_QUALIFIERS: Readonly<Record<number, string>> = { 8: 'EO', 12: 'UP', 13: 'EN', 14: 'UK' };
/** First element of the pairs of a LIN. */
const LIN_PAIRS = 2;
const GTIN = /^(\d{8}|\d{12,14})$/;

/** Where the pairs of a segment begin: from an element on to its end, or each by itself where others stand between them. */
type Pairs = number | readonly number[];
const placesOf = (one: X12Segment, pairs: Pairs): readonly number[] => {
  // A LIN beside a PO1 or IT1 has its own pairs, from its second element on.
  const from = one.tag === 'LIN' ? LIN_PAIRS : pairs;
  if (typeof from !== 'number') return from;
  return Array.from({ length: Math.max(0, Math.ceil((one.size - from) / 2)) }, (_, at) => from + 2 * at);
};

/** Item of the pairs; texts of PID, G69 or PKG follow as its description. */
export const itemOf = (
  reading: X12Reading,
  segments: readonly X12Segment[] | X12Segment | undefined,
  pairs: Pairs,
  texts: readonly (string | undefined)[] = [],
): Item => {
  const named: Partial<Record<Named, string>> = {};
  const ids: Identifier[] = [];
  for (const one of segments === undefined ? [] : 'tag' in segments ? [segments] : segments) {
    for (const at of placesOf(one, pairs)) {
      const [scheme, value] = [reading.text(one, at), reading.text(one, at + 1)];
      if (scheme === undefined || value === undefined) continue;
      const field = FIELDS.get(scheme);
      if (field === undefined || named[field] !== undefined || (field === 'gtin' && !GTIN.test(value)))
        ids.push({ scheme, value });
      else named[field] = value;
    }
  }
  const description = texts.filter((text) => text !== undefined).join(' ') || undefined;
  return compact<Item>({ ...named, ids: some(ids), description });
};

/** Lot, batch and serial numbers stand among the pairs, too. */
export const lotOf = ({ ids }: Item): string | undefined =>
  ids?.find(({ scheme }) => scheme === 'LT' || scheme === 'B8')?.value;
export const serialOf = ({ ids }: Item): string | undefined => ids?.find(({ scheme }) => scheme === 'SN')?.value;

/** Free-form texts of PID segments, in order. */
export const descriptionsOf = (reading: X12Reading, pids: readonly X12Segment[]): readonly (string | undefined)[] =>
  pids.map((pid) => reading.text(pid, 5));

/** Pairs of an item: named numbers first, then the others as they came. */
export const itemCells = (item: Item): readonly Cell[] => {
  const gtin = item.gtin === undefined ? [] : [GTIN_QUALIFIERS[item.gtin.length] ?? 'UK', item.gtin];
  const named = Object.entries(QUALIFIERS).flatMap(([field, [code]]) => {
    const value = item[field as Exclude<Named, 'gtin'>];
    return value === undefined ? [] : [code, value];
  });
  const others = (item.ids ?? []).flatMap(({ scheme, value }) => [scheme ?? 'ZZ', value]);
  return [...gtin, ...named, ...others];
};
export const descriptionSegments = (item: Item): readonly Written[] =>
  pieces(item.description ?? '', 80).map((text) => segment('PID', 'F', undefined, undefined, undefined, text));
