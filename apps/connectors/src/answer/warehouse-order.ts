/** The order to ship for a partner that runs a warehouse of ours (X12 940), in its own codes for items and site. */
import { dayOf } from '@crossdock/kernel';
import type { Address, SendWarehouseOrderData } from '@crossdock/contracts';
import type { Item, Party } from '../canonical/shapes.js';
import type { CanonicalWarehouseOrder } from '../canonical/warehouse-order.js';
import { warehouseOrderNumber } from '../domain/dispatch.js';

/** How the partner calls things; everything else goes by our own numbers. */
export interface TheirCodes {
  readonly item: (ours: string) => Item;
  /** UN/ECE Rec 20 unit in which we count the item */
  readonly unit: (ours: string) => string;
  /** its code of the site, ours where it has none */
  readonly site: string;
  readonly name?: string;
  /** how it calls us */
  readonly us: string;
}

const NO_COUNTRY = 'ZZ';
const deliverTo = ({ name, lines, city, postcode, country, gln }: Address, account: string): Party => ({
  ...(gln ? { gln } : { ids: [{ value: account }] }),
  ...(name ? { name } : {}),
  address: {
    ...(lines && lines.length > 0 ? { lines } : {}),
    ...(city ? { city } : {}),
    ...(postcode ? { postcode } : {}),
    ...(country === NO_COUNTRY ? {} : { country }),
  },
});

/** `at`: when it was queued; the release is to go out as soon as it can. */
export const warehouseOrderOf = (
  order: SendWarehouseOrderData,
  { item, unit, site, name, us }: TheirCodes,
  at: string,
): CanonicalWarehouseOrder => ({
  number: warehouseOrderNumber(order),
  purpose: 'original',
  orderNumber: (order.customerPo ?? order.orderNo).slice(0, 22),
  requestedShip: dayOf(at),
  depositor: { ids: [{ value: us }] },
  warehouse: { ids: [{ value: site }], ...(name ? { name } : {}) },
  deliverTo: deliverTo(order.shipTo, order.account),
  references: [{ kind: 'seller-order', number: order.orderNo }],
  lines: order.lines.map(({ lineNo, item: ours, quantity }) => ({
    lineNo: String(lineNo),
    item: item(ours),
    quantity: { value: String(quantity), unit: unit(ours) },
    references: [{ kind: 'LI', number: String(lineNo) }],
  })),
});
