/** Goods that a partner tells of, in our own numbers and base units. Pure, as the mapping of orders is. */
import { Decimal } from 'decimal.js';
import {
  MappedReceipt,
  violationsOf,
  type Agreement,
  type DocumentFault,
  type ReceivedLine,
} from '@crossdock/contracts';
import type { CanonicalDocument } from '../canonical/document.js';
import type { Item, Party, Quantity } from '../canonical/shapes.js';
import type { OurItem } from '../domain/our-item.js';
import { codesOfItem, codesOfParty, type Code } from './codes.js';
import { itemOf, unitOf, type MappingContext } from './map-order.js';

interface GoodsLine {
  readonly lineNo: string;
  readonly item: Item;
  readonly quantity: Quantity;
  readonly lot?: string;
}
/** What came in by a document: which site it names, when, and what of it may be put to stock. */
export interface Goods {
  readonly number: string;
  readonly day?: string;
  readonly site?: Party;
  readonly lines: readonly GoodsLine[];
}

const goods = (number: string, day: string | undefined, site: Party | undefined, lines: GoodsLine[]): Goods => ({
  number,
  lines,
  ...(day ? { day: day.slice(0, 10) } : {}),
  ...(site ? { site } : {}),
});
/** Goods that a document says have come in; undefined for one that says nothing of the kind. */
export const goodsIn = (canonical: CanonicalDocument): Goods | undefined => {
  switch (canonical.kind) {
    case 'receipt-advice': {
      const { number, received, issued, deliverTo, lines } = canonical.data;
      const taken = lines.flatMap(({ lineNo, item, accepted, received: came, instances }): GoodsLine[] => {
        const quantity = accepted ?? came;
        const lot = instances?.length === 1 ? instances[0]?.lot : undefined;
        return quantity ? [{ lineNo, item, quantity, ...(lot ? { lot } : {}) }] : [];
      });
      return goods(number, received ?? issued, deliverTo, taken);
    }
    case 'stock-transfer-advice': {
      const { direction, number, day, warehouse, lines } = canonical.data;
      return direction === 'received' ? goods(number, day, warehouse, [...lines]) : undefined;
    }
    case 'despatch-advice': {
      const { number, expected, despatched, issued, deliverTo, lines } = canonical.data;
      return goods(number, expected ?? despatched ?? issued, deliverTo, [...lines]);
    }
    default:
      return undefined;
  }
};

export const codesOfGoods = ({ site, lines }: Goods): readonly Code[] => [
  ...codesOfParty(site).map((theirs): Code => ({ list: 'locations', theirs })),
  ...lines.flatMap(({ item, quantity }): Code[] => [
    ...codesOfItem(item).map((theirs): Code => ({ list: 'items', theirs })),
    { list: 'units', theirs: quantity.sentUnit ?? quantity.unit },
  ]),
];
/** Our items that the lines may mean, so that their units are read in one go. */
export const itemsOf = (
  { lines }: { readonly lines: readonly Pick<GoodsLine, 'item'>[] },
  context: MappingContext,
): readonly string[] => [...new Set(lines.flatMap((line) => itemOf(line, context) ?? []))];

const fault = (path: string, text: string, code = 'value-unmappable'): DocumentFault => ({ code, path, text });

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

/** `none` when the agreement books nothing: the document is kept for those who ask for it. */
export const mapReceipt = (
  found: Goods,
  context: MappingContext & { readonly agreement: Agreement | undefined },
  ourItem: (item: string) => OurItem,
): { readonly receipt?: MappedReceipt; readonly faults: readonly DocumentFault[] } => {
  const { agreement, ours } = context;
  if (agreement?.books !== 'receipt') return { faults: [] };
  const faults: DocumentFault[] = [];
  const node = codesOfParty(found.site)
    .map((code) => ours('locations', code))
    .find((one) => one !== undefined);
  const at = node ?? agreement.node;
  if (at === undefined) faults.push(fault('agreement.node', 'neither a location nor the agreement names our node'));
  const lines = found.lines.flatMap((line, place): ReceivedLine[] => {
    const item = itemOf(line, context);
    const path = `lines[${place}]`;
    if (!item) {
      const text = `item ${codesOfItem(line.item).join(' / ') || '(none)'} of line ${line.lineNo} is not among the partner's items`;
      faults.push(fault(`${path}.item`, text, 'cross-reference-missing'));
      return [];
    }
    const quantity = unitsIn(line, ourItem(item), context);
    if (typeof quantity === 'string') faults.push(fault(`${path}.quantity`, `line ${line.lineNo}: ${quantity}`));
    if (typeof quantity === 'string' || quantity === 0) return [];
    return [{ lineNo: place + 1, item, quantity, ...(line.lot ? { lot: line.lot } : {}) }];
  });
  if (lines.length === 0 && faults.length === 0) faults.push(fault('lines', 'nothing has come in by it'));
  if (faults.length > 0 || at === undefined) return { faults };
  const receipt: MappedReceipt = {
    node: at,
    documentNo: found.number,
    ...(found.day ? { postingDate: found.day } : {}),
    lines,
  };
  const unfit = violationsOf(MappedReceipt, receipt, 'strict');
  return unfit.length === 0 ? { receipt, faults } : { faults: unfit.map(({ field, text }) => fault(field, text)) };
};
