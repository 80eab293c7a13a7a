/** A shipping advice in our own numbers: of which warehouse order, our items, base units, packages as carriers know them. Pure. */
import { Decimal } from 'decimal.js';
import {
  keyOf,
  ShippingAdvice,
  type AdvisedContent,
  type AdvisedPackage,
  type AdvisedRow,
  type Agreement,
  type DocumentFault,
} from '@crossdock/contracts';
import type { CanonicalPackage } from '../canonical/despatch-advice.js';
import type { Quantity } from '../canonical/shapes.js';
import type { OurItem } from '../domain/our-item.js';
import type { SentWarehouseOrder } from '../domain/warehouse-order.js';
import { codesOfLine, type Code } from './codes.js';
import { fault, itemMissing, misfits } from './faults.js';
import { itemOf, type MappingContext } from './map-order.js';
import { unitsIn } from './map-receipt.js';
import type { Shipped, ShippedRow } from './shipped.js';

export const codesOfShipped = ({ lines, carrierCode }: Shipped): readonly Code[] => [
  ...(carrierCode ? [{ list: 'carriers' as const, theirs: carrierCode }] : []),
  ...lines.flatMap(({ item, quantity }) => codesOfLine(item, quantity)),
];

export interface ShippingContext extends MappingContext {
  readonly agreement: Agreement | undefined;
  readonly partner: string;
  /** the warehouse order that it names, where we have sent one under that number */
  readonly order: SentWarehouseOrder | undefined;
  readonly ourItem: (item: string) => OurItem;
}
type Faults = DocumentFault[];

/** A line in our item and base units; `ordered` as far as the document tells it. */
interface Row {
  readonly sent: ShippedRow;
  readonly place: number;
  readonly item: string;
  readonly quantity: number;
  readonly ordered: number;
}
const rowsOf = ({ lines }: Shipped, context: ShippingContext, faults: Faults): readonly Row[] =>
  lines.flatMap((sent, place): Row[] => {
    const item = itemOf(sent, context);
    if (!item) {
      faults.push(itemMissing(sent, place));
      return [];
    }
    const units = (quantity: Quantity, field: string): number => {
      const found = unitsIn({ ...sent, quantity }, context.ourItem(item), context);
      if (typeof found === 'number') return found;
      faults.push(fault(`lines[${place}].${field}`, `line ${sent.lineNo}: ${found}`));
      return 0;
    };
    const quantity = units(sent.quantity, 'quantity');
    return [{ sent, place, item, quantity, ordered: sent.ordered ? units(sent.ordered, 'ordered') : quantity }];
  });

const lineHint = ({ orderLineNo = '' }: ShippedRow): { readonly lineNo?: number } =>
  /^0*[1-9]\d{0,5}$/.test(orderLineNo) ? { lineNo: Number(orderLineNo) } : {};
const rowsBy = (rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const known = groups.get(keyOf(row));
    if (known) known.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
};
const sum = (rows: readonly Row[], of: 'quantity' | 'ordered'): number =>
  rows.reduce((total, row) => total + row[of], 0);

/**
 * What will not follow, item by item. Lines of several lots tell what was asked for each by itself or all of them in
 * each: more than we have ordered can only be the latter.
 */
const shortOf = (rows: readonly Row[], { lines }: SentWarehouseOrder): readonly AdvisedRow[] => {
  const released = new Map<string, number>();
  for (const { item, quantity } of lines) released.set(item, (released.get(item) ?? 0) + quantity);
  return [...rowsBy(rows, ({ item }) => item)].flatMap(([item, own]) => {
    const added = sum(own, 'ordered');
    const isRepeated = added > (released.get(item) ?? 0);
    const ordered = isRepeated ? Math.max(...own.map((row) => row.ordered)) : added;
    const quantity = ordered - sum(own, 'quantity');
    const last = own.at(-1);
    if (!last || quantity <= 0 || own.some(({ sent }) => sent.follows)) return [];
    return [{ place: last.place, item, ...lineHint(last.sent), quantity }];
  });
};

const contentOf = ({ sent, place, item, quantity }: Row): AdvisedContent => ({
  ...{ place, item, ...lineHint(sent), quantity },
  ...(sent.lot ? { lot: keyOf(sent.lot) } : {}),
  ...(sent.serials ? { serials: [...sent.serials] } : {}),
});

