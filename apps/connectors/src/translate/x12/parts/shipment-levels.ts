/** Writes the levels of an 856: shipment, order, tare, pack, item, each with its parent. */
import type {
  CanonicalDespatchAdvice,
  CanonicalDespatchLine,
  CanonicalPackage,
} from '../../../canonical/despatch-advice.js';
import { segment, when, type Written } from '../writing.js';
import { descriptionSegments, itemCells } from './items.js';
import { daySegment, quantityCells } from './lines.js';
import { noteSegments } from './references.js';

const packageSegments = ({ id, sscc, type, trackingNumber, weight }: CanonicalPackage): readonly Written[] => {
  const none = [undefined, undefined, undefined];
  const sent = type === 'PLT' ? undefined : type;
  const tracking = trackingNumber === undefined ? [] : [undefined, 'CP', trackingNumber];
  const mark =
    sscc === undefined ? segment('MAN', 'ZZ', id, ...tracking) : segment('MAN', 'GM', `00${sscc}`, ...tracking);
  return [
    ...when(sent ?? weight, segment('TD1', sent, undefined, ...none, weight && 'G', ...quantityCells(weight))),
    mark,
  ];
};

const itemSegments = (line: CanonicalDespatchLine): readonly Written[] => {
  const [instance] = line.instances ?? [];
  return [
    segment('LIN', line.lineNo, ...itemCells(line.item)),
    segment('SN1', line.orderLineNo, ...quantityCells(line.quantity)),
    ...descriptionSegments(line.item),
    ...when(instance?.lot, segment('REF', 'LT', instance?.lot)),
    ...when(instance?.serial, segment('REF', 'SE', instance?.serial)),
    ...daySegment('DTM', '036', instance?.expires),
    ...noteSegments(line.note === undefined ? undefined : [line.note]),
  ];
};

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
  for (const order of orders) {
    const lines = advice.lines.filter(({ orderNumber }) => (orderNumber ?? advice.orderNumber) === order);
    const parent = levels.open('O', root, when(order, segment('PRF', order)));
    const holds = (one: CanonicalPackage): boolean =>
      lines.some((line) => line.packages?.[0] === one.id) || inside(packages, one.id).some(holds);
    const put = (one: CanonicalPackage, within: string): void => {
      written.add(one.id);
      const contents = inside(packages, one.id);
      const id = levels.open(contents.length > 0 || one.type === 'PLT' ? 'T' : 'P', within, packageSegments(one));
      for (const inner of contents) put(inner, id);
      for (const line of lines) if (line.packages?.[0] === one.id) levels.open('I', id, itemSegments(line));
    };
    for (const one of inside(packages, undefined)) if (!written.has(one.id) && holds(one)) put(one, parent);
    const loose = lines.filter(({ packages: [first] = [] }) => !packages.some(({ id }) => id === first));
    for (const line of loose) levels.open('I', parent, itemSegments(line));
  }
  return levels.written;
};
