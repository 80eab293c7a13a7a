/** The despatch advice of a shipment: what really left, package by package, in the words of the order that it fulfils. */
import { dayOf } from '@crossdock/kernel';
import type { NotedShipment, PackageData, PackedLine, ShippedLine } from '@crossdock/contracts';
import type {
  CanonicalDespatchAdvice,
  CanonicalDespatchLine,
  CanonicalPackage,
  ItemInstance,
} from '../canonical/despatch-advice.js';
import type { CanonicalOrder, CanonicalOrderLine } from '../canonical/order.js';
import { despatchNumber } from '../domain/dispatch.js';
import { aboutOrder, itemOf, lineFinder, toldAs } from './order-lines.js';

const packageId = ({ sscc, trackingNo }: PackageData): string => sscc ?? trackingNo;
const packageOf = (one: PackageData): CanonicalPackage => ({
  id: packageId(one),
  ...(one.sscc ? { sscc: one.sscc } : {}),
  trackingNumber: one.trackingNo,
  ...(one.weightGrams === undefined ? {} : { weight: { value: String(one.weightGrams), unit: 'GRM' } }),
});

const weightOf = (packages: readonly PackageData[]): Pick<CanonicalDespatchAdvice, 'weight'> => {
  const weights = packages.map(({ weightGrams }) => weightGrams);
  if (weights.some((grams) => grams === undefined)) return {};
  return { weight: { value: String(weights.reduce<number>((sum, grams) => sum + (grams ?? 0), 0)), unit: 'GRM' } };
};

/** Each serial number with its lot; of goods that have none their lot alone. */
const instancesOf = ({ lot, serials = [] }: Pick<PackedLine, 'lot' | 'serials'>): readonly ItemInstance[] => {
  const ofLot = lot ? { lot } : {};
  if (serials.length > 0) return serials.map((serial) => ({ ...ofLot, serial }));
  return lot ? [ofLot] : [];
};
const linesOf = (order: CanonicalOrder, { packages, lines }: NotedShipment): readonly CanonicalDespatchLine[] => {
  const find = lineFinder(order.lines);
  const ours = new Map<number, ShippedLine>(lines.map((line) => [line.lineNo, line]));
  const contents = packages.flatMap((one) =>
    one.contents.flatMap(({ quantity, ...content }) => {
      const line = ours.get(content.lineNo);
      const instances = instancesOf(content);
      return line && quantity > 0 ? [{ line, quantity, id: packageId(one), instances }] : [];
    }),
  );
  return contents.map(({ line, quantity, id, instances }, at) => {
    const theirs = find(line);
    return {
      lineNo: String(at + 1),
      orderLineNo: theirs?.lineNo ?? String(line.lineNo),
      orderNumber: order.number,
      item: itemOf(theirs, line.item),
      quantity: toldAs({ ...line, quantity }, theirs?.quantity).quantity,
      packages: [id],
      ...(instances.length > 0 ? { instances } : {}),
    };
  });
};

/** A shop finds its order by its own id. */
const shopOrderIn = ({ references = [] }: CanonicalOrder): Pick<CanonicalDespatchAdvice, 'references'> => {
  const own = references.filter(({ kind }) => kind === 'shop-order');
  return own.length > 0 ? { references: own } : {};
};

/** Whether all of an order has left with these shipments: every line in full. */
export const isAllGone = (order: CanonicalOrder, shipments: readonly NotedShipment[]): boolean => {
  const find = lineFinder(order.lines);
  const left = new Map<CanonicalOrderLine, number>();
  const ordered = new Map<CanonicalOrderLine, number>();
  for (const { lines, packages } of shipments)
    for (const line of lines) {
      const theirs = find(line);
      if (!theirs) continue;
      const contents = packages.flatMap((one) => one.contents).filter(({ lineNo }) => lineNo === line.lineNo);
      const quantity = contents.reduce((sum, one) => sum + one.quantity, 0);
      left.set(theirs, (left.get(theirs) ?? 0) + quantity);
      ordered.set(theirs, line.ordered);
    }
  return order.lines.every((line) => (left.get(line) ?? 0) >= (ordered.get(line) ?? Infinity));
};

/** `at`: when it is told; the shipment's own moment stands in `despatched`. */
export const despatchOf = (order: CanonicalOrder, shipment: NotedShipment, at: string): CanonicalDespatchAdvice => {
  const { shipmentId, node, dispatchedAt, packages } = shipment;
  const [carrier, ...others] = new Set(packages.map((one) => one.carrier));
  return {
    number: despatchNumber(shipmentId),
    purpose: 'original',
    issued: dayOf(at),
    issuedAt: at.slice(0, 19) + 'Z',
    despatched: dispatchedAt.slice(0, 19) + 'Z',
    ...aboutOrder(order),
    ...shopOrderIn(order),
    shipFrom: { ids: [{ value: node }] },
    ...(carrier !== undefined && others.length === 0 ? { carrierCode: carrier } : {}),
    trackingNumbers: [...new Set(packages.map(({ trackingNo }) => trackingNo))],
    ...weightOf(packages),
    packageCount: String(packages.length),
    packages: packages.map(packageOf),
    lines: linesOf(order, shipment),
  };
};
