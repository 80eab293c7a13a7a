/** What a partner told us that came in, as an EPCIS event: as it was booked, by GTIN and serial number where it named them. */
import type { MappedReceipt } from '@crossdock/contracts';
import type { CanonicalDocument } from '../canonical/document.js';
import type { CanonicalEpcisEvents } from '../canonical/epcis-events.js';
import type { Goods } from '../map/map-receipt.js';
import { byGtin, receivingEvent, type MovedGoods, type Movement } from '../translate/epcis/events.js';
import { eventUri, ownUrn, UTC, type Whose } from './movement.js';

type Numbers = Pick<Movement, 'po' | 'desadv' | 'recadv' | 'shipFrom'>;
/** The documents that it names. */
const numbersIn = (of: CanonicalDocument): Numbers => {
  const numbers = (
    recadv: string | undefined,
    desadv: string | undefined,
    { orderNumber, shipFrom }: { readonly orderNumber?: string; readonly shipFrom?: Movement['shipFrom'] },
  ): Numbers => ({
    ...(orderNumber ? { po: orderNumber } : {}),
    ...(desadv ? { desadv } : {}),
    ...(recadv ? { recadv } : {}),
    ...(shipFrom ? { shipFrom } : {}),
  });
  if (of.kind === 'receipt-advice') return numbers(of.data.number, of.data.despatchNumber, of.data);
  if (of.kind === 'stock-transfer-advice') return numbers(of.data.number, of.data.shipment, of.data);
  return of.kind === 'despatch-advice' ? numbers(undefined, of.data.number, of.data) : {};
};

export interface Received {
  readonly canonical: CanonicalDocument;
  readonly goods: Goods;
  /** as it was booked; its line n is the n-th of the goods */
  readonly receipt: MappedReceipt;
  readonly partner: string;
  /** when we heard of it: the moment that the ledger has */
  readonly at: string;
  /** UN/ECE Rec 20 unit in which we count an item */
  readonly unit: (item: string) => string;
}
/** Two partners may give the same number. */
export const receivedOf = (
  { canonical, goods, receipt, partner, at, unit }: Received,
  { tenant, gln }: Whose,
): CanonicalEpcisEvents => {
  const lines = receipt.lines.map(({ lineNo, item, quantity, lot }): MovedGoods => {
    const told = goods.lines[lineNo - 1];
    const serials = told?.serials ?? [];
    const base = {
      ...{ item, quantity: { value: String(quantity), unit: unit(item) } },
      ...(lot ? { lot } : {}),
      ...(serials.length > 0 ? { serials } : {}),
    };
    return told ? byGtin(base, told.item.gtin, told.quantity) : base;
  });
  const event = receivingEvent({
    id: eventUri(tenant, 'receiving', partner, receipt.node, receipt.documentNo),
    ...{ at, offset: UTC, ours: ownUrn(tenant), node: receipt.node },
    ...(gln ? { gln } : {}),
    goods: lines,
    ...numbersIn(canonical),
  });
  return { events: [event] };
};
