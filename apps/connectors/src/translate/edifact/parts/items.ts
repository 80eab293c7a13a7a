/** Items: numbers of LIN and PIA (code list 7143), descriptions of IMD, read and written. */
import type { Identifier, Item } from '../../../canonical/shapes.js';
import { compact, some } from '../../edi/compact.js';
import { pieces } from '../../edi/pieces.js';
import type { Group } from '../message.js';
import type { EdifactReading } from '../reading.js';
import { segment, when, type Written } from '../writing.js';

type Named = 'buyerItem' | 'sellerItem' | 'manufacturerItem' | 'gtin';
/** Item number types by the field they fill; the first is the one that is written. */
const TYPES: Readonly<Record<Exclude<Named, 'gtin'>, readonly string[]>> = {
  buyerItem: ['IN', 'BP'],
  sellerItem: ['SA', 'VN', 'VP'],
  manufacturerItem: ['MF', 'MP'],
};
const FIELDS: ReadonlyMap<string, Named> = new Map([
  ...Object.entries(TYPES).flatMap(([field, codes]) => codes.map((code) => [code, field as Named] as const)),
  ...['EN', 'SRV', 'SRS', 'UP', 'UA', 'GU'].map((code) => [code, 'gtin' as const] as const),
]);
const GTIN = /^(\d{8}|\d{12,14})$/;
/** PIA01: the item in its place, and that it takes the place of another. */
export const [ADDITIONAL, IDENTIFICATION, SUBSTITUTED_BY] = ['1', '5', '4'];

interface Numbered {
  readonly value: string | undefined;
  readonly type: string | undefined;
}
export const itemOfNumbers = (numbers: readonly Numbered[], description?: string): Item => {
  const named: Partial<Record<Named, string>> = {};
  const ids: Identifier[] = [];
  for (const { value, type } of numbers) {
    if (value === undefined) continue;
    const field = type === undefined ? (GTIN.test(value) ? 'gtin' : undefined) : FIELDS.get(type);
    if (field === undefined || named[field] !== undefined || (field === 'gtin' && !GTIN.test(value)))
      ids.push(compact<Identifier>({ scheme: type, value }));
    else named[field] = value;
  }
  return compact<Item>({ ...named, ids: some(ids), description });
};
/** Numbers of a PIA: up to five, from its second element on. */
export const numbersOf = (reading: EdifactReading, pia: Group['opening']): readonly Numbered[] =>
  [2, 3, 4, 5, 6].map((at) => ({ value: reading.text(pia, at, 1), type: reading.text(pia, at, 2) }));

/** Text of IMD: C273 components 4 and 5, or its code where there is no text. */
const descriptionOf = (reading: EdifactReading, imds: readonly Group['opening'][]): string | undefined => {
  const texts = imds.flatMap((imd) => [reading.text(imd, 3, 4), reading.text(imd, 3, 5)]);
  return texts.filter((text) => text !== undefined).join(' ') || undefined;
};
export const itemOf = (reading: EdifactReading, line: Group): Item => {
  const lin = line.opening;
  const pias = line.all('PIA').filter((pia) => pia.at(1).trim() !== SUBSTITUTED_BY);
  const own = { value: reading.text(lin, 3, 1), type: reading.text(lin, 3, 2) };
  return itemOfNumbers(
    [own, ...pias.flatMap((pia) => numbersOf(reading, pia))],
    descriptionOf(reading, [...line.all('IMD'), ...line.of('IMD').map(({ opening }) => opening)]),
  );
};

/** Pairs of number and type without the GTIN, which stands in the LIN. */
const pairsOf = (item: Item): readonly (readonly string[])[] => {
  const named = Object.entries(TYPES).flatMap(([field, [code = '']]) => {
    const value = item[field as Exclude<Named, 'gtin'>];
    return value === undefined ? [] : [[value, code]];
  });
  return [...named, ...(item.ids ?? []).map(({ scheme, value }) => [value, scheme ?? 'ZZZ'])];
};
/** LIN with the GTIN, PIA with the other numbers five at a time, IMD with the description. */
export const itemSegments = (lineNo: string, action: string | undefined, item: Item): readonly Written[] => {
  const pairs = pairsOf(item);
  const pias = Array.from({ length: Math.ceil(pairs.length / 5) }, (_, at) => pairs.slice(at * 5, at * 5 + 5));
  return [
    segment('LIN', lineNo, action, item.gtin === undefined ? undefined : [item.gtin, 'EN']),
    ...pias.map((numbers) => segment('PIA', ADDITIONAL, ...numbers)),
    ...descriptionSegments(item),
  ];
};
const descriptionSegments = ({ description = '' }: Item): readonly Written[] => {
  const texts = pieces(description, 35);
  return Array.from({ length: Math.ceil(texts.length / 2) }, (_, at) => {
    const [first, second] = texts.slice(at * 2, at * 2 + 2);
    return segment('IMD', 'F', undefined, [undefined, undefined, undefined, first, second]);
  });
};
export const substituteOf = (reading: EdifactReading, line: Group): Item | undefined => {
  const pia = line.all('PIA').find((one) => one.at(1).trim() === SUBSTITUTED_BY);
  return pia && itemOfNumbers(numbersOf(reading, pia));
};
export const substituteSegments = (item: Item | undefined): readonly Written[] => {
  if (!item) return [];
  const gtin = item.gtin === undefined ? [] : [[item.gtin, 'EN']];
  return when(item, segment('PIA', SUBSTITUTED_BY, ...gtin, ...pairsOf(item)));
};
