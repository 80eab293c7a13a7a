/** The levels of an 856: which order, pallet and carton each item belongs to. */
import type { CanonicalDespatchLine, CanonicalPackage, ItemInstance } from '../../../canonical/despatch-advice.js';
import type { Item } from '../../../canonical/shapes.js';
import { compact, some } from '../../edi/compact.js';
import type { X12Loop } from '../message.js';
import type { X12Reading } from '../reading.js';
import type { X12Segment } from '../segment.js';
import { descriptionsOf, itemOf, lotOf, serialOf } from './items.js';
import { dayBy } from './lines.js';
import { notesOf, referenceOf } from './references.js';

/** A level with its place in the tree. */
interface Level {
  readonly loop: X12Loop;
  readonly code: string;
  readonly id: string;
  readonly parent: Level | undefined;
}
/** From the outside in; a level without a parent belongs to the last one further out. */
const RANK: Readonly<Record<string, number>> = { S: 0, O: 1, T: 2, P: 3, I: 4, F: 5 };
const rankOf = (code: string): number => (Object.hasOwn(RANK, code) ? (RANK[code] ?? 3) : 3);

/** HL02 names the parent; senders that leave it out mean the nearest level before it that is further out. */
const treeOf = (loops: readonly X12Loop[]): readonly Level[] => {
  const levels: Level[] = [];
  const byId = new Map<string, Level>();
  for (const loop of loops) {
    const [id, parentId, code] = [1, 2, 3].map((at) => loop.opening.at(at).trim()) as [string, string, string];
    const nearest = levels.findLast((before) => rankOf(before.code) < rankOf(code));
    const level = { loop, code, id, parent: byId.get(parentId) ?? nearest };
    levels.push(level);
    byId.set(id, level);
  }
  return levels;
};

function* upFrom(level: Level): Generator<Level> {
  const seen = new Set<Level>();
  for (let at: Level | undefined = level; at && !seen.has(at); at = at.parent) {
    seen.add(at);
    yield at;
  }
}
const isPackage = ({ code }: Level): boolean => code === 'T' || code === 'P';
const above = (level: Level, test: (one: Level) => boolean): Level | undefined => {
  for (const one of upFrom(level)) if (one !== level && test(one)) return one;
  return undefined;
};

/** Marks (MAN01) that carry an SSCC: GM, and AA for SSCC-18. */
export const SSCC_MARKS = ['GM', 'AA'];
/** The application identifier 00 before an SSCC is none of it. */
export const ssccOf = (mark: string | undefined): string | undefined =>
  mark !== undefined && mark.length === 20 && mark.startsWith('00') ? mark.slice(2) : mark;

const markOf = (reading: X12Reading, loop: X12Loop, ...qualifiers: readonly string[]): string | undefined =>
  reading.text(
    loop.all('MAN').find((man) => qualifiers.includes(man.at(1).trim())),
    2,
  );
const packageId = (reading: X12Reading, { loop, id }: Level): string =>
  ssccOf(markOf(reading, loop, ...SSCC_MARKS)) ?? reading.text(loop.first('MAN'), 2) ?? `HL${id}`;

const packageOf = (reading: X12Reading, level: Level): CanonicalPackage => {
  const { loop } = level;
  const outer = above(level, isPackage);
  const td1 = loop.first('TD1');
  const carrier = loop.all('MAN').find((man) => man.at(4).trim() === 'CP');
  return compact<CanonicalPackage>({
    id: packageId(reading, level),
    sscc: ssccOf(markOf(reading, loop, ...SSCC_MARKS)),
    within: outer && packageId(reading, outer),
    type: reading.text(td1, 1) ?? (level.code === 'T' ? 'PLT' : undefined),
    trackingNumber:
      markOf(reading, loop, 'CP', 'SI') ??
      reading.text(carrier, 5) ??
      referenceOf(reading, loop.all('REF'), '2I', 'CN'),
    weight: reading.quantity(td1, 7, [8]),
  });
};

/** REF01 (element 128) of lots and serial numbers; the first is the one that is written. */
export const LOT = 'LT';
export const SERIAL = 'SE';
const LOTS = [LOT, 'BT'];

const numbersOf = (reading: X12Reading, refs: readonly X12Segment[], ...qualifiers: readonly string[]) =>
  refs.flatMap((ref) => (qualifiers.includes(ref.at(1).trim()) ? (reading.text(ref, 2) ?? []) : []));