/** Grams of a unit of weight (UN/ECE Rec 20). */
const GRAMS: Readonly<Record<string, string>> = { GRM: '1', KGM: '1000', LBR: '453.59237', ONZ: '28.349523125' };
const gramsOf = (weight: Quantity | undefined): { readonly weightGrams?: number } => {
  const grams = weight && Object.hasOwn(GRAMS, weight.unit) ? GRAMS[weight.unit] : undefined;
  if (!weight || grams === undefined) return {};
  const whole = new Decimal(weight.value).mul(grams).round();
  return whole.isNegative() ? {} : { weightGrams: whole.toNumber() };
};
const SSCC = /^\d{18}$/;

/** Its own number, or that of the unit that it stands on. */
const trackedBy = (id: string, byId: ReadonlyMap<string, CanonicalPackage>): string | undefined => {
  const seen = new Set<string>();
  for (let at: string | undefined = id; at !== undefined && !seen.has(at); at = byId.get(at)?.within) {
    seen.add(at);
    const number = byId.get(at)?.trackingNumber;
    if (number !== undefined) return number;
  }
  return undefined;
};

/** A carrier that nobody names. */
const NO_CARRIER = 'UNKNOWN';
/** What no package is named for is one, or in the only one that there is when none is named for anything. */
const WHOLE = '';
/**
 * A package without a tracking number has the shipment's: its own in order where there are as many as packages, else
 * the first; where there is none, the number that the carrier's papers show.
 */
const packagesOf = (shipped: Shipped, rows: readonly Row[], context: ShippingContext): readonly AdvisedPackage[] => {
  const { carrierCode, trackingNumbers, billOfLading, number } = shipped;
  const byId = new Map(shipped.packages.map((one) => [one.id, one]));
  const carrier = (carrierCode && (context.ours('carriers', carrierCode) ?? keyOf(carrierCode))) || NO_CARRIER;
  const left = rows.filter(({ quantity }) => quantity > 0);
  const [only, ...others] = shipped.packages;
  const isLinked = left.some(({ sent }) => sent.package !== undefined);
  const whole = only && others.length === 0 && !isLinked ? only.id : WHOLE;
  const contents = rowsBy(left, ({ sent }) => sent.package ?? whole);
  const perPackage = trackingNumbers.length === contents.size;
  return [...contents].map(([id, own], at) => {
    const known = byId.get(id);
    const bare = known?.sscc ?? (SSCC.test(id) ? id : undefined);
    const sscc = bare !== undefined && SSCC.test(bare) ? bare : undefined;
    const trackingNo =
      trackedBy(id, byId) ?? trackingNumbers[perPackage ? at : 0] ?? billOfLading ?? sscc ?? (id || number);
    return {
      ...(sscc ? { sscc } : {}),
      ...{ trackingNo: keyOf(trackingNo), carrier, ...gramsOf(known?.weight) },
      contents: own.map(contentOf),
    };
  });
};

export const mapShipping = (
  shipped: Shipped,
  context: ShippingContext,
): { readonly shipping?: ShippingAdvice; readonly faults: readonly DocumentFault[] } => {
  const { agreement, partner, order } = context;
  const faults: Faults = [];
  if (!order) {
    const text = `${shipped.order ?? '(none)'} is no warehouse order that was sent to ${partner}`;
    faults.push(fault(shipped.orderPath, text, 'fulfilment-unknown'));
  }
  const rows = rowsOf(shipped, context, faults);
  if (faults.length > 0 || !order) return { faults };
  const { fulfilmentId, orderId, account, node } = order;
  const shipping: ShippingAdvice = {
    ...{ fulfilmentId, orderId, account, node, documentNo: keyOf(partner, shipped.number) },
    packages: [...packagesOf(shipped, rows, context)],
    short: [...shortOf(rows, order)],
    ...(agreement?.shipsOnce ? { complete: true } : {}),
  };
  const unfit = misfits(ShippingAdvice, shipping);
  return unfit.length === 0 ? { shipping, faults } : { faults: unfit };
};
