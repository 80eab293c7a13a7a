/** Goods that a partner tells of, in our own numbers and base units. Pure, as the mapping of orders is. */
import { Decimal } from 'decimal.js';
import {
  keyOf,
  MappedInbound,
  MappedReceipt,
  type Agreement,
  type DocumentFault,
  type GoodsBooked,
  type ReceivedLine,
} from '@crossdock/contracts';
import type { CanonicalDocument } from '../canonical/document.js';
import type { ItemInstance } from '../canonical/despatch-advice.js';
import type { Item, Party, Quantity } from '../canonical/shapes.js';
import type { OurItem } from '../domain/our-item.js';
import { codesOfLine, codesOfParty, type Code } from './codes.js';
import { fault, itemMissing, misfitNumber, misfits } from './faults.js';
import { itemOf, nodeOf, unitOf, type MappingContext } from './map-order.js';

interface GoodsLine {
  readonly lineNo: string;
  readonly item: Item;
  readonly quantity: Quantity;
  readonly lot?: string;
  readonly serials?: readonly string[];
}
/** What came in by a document, or is on its way: which site it names, when, and what of it may be put to stock. */
export interface Goods {
  readonly number: string;
  readonly day?: string;
  readonly site?: Party;
  /** what a receipt says it is of, or an advice is called by receipts; the best first */
  readonly inboundNos?: readonly string[];
  readonly lines: readonly GoodsLine[];
}

const goods = (number: string, day: string | undefined, site: Party | undefined, lines: GoodsLine[]): Goods => ({
  number,
  lines,
  ...(day ? { day: day.slice(0, 10) } : {}),
  ...(site ? { site } : {}),
});
const ofInbound = (found: Goods, ...numbers: readonly (string | undefined)[]): Goods => {
  const inboundNos = [...new Set(numbers.filter((one) => one !== undefined))].map((one) => keyOf(one));
  return inboundNos.length > 0 ? { ...found, inboundNos } : found;
};
/**
 * A line with its lot and serial numbers. Several lots are lines of their own where each serial number names its lot and
 * there are as many of them as pieces; else nobody knows how much is of which, and no lot is booked.
 */
const byLot = (line: GoodsLine, instances: readonly ItemInstance[] = []): readonly GoodsLine[] => {
  const serialsOf = (some: readonly ItemInstance[]): Pick<GoodsLine, 'serials'> => {
    const serials = some.flatMap(({ serial }) => serial ?? []);
    return serials.length > 0 ? { serials } : {};
  };
  const lots = [...new Set(instances.map(({ lot }) => lot))];
  const [lot] = lots;
  if (lots.length <= 1) return [{ ...line, ...(lot === undefined ? {} : { lot }), ...serialsOf(instances) }];
  const isEach = line.quantity.value === String(instances.length) && instances.every(({ serial }) => serial);
  if (!isEach || lots.includes(undefined)) return [{ ...line, ...serialsOf(instances) }];
  return lots.flatMap((one): GoodsLine[] => {
    const own = instances.filter((instance) => instance.lot === one);
    const quantity = { ...line.quantity, value: String(own.length) };
    return one === undefined ? [] : [{ ...line, quantity, lot: one, ...serialsOf(own) }];
  });
};
/** Goods that a document says have come in, or are on their way; undefined where that is not what is agreed to be booked. */
export const goodsIn = (canonical: CanonicalDocument, books: GoodsBooked | undefined): Goods | undefined => {
  const isReceipt = books === 'receipt';
  if (!isReceipt && books !== 'in-transit') return undefined;
  switch (canonical.kind) {
    case 'receipt-advice': {
      const { number, received, issued, deliverTo, despatchNumber, lines } = canonical.data;
      const taken = lines.flatMap(({ lineNo, item, accepted, received: came, instances }): GoodsLine[] => {
        const quantity = accepted ?? came;
        return quantity ? [...byLot({ lineNo, item, quantity }, instances)] : [];
      });
      return isReceipt ? ofInbound(goods(number, received ?? issued, deliverTo, taken), despatchNumber) : undefined;
    }
    case 'stock-transfer-advice': {
      const { direction, number, day, warehouse, deliverTo, depositorOrder, shipment, lines } = canonical.data;
      if (isReceipt !== (direction === 'received')) return undefined;
      if (isReceipt) return ofInbound(goods(number, day, warehouse, [...lines]), depositorOrder, shipment);
      return ofInbound(goods(number, undefined, warehouse ?? deliverTo, [...lines]), depositorOrder, number);
    }
    case 'despatch-advice': {
      const { number, expected, despatched, issued, deliverTo, lines } = canonical.data;
      if (!isReceipt) return ofInbound(goods(number, expected, deliverTo, [...lines]), number);
      const came = lines.flatMap((line) => byLot(line, line.instances));
      return goods(number, expected ?? despatched ?? issued, deliverTo, came);
    }
    default:
      return undefined;
  }
};

