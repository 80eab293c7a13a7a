/** What left, as EPCIS events: its logistic units, serial numbers and lots, by GTIN where the order names one. */
import { derivedId } from '@crossdock/kernel';
import type { NotedShipment, PackedLine, ShippedLine } from '@crossdock/contracts';
import type { CanonicalEpcisEvents } from '../canonical/epcis-events.js';
import type { CanonicalOrder, CanonicalOrderLine } from '../canonical/order.js';
import { despatchNumber } from '../domain/dispatch.js';
import { byGtin, shippingEvent, type MovedGoods } from '../translate/epcis/events.js';
import { lineFinder, toldAs } from './order-lines.js';

/** Whose nodes and items are told of, and how the world calls the node. */
export interface Whose {
  readonly tenant: string;
  readonly gln?: string;
}
/** Our own names in events; two tenants may use the same numbers. */
export const ownUrn = (tenant: string): string => `urn:crossdock:${encodeURIComponent(tenant)}`;
/** The same for the same thing (UUID version 8, RFC 9562), so whoever has the event knows it again. */
export const eventUri = (...parts: readonly string[]): string => {
  const hex = derivedId('epcis-event', ...parts);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  const groups = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`];
  return `urn:uuid:${[...groups, hex.slice(20)].join('-')}`;
};
/** Our clocks are in UTC, and the zone of a node is not known here. */
export const UTC = '+00:00';

/**
 * The order's GTIN is told where the quantity comes out in the unit that was ordered; everything else goes by our own item
 * number, in base units.
 */
const goodsOf = (
  line: ShippedLine,
  { quantity, lot, serials }: PackedLine,
  theirs: CanonicalOrderLine | undefined,
): MovedGoods => {
  const instances = { ...(lot ? { lot } : {}), ...(serials ? { serials } : {}) };
  const base = { item: line.item, quantity: { value: String(quantity), unit: line.unit }, ...instances };
  if (!theirs) return base;
  const told = toldAs({ ...line, quantity }, theirs.quantity).quantity;
  return told.unit === theirs.quantity.unit ? byGtin(base, theirs.item.gtin, told) : base;
};

export const shippedOf = (
  order: CanonicalOrder,
  shipment: NotedShipment,
  { tenant, gln }: Whose,
): CanonicalEpcisEvents => {
  const { shipmentId, node, dispatchedAt, packages, lines } = shipment;
  const { seller, buyer, deliverTo } = order;
  const find = lineFinder(order.lines);
  const ours = new Map<number, ShippedLine>(lines.map((line) => [line.lineNo, line]));
  const goods = packages.flatMap(({ contents }) =>
    contents.flatMap((content) => {
      const line = ours.get(content.lineNo);
      return line && content.quantity > 0 ? [goodsOf(line, content, find(line))] : [];
    }),
  );
  const event = shippingEvent({
    id: eventUri(tenant, 'shipping', shipmentId),
    at: dispatchedAt,
    offset: UTC,
    ours: ownUrn(tenant),
    node,
    ...(gln ? { gln } : {}),
    ssccs: packages.flatMap(({ sscc }) => (sscc ? [sscc] : [])),
    goods,
    po: order.number,
    desadv: despatchNumber(shipmentId),
    ...(seller ? { seller } : {}),
    ...(buyer ? { buyer } : {}),
    ...(deliverTo ? { deliverTo } : {}),
  });
  return { events: [event] };
};
