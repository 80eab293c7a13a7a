/** Shipping and receiving as EPCIS 2.0 ObjectEvents: what moved, when, past which node, and for which business documents. */
import { Decimal } from 'decimal.js';
import type { EpcisEvent, EpcQuantity, TypedId } from '../../canonical/epcis-events.js';
import { filled } from '../../canonical/filled.js';
import type { Party, Quantity } from '../../canonical/shapes.js';
import { isGln, isGs1Text, isGtin, isSscc } from '../gs1.js';

/** Goods of one item and lot. */
export interface MovedGoods {
  /** our number of the item: names what has no GTIN */
  readonly item: string;
  /** of what `quantity` counts */
  readonly gtin?: string;
  readonly quantity: Quantity;
  readonly lot?: string;
  /** of single pieces among them */
  readonly serials?: readonly string[];
}
export interface Movement {
  /** event id, a URI; the same however often it is told */
  readonly id: string;
  /** instant with its offset */
  readonly at: string;
  /** `+01:00` */
  readonly offset: string;
  /** URN that our own names stand under: `urn:crossdock:acme` */
  readonly ours: string;
  readonly node: string;
  /** GLN of the node, where it has one */
  readonly gln?: string;
  readonly ssccs?: readonly string[];
  readonly goods: readonly MovedGoods[];
  /** numbers of the business documents behind it */
  readonly po?: string;
  readonly desadv?: string;
  readonly recadv?: string;
  readonly seller?: Party;
  readonly buyer?: Party;
  readonly shipFrom?: Party;
  readonly deliverTo?: Party;
}

/** GS1 Digital Link: needs no company prefix, unlike EPC URNs. */
const LINK = 'https://id.gs1.org';
/** What no GS1 key names goes by a private URN (CBV 2.0: `urn:NAMESPACE:**:obj|class|loc|bt:ID`). */
const own = (ours: string, kind: 'obj' | 'class' | 'loc' | 'bt', ...parts: readonly string[]): string =>
  [ours, kind, ...parts.map((part) => encodeURIComponent(wellFormed(part)))].join(':');
/** Half a surrogate pair has no bytes in UTF-8 and would throw: it becomes U+FFFD. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');

/** Rec 20 codes of pieces: EPCIS leaves the unit of counted things out. */
const PIECES = ['EA', 'C62', 'H87'];
const isPiece = (unit: string): boolean => PIECES.includes(unit);
/** As the schema of EPCIS 2.0 wants a unit. */
const isUom = (unit: string): boolean => /^[A-Z0-9]{2,3}$/.test(unit);
/**
 * The goods by a GTIN, which may name a carton: where the quantity can be told in its unit, and no single piece of a carton
 * is numbered. Everything else stays as it is, by our own number.
 */
export const byGtin = (goods: MovedGoods, gtin: string | undefined, quantity: Quantity): MovedGoods => {
  const isCounted = isPiece(quantity.unit) || (isUom(quantity.unit) && !goods.serials?.length);
  return gtin !== undefined && isGtin(gtin) && isCounted ? { ...goods, gtin, quantity } : goods;
};

const unitOf = (sscc: string, ours: string): string => (isSscc(sscc) ? `${LINK}/00/${sscc}` : own(ours, 'obj', sscc));
const serialOf = ({ item, gtin }: MovedGoods, serial: string, ours: string): string =>
  gtin !== undefined && isGtin(gtin) && isGs1Text(serial)
    ? `${LINK}/01/${gtin.padStart(14, '0')}/21/${encodeURIComponent(serial)}`
    : own(ours, 'obj', item, serial);
const classOf = ({ item, gtin, lot }: MovedGoods, ours: string): string => {
  if (gtin !== undefined && isGtin(gtin) && (lot === undefined || isGs1Text(lot)))
    return `${LINK}/01/${gtin.padStart(14, '0')}${lot === undefined ? '' : `/10/${encodeURIComponent(lot)}`}`;
  return own(ours, 'class', item, ...(lot === undefined ? [] : [lot]));
};

/** Serial numbers are objects of their own; what has none is a quantity of its class, or of its lot where one is known. */
const quantitiesOf = (goods: readonly MovedGoods[], ours: string): readonly EpcQuantity[] => {
  const sums = new Map<string, { readonly epcClass: string; readonly unit?: string; readonly quantity: Decimal }>();
  for (const one of goods) {
    const { value, unit } = one.quantity;
    const rest = new Decimal(value).minus(one.serials?.length ?? 0);
    if (!rest.isPositive() || rest.isZero()) continue;
    const epcClass = classOf(one, ours);
    const uom = isPiece(unit) || !isUom(unit) ? undefined : unit;
    const key = `${epcClass} ${uom ?? ''}`;
    const quantity = rest.plus(sums.get(key)?.quantity ?? 0);
    sums.set(key, { epcClass, quantity, ...(uom === undefined ? {} : { unit: uom }) });
  }
  return [...sums.values()].map((one) => ({ ...one, quantity: one.quantity.toFixed() }));
};

const partyAt = (type: 'owning_party' | 'location', party: Party | undefined): readonly TypedId[] => {
  const gln = party?.gln;
  if (gln === undefined || !isGln(gln)) return [];
  return [{ type, id: `${LINK}/${type === 'location' ? '414' : '417'}/${gln}` }];
};
const placeOf = ({ node, gln, ours }: Movement): string =>
  gln !== undefined && isGln(gln) ? `${LINK}/414/${gln}` : own(ours, 'loc', node);

const moved = (movement: Movement): EpcisEvent => {
  const { id, at, offset, ours, goods, ssccs = [] } = movement;
  const transaction = (type: 'po' | 'desadv' | 'recadv'): readonly TypedId[] => {
    const number = movement[type];
    return number === undefined ? [] : [{ type, id: own(ours, 'bt', number) }];
  };
  const serials = goods.flatMap((one) => (one.serials ?? []).map((serial) => serialOf(one, serial, ours)));
  return filled<EpcisEvent>({
    type: 'ObjectEvent',
    id,
    at,
    offset,
    action: 'OBSERVE',
    readPoint: placeOf(movement),
    // No aggregation was told before, so what is within a logistic unit stands beside it.
    epcs: [...new Set([...ssccs.map((sscc) => unitOf(sscc, ours)), ...serials])],
    quantities: quantitiesOf(goods, ours),
    transactions: [...transaction('po'), ...transaction('desadv'), ...transaction('recadv')],
  });
};

/** Left the node. Nobody knows yet where it will be next, so there is no bizLocation (EPCIS 2.0, 7.3.5). */
export const shippingEvent = (movement: Movement): EpcisEvent =>
  filled<EpcisEvent>({
    ...moved(movement),
    bizStep: 'shipping',
    disposition: 'in_transit',
    sources: [...partyAt('owning_party', movement.seller), { type: 'location', id: placeOf(movement) }],
    destinations: [...partyAt('owning_party', movement.buyer), ...partyAt('location', movement.deliverTo)],
  });

/** Came to the node and is there now. */
export const receivingEvent = (movement: Movement): EpcisEvent =>
  filled<EpcisEvent>({
    ...moved(movement),
    bizStep: 'receiving',
    disposition: 'in_progress',
    bizLocation: placeOf(movement),
    sources: partyAt('location', movement.shipFrom),
    destinations: [{ type: 'location', id: placeOf(movement) }],
  });