export const codesOfGoods = ({ site, lines }: Goods): readonly Code[] => [
  ...codesOfParty(site).map((theirs): Code => ({ list: 'locations', theirs })),
  ...lines.flatMap(({ item, quantity }) => codesOfLine(item, quantity)),
];
/** Our items that the lines may mean, so that their units are read in one go. */
export const itemsOf = (
  { lines }: { readonly lines: readonly Pick<GoodsLine, 'item'>[] },
  context: MappingContext,
): readonly string[] => [...new Set(lines.flatMap((line) => itemOf(line, context) ?? []))];

/** Base units of a quantity; a text says why there are none. */
export const unitsIn = (line: Pick<GoodsLine, 'quantity'>, ours: OurItem, context: MappingContext): number | string => {
  const unit = unitOf(line, context);
  const { value } = line.quantity;
  let factor = new Decimal(1);
  if (unit !== undefined && !(ours.status === 'known' && ours.baseUnit === unit)) {
    const known = ours.status === 'known' ? ours.units.find((one) => one.unit === unit) : undefined;
    if (!known) return `${unit} is none of the item's units`;
    factor = new Decimal(known.numerator).div(known.denominator);
  }
  const units = new Decimal(value).mul(factor);
  return units.isInteger() && !units.isNegative() ? units.toNumber() : `${value} ${unit ?? ''} is no number of pieces`;
};

export interface MappedGoods {
  readonly receipt?: MappedReceipt;
  readonly inbound?: MappedInbound;
  readonly faults: readonly DocumentFault[];
}
/** A receipt, or what is on its way where that is agreed. */
export const mapGoods = (
  found: Goods,
  context: MappingContext & { readonly agreement: Agreement | undefined },
  ourItem: (item: string) => OurItem,
): MappedGoods => {
  const { agreement } = context;
  const faults: DocumentFault[] = [];
  const at = nodeOf(found.site, context) ?? agreement?.node;
  if (at === undefined) faults.push(fault('agreement.node', 'neither a location nor the agreement names our node'));
  const lines = found.lines.flatMap((line, place): ReceivedLine[] => {
    const item = itemOf(line, context);
    if (!item) {
      faults.push(itemMissing(line, place));
      return [];
    }
    const quantity = unitsIn(line, ourItem(item), context);
    if (typeof quantity === 'string')
      faults.push(fault(`lines[${place}].quantity`, `line ${line.lineNo}: ${quantity}`));
    if (typeof quantity === 'string' || quantity === 0) return [];
    return [{ lineNo: place + 1, item, quantity, ...(line.lot ? { lot: keyOf(line.lot) } : {}) }];
  });
  if (lines.length === 0 && faults.length === 0) faults.push(fault('lines', 'nothing has come in by it'));
  faults.push(...misfitNumber(found.number));
  if (faults.length > 0 || at === undefined) return { faults };
  const about = { node: at, documentNo: found.number };
  const { day, inboundNos } = found;
  if (agreement?.books === 'in-transit') {
    const told = lines.map(({ lineNo, item, quantity }) => ({ lineNo, item, quantity }));
    const inboundNo = inboundNos?.[0] ?? keyOf(found.number);
    const inbound: MappedInbound = { ...about, inboundNo, ...(day ? { expectedOn: day } : {}), lines: told };
    const unfit = misfits(MappedInbound, inbound);
    return unfit.length === 0 ? { inbound, faults } : { faults: unfit };
  }
  const receipt: MappedReceipt = {
    ...about,
    ...(day ? { postingDate: day } : {}),
    ...(inboundNos ? { inboundNos: [...inboundNos] } : {}),
    lines,
  };
  const unfit = misfits(MappedReceipt, receipt);
  return unfit.length === 0 ? { receipt, faults } : { faults: unfit };
};
