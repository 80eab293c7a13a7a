/** What a partner's warehouse says it shipped of a warehouse order of ours, whatever document tells it. Pure. */
import type { CanonicalDespatchAdvice, CanonicalDespatchLine, CanonicalPackage } from '../canonical/despatch-advice.js';
import type { CanonicalDocument } from '../canonical/document.js';
import type { Item, Quantity, Reference } from '../canonical/shapes.js';
import type { CanonicalWarehouseAdvice, CanonicalWarehouseLine } from '../canonical/warehouse-advice.js';

export interface ShippedRow {
  readonly lineNo: string;
  readonly item: Item;
  readonly quantity: Quantity;
  /** what it was asked for, where it says so */
  readonly ordered?: Quantity;
  /** our line, where it repeats it */
  readonly orderLineNo?: string;
  /** the rest will come by another document */
  readonly follows: boolean;
  readonly package?: string;
  readonly lot?: string;
  readonly serials?: readonly string[];
}
export interface Shipped {
  readonly number: string;
  /** number of our warehouse order, and where it stands in the document */
  readonly order?: string;
  readonly orderPath: string;
  readonly carrierCode?: string;
  /** of the whole shipment */
  readonly trackingNumbers: readonly string[];
  readonly billOfLading?: string;
  readonly packages: readonly CanonicalPackage[];
  readonly lines: readonly ShippedRow[];
}

const FOLLOWS = new Set(['backordered', 'partial']);
/** W1204 tells how many are missing, with a sign or without; only of a line that says it is short. */
const orderedBy = ({ ordered, quantity, difference, status }: CanonicalWarehouseLine): Quantity | undefined => {
  if (ordered || status !== 'short' || !difference) return ordered;
  return { ...quantity, value: String(Number(quantity.value) + Math.abs(Number(difference.value))) };
};
const rowOfWarehouse = (line: CanonicalWarehouseLine): ShippedRow => {
  const { lineNo, item, quantity, status = '', orderLineNo = lineNo, packages, lot, serials } = line;
  const ordered = orderedBy(line);
  return {
    ...{ lineNo, item, quantity, orderLineNo, follows: FOLLOWS.has(status) },
    ...(ordered ? { ordered } : {}),
    ...(packages?.[0] === undefined ? {} : { package: packages[0] }),
    ...(lot ? { lot } : {}),
    ...(serials ? { serials } : {}),
  };
};
const rowOfDespatch = ({
  lineNo,
  orderLineNo,
  item,
  quantity,
  packages,
  instances = [],
}: CanonicalDespatchLine): ShippedRow => {
  const lots = new Set(instances.flatMap(({ lot }) => lot ?? []));
  const [lot] = lots.size === 1 ? lots : [];
  const serials = instances.flatMap(({ serial }) => serial ?? []);
  // It tells what left and nothing of the rest: that is open until another advice, or none is agreed to come.
  return {
    ...{ lineNo, item, quantity, follows: true },
    ...(orderLineNo === undefined ? {} : { orderLineNo }),
    ...(packages?.[0] === undefined ? {} : { package: packages[0] }),
    ...(lot === undefined ? {} : { lot }),
    ...(serials.length > 0 ? { serials } : {}),
  };
};
const billOf = (references: readonly Reference[] = []): string | undefined =>
  references.find(({ kind }) => kind === 'bill-of-lading')?.number;

const ofWarehouse = (advice: CanonicalWarehouseAdvice): Shipped => {
  const { number, depositorOrder: order, carrierCode, trackingNumbers = [], references, cartons = [], lines } = advice;
  const billOfLading = billOf(references);
  return {
    ...{ number, orderPath: 'depositorOrder', trackingNumbers, packages: cartons, lines: lines.map(rowOfWarehouse) },
    ...(order ? { order } : {}),
    ...(carrierCode ? { carrierCode } : {}),
    ...(billOfLading ? { billOfLading } : {}),
  };
};
const ofDespatch = (advice: CanonicalDespatchAdvice): Shipped => {
  const { number, trackingNumbers = [], carrier, packages = [], lines, references } = advice;
  const order = advice.orderNumber ?? lines.find(({ orderNumber }) => orderNumber !== undefined)?.orderNumber;
  const carrierCode = advice.carrierCode ?? carrier?.ids?.[0]?.value ?? carrier?.name;
  const billOfLading = advice.billOfLading ?? billOf(references);
  return {
    ...{ number, orderPath: 'orderNumber', trackingNumbers, packages, lines: lines.map(rowOfDespatch) },
    ...(order ? { order } : {}),
    ...(carrierCode ? { carrierCode } : {}),
    ...(billOfLading ? { billOfLading } : {}),
  };
};

/** Undefined for a document that tells of no shipment. */
export const shippedIn = (canonical: CanonicalDocument): Shipped | undefined => {
  if (canonical.kind === 'warehouse-advice') return ofWarehouse(canonical.data);
  return canonical.kind === 'despatch-advice' ? ofDespatch(canonical.data) : undefined;
};