/** What a reference names of the same thing beside its number: the composite C040 in REF04. */
const besideOf = (reading: X12Reading, ref: X12Segment, qualifiers: readonly string[]): string | undefined => {
  const at = [1, 3, 5].find((component) => qualifiers.includes(ref.at(4, component).trim()));
  return at === undefined ? undefined : reading.text(ref, 4, at + 1);
};

/** Lots, serial numbers and expiry of a line: one for each serial number, and for each lot that has none. */
export const instancesOf = (reading: X12Reading, loop: X12Loop, item: Item): readonly ItemInstance[] | undefined => {
  const refs = loop.all('REF');
  const own = numbersOf(reading, refs, ...LOTS);
  const lots = [...new Set(own.length > 0 ? own : [lotOf(item)].filter((lot) => lot !== undefined))];
  const expires = dayBy(reading, loop.all('DTM'), '036', '208');
  const refersTo = refs.filter((ref) => ref.at(1).trim() === SERIAL && reading.text(ref, 2) !== undefined);
  const isNamed = refersTo.some((ref) => besideOf(reading, ref, LOTS) !== undefined);
  const only = lots.length === 1 && !isNamed ? lots[0] : undefined;
  const serials = refersTo.map((ref) => {
    const lot = besideOf(reading, ref, LOTS) ?? only;
    return compact<ItemInstance>({ lot, expires, serial: reading.text(ref, 2) });
  });
  const paired = serials.length > 0 ? undefined : serialOf(item);
  if (paired !== undefined) serials.push(compact<ItemInstance>({ lot: only, expires, serial: paired }));
  const told = new Set(serials.map(({ lot }) => lot));
  const rest = lots.filter((lot) => !told.has(lot)).map((lot) => compact<ItemInstance>({ lot, expires }));
  if (serials.length + rest.length === 0) return expires === undefined ? undefined : [{ expires }];
  return [...serials, ...rest];
};

/** Packages below an item hold it (standard carton structure: item, then packs). */
const packsBelow = (reading: X12Reading, levels: readonly Level[]): ReadonlyMap<Level, readonly string[]> => {
  const below = new Map<Level, string[]>();
  for (const level of levels.filter(isPackage)) {
    const item = above(level, ({ code }) => code === 'I');
    if (item) below.set(item, [...(below.get(item) ?? []), packageId(reading, level)]);
  }
  return below;
};

const lineOf = (
  reading: X12Reading,
  level: Level,
  at: number,
  below: ReadonlyMap<Level, readonly string[]>,
): CanonicalDespatchLine => {
  const { loop } = level;
  const pack = above(level, isPackage);
  const [lin, sn1] = [loop.first('LIN'), loop.first('SN1')];
  const order = [...upFrom(level)].find((one) => one.loop.first('PRF'));
  const lineNo = reading.text(lin, 1) ?? reading.text(sn1, 1);
  const item = itemOf(reading, loop.all('LIN'), 2, descriptionsOf(reading, loop.all('PID')));
  return compact<CanonicalDespatchLine>({
    lineNo: lineNo ?? String(at + 1),
    orderLineNo: reading.text(sn1, 1) ?? lineNo,
    orderNumber: reading.text(order?.loop.first('PRF'), 1),
    item,
    quantity: reading.quantity(sn1, 2, [3]) ?? { value: '0', unit: 'EA' },
    instances: instancesOf(reading, loop, item),
    packages: pack ? [packageId(reading, pack)] : below.get(level),
    note: notesOf(reading, loop)?.join(' '),
  });
};

export interface Contents {
  readonly lines: readonly CanonicalDespatchLine[];
  readonly packages: readonly CanonicalPackage[];
  /** distinct, in order */
  readonly orderNumbers: readonly string[];
}
export const contentsOf = (reading: X12Reading, loops: readonly X12Loop[]): Contents => {
  const levels = treeOf(loops);
  const items = levels.filter(({ loop, code }) => code === 'I' || (loop.first('SN1') !== undefined && code !== 'S'));
  const numbers = levels.map(({ loop }) => reading.text(loop.first('PRF'), 1)).filter((one) => one !== undefined);
  const below = packsBelow(reading, levels);
  return {
    lines: items.map((level, at) => lineOf(reading, level, at, below)),
    packages: distinct(levels.filter(isPackage).map((level) => packageOf(reading, level))),
    orderNumbers: some([...new Set(numbers)]) ?? [],
  };
};
/** A package with goods of several orders is named below each. */
const distinct = (packages: readonly CanonicalPackage[]): readonly CanonicalPackage[] => [
  ...new Map(packages.map((one) => [one.id, one])).values(),
];
