/** Writes the levels of an 856: shipment, order, tare, pack, item, each with its parent. */
import type {
  CanonicalDespatchAdvice,
  CanonicalDespatchLine,
  CanonicalPackage,
  ItemInstance,
} from '../../../canonical/despatch-advice.js';
import { segment, when, type Written } from '../writing.js';
import { descriptionSegments, itemCells } from './items.js';
import { daySegment, quantityCells } from './lines.js';
import { noteSegments } from './references.js';
import { LOT, SERIAL } from './shipments.js';

/** Rec 21 has PX, X12 PLT for a pallet: what a tare is unless it says another. */
const PALLET = 'PLT';

const packageSegments = ({ id, sscc, type, trackingNumber, weight }: CanonicalPackage): readonly Written[] => {
  const none = [undefined, undefined, undefined];
  const sent = type === PALLET ? undefined : type;
  const tracking = trackingNumber === undefined ? [] : [undefined, 'CP', trackingNumber];
  const mark =
    sscc === undefined ? segment('MAN', 'ZZ', id, ...tracking) : segment('MAN', 'GM', `00${sscc}`, ...tracking);
  return [
    ...when(sent ?? weight, segment('TD1', sent, sent && '1', ...none, weight && 'G', ...quantityCells(weight))),
    mark,
  ];
};

/**
 * Lots (REF LT), serial numbers (REF SE) and the day of expiry of a line. Where it has several lots each serial number
 * names its own beside it (C040 in REF04); of several days of expiry the first is told.
 */
const instanceSegments = (instances: readonly ItemInstance[]): readonly Written[] => {
  const lots = [...new Set(instances.flatMap(({ lot }) => lot ?? []))];
  const isMixed = lots.length > 1 || instances.some(({ lot }) => lot === undefined);
  const beside = (lot: string | undefined) => (isMixed && lot !== undefined ? [LOT, lot] : undefined);
  return [
    ...lots.map((lot) => segment('REF', LOT, lot)),
    ...instances.flatMap(({ serial, lot }) => when(serial, segment('REF', SERIAL, serial, undefined, beside(lot)))),
    ...daySegment('DTM', '036', instances.find(({ expires }) => expires !== undefined)?.expires),
  ];
};

const itemSegments = (line: CanonicalDespatchLine): readonly Written[] => [
  segment('LIN', line.lineNo, ...itemCells(line.item)),
  segment('SN1', line.orderLineNo, ...quantityCells(line.quantity)),
  ...descriptionSegments(line.item),
  ...instanceSegments(line.instances ?? []),
  ...noteSegments(line.note === undefined ? undefined : [line.note]),
];

class Levels {
  readonly written: Written[] = [];
  private count = 0;

  open(code: string, parent: string | undefined, segments: readonly Written[]): string {
    const id = String(++this.count);
    this.written.push(segment('HL', id, parent, code), ...segments);
    return id;
  }
}

/** Units inside a unit, or those that stand on their own. */
const inside = (packages: readonly CanonicalPackage[], within: string | undefined): readonly CanonicalPackage[] =>
  packages.filter(
    (one) => one.within === within || (within === undefined && !packages.some(({ id }) => id === one.within)),
  );

export const levelSegments = (advice: CanonicalDespatchAdvice, shipment: readonly Written[]): readonly Written[] => {
  const levels = new Levels();
  const root = levels.open('S', undefined, shipment);
  const packages = advice.packages ?? [];
  const orders = new Set(advice.lines.map(({ orderNumber }) => orderNumber ?? advice.orderNumber));
  if (orders.size === 0) orders.add(advice.orderNumber);
  const written = new Set<string>();
  const linesIn = (one: CanonicalPackage, lines: readonly CanonicalDespatchLine[]): readonly CanonicalDespatchLine[] =>
    lines.filter((line) => line.packages?.[0] === one.id);
  const put = (one: CanonicalPackage, within: string, lines: readonly CanonicalDespatchLine[]): void => {
    written.add(one.id);
    const contents = inside(packages, one.id);
    const id = levels.open(contents.length > 0 || one.type === PALLET ? 'T' : 'P', within, packageSegments(one));
    for (const inner of contents) put(inner, id, lines);
    for (const line of linesIn(one, lines)) levels.open('I', id, itemSegments(line));
  };
  // A package with goods of several orders stands below each of them; an empty one below the last.
  const holds = (one: CanonicalPackage, lines: readonly CanonicalDespatchLine[]): boolean =>
    linesIn(one, lines).length > 0 || inside(packages, one.id).some((inner) => holds(inner, lines));
  let last = root;
  for (const order of orders) {
    const lines = advice.lines.filter(({ orderNumber }) => (orderNumber ?? advice.orderNumber) === order);
    last = levels.open('O', root, when(order, segment('PRF', order)));
    for (const one of inside(packages, undefined)) if (holds(one, lines)) put(one, last, lines);
    const loose = lines.filter((line) => !packages.some(({ id }) => id === line.packages?.[0] && written.has(id)));
    for (const line of loose) levels.open('I', last, itemSegments(line));
  }
  for (const one of inside(packages, undefined)) if (!written.has(one.id)) put(one, last, []);
  return levels.written;
};
