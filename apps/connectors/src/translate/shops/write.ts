/** What goes back to shops: fulfilments and stock, as the bodies of their APIs. */
import type { CanonicalDespatchAdvice, CanonicalDespatchLine } from '../../canonical/despatch-advice.js';
import type { CanonicalInventoryLine, CanonicalInventoryReport } from '../../canonical/inventory-report.js';
import type { Identifier, Party } from '../../canonical/shapes.js';
import type { Fault } from '../translation.js';

/** One request: method, path below the shop's API root, body. */
export interface ShopRequest {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: unknown;
}
export interface ShopRequests {
  readonly requests: readonly ShopRequest[];
  /** what could not be said in the shop's own ids */
  readonly faults: readonly Fault[];
}

const idOf = (ids: readonly Identifier[] | undefined, scheme: string): string | undefined =>
  ids?.find((id) => id.scheme === scheme)?.value;
/** Ids of shops are numbers; beyond what a double holds they go as text. */
const numeric = (id: string): number | string => (Number.isSafeInteger(Number(id)) ? Number(id) : id);
const unknown = (path: string, what: string): Fault => ({
  code: 'cross-reference-missing',
  path,
  text: `${path} has no ${what}`,
});
const whole = (value: string | undefined): number | undefined => {
  if (value === undefined || !/^-?\d+$/.test(value)) return undefined;
  return Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
};

/** What a shop still waits for: a fulfilment order, by its own line ids. */
export interface FulfilmentOrder {
  readonly id: string;
  readonly lines: readonly { readonly id: string; readonly lineItem: string; readonly fulfillable: number }[];
}

/** Whole pieces by line item of the shop; a line may lie in several packages. */
const wantedOf = (lines: readonly CanonicalDespatchLine[], faults: Fault[]): Map<string, number> => {
  const wanted = new Map<string, number>();
  for (const { item, quantity, lineNo } of lines) {
    const id = idOf(item.ids, 'shopify-line-item');
    const count = whole(quantity.value);
    if (id === undefined) faults.push(unknown(`/lines[${lineNo}]/item`, 'line id of the shop'));
    if (count === undefined)
      faults.push({
        code: 'value-unmappable',
        path: `/lines[${lineNo}]/quantity`,
        text: `${quantity.value} is no whole number of pieces`,
      });
    if (id !== undefined && count !== undefined) wanted.set(id, (wanted.get(id) ?? 0) + count);
  }
  return wanted;
};

/**
 * `POST fulfillments.json` (2022-07 and newer): shares what left out over the fulfilment orders that wait for it, with
 * one tracking number or several. More than the shop waits for is a fault.
 */
export const shopifyFulfilment = (
  despatch: CanonicalDespatchAdvice,
  waiting: readonly FulfilmentOrder[],
): ShopRequests => {
  const faults: Fault[] = [];
  const numbers = despatch.trackingNumbers ?? [];
  const company = despatch.carrier?.name ?? despatch.carrierCode;
  const wanted = wantedOf(despatch.lines, faults);
  const shared = waiting.flatMap(({ id, lines }) => {
    const taken = lines.flatMap(({ id: line, lineItem, fulfillable }) => {
      const quantity = Math.min(wanted.get(lineItem) ?? 0, fulfillable);
      wanted.set(lineItem, (wanted.get(lineItem) ?? 0) - quantity);
      return quantity > 0 ? [{ id: numeric(line), quantity }] : [];
    });
    return taken.length > 0 ? [{ fulfillment_order_id: numeric(id), fulfillment_order_line_items: taken }] : [];
  });
  for (const [line, left] of wanted)
    if (left > 0)
      faults.push({
        code: 'value-unmappable',
        path: `/lines/${line}`,
        text: `${left} of line ${line} left that the shop does not wait for`,
      });
  const fulfillment = {
    notify_customer: true,
    ...(numbers.length > 0 && {
      tracking_info: {
        ...(company !== undefined && { company }),
        ...(numbers.length === 1 ? { number: numbers[0] } : { numbers }),
      },
    }),
    line_items_by_fulfillment_order: shared,
  };
  return { requests: [{ method: 'POST', path: 'fulfillments.json', body: { fulfillment } }], faults };
};

const available = ({ quantities }: CanonicalInventoryLine): string | undefined =>
  (quantities.find(({ kind }) => kind === 'available') ?? quantities.find(({ kind }) => kind === 'on-hand'))?.quantity
    .value;
const locationOf = (line: CanonicalInventoryLine, report: CanonicalInventoryReport): Party | undefined =>
  line.location ?? report.location;

/** `POST inventory_levels/set.json`, one per item and location. */
export const shopifyStock = (report: CanonicalInventoryReport): ShopRequests => {
  const faults: Fault[] = [];
  const requests = report.lines.flatMap((line): ShopRequest[] => {
    const item = idOf(line.item.ids, 'shopify-inventory-item');
    const location = idOf(locationOf(line, report)?.ids, 'shopify-location');
    const count = whole(available(line));
    if (item === undefined) faults.push(unknown(`/lines[${line.lineNo}]/item`, 'inventory item of the shop'));
    if (location === undefined) faults.push(unknown(`/lines[${line.lineNo}]/location`, 'location of the shop'));
    if (item === undefined || location === undefined || count === undefined) return [];
    const body = { inventory_item_id: numeric(item), location_id: numeric(location), available: count };
    return [{ method: 'POST', path: 'inventory_levels/set.json', body }];
  });
  return { requests, faults };
};

/** The order that the shop itself numbers. */
export const shopOrderOf = ({ references }: CanonicalDespatchAdvice): string | undefined =>
  references?.find(({ kind }) => kind === 'shop-order')?.number;

export interface WooOrder {
  /** tracking numbers that the shop knows of the order */
  readonly tracked: readonly string[];
  /** false for shops without WooCommerce Shipment Tracking: parcels become notes to the customer */
  readonly hasTracking: boolean;
  /** nothing of the order is still to leave */
  readonly isWhole: boolean;
}
/** Notes parcels that the shop does not know, one call each, and completes an order of which all has left. */
export const wooFulfilment = (
  despatch: CanonicalDespatchAdvice,
  { tracked, hasTracking, isWhole }: WooOrder,
): ShopRequests => {
  const order = shopOrderOf(despatch);
  if (order === undefined) return { requests: [], faults: [unknown('/references', 'order id of the shop')] };
  const path = `orders/${encodeURIComponent(order)}`;
  const provider = despatch.carrier?.name ?? despatch.carrierCode ?? 'other';
  const shipped = (despatch.despatched ?? despatch.issued)?.slice(0, 10);
  const tracking = (tracking_number: string): ShopRequest => ({
    method: 'POST',
    path: `${path}/shipment-trackings`,
    body: {
      custom_tracking_provider: provider,
      tracking_number,
      ...(shipped !== undefined && { date_shipped: shipped }),
    },
  });
  const note = (number: string): ShopRequest => ({
    method: 'POST',
    path: `${path}/notes`,
    body: { note: `${provider} ${number}`, customer_note: true },
  });
  const parcels = (despatch.trackingNumbers ?? [])
    .filter((number) => !tracked.includes(number))
    .map(hasTracking ? tracking : note);
  const complete: ShopRequest = { method: 'PUT', path, body: { status: 'completed' } };
  return { requests: isWhole ? [...parcels, complete] : parcels, faults: [] };
};

/** WooCommerce takes at most so many changes in one batch. */
const BATCH = 100;
/** `POST products/batch`: variations have a path of their own below their product. */
export const wooStock = (report: CanonicalInventoryReport): ShopRequests => {
  const faults: Fault[] = [];
  const batches = new Map<string, { id: number | string; manage_stock: true; stock_quantity: number }[]>();
  for (const line of report.lines) {
    const product = idOf(line.item.ids, 'woocommerce-product');
    const variation = idOf(line.item.ids, 'woocommerce-variation');
    const count = whole(available(line));
    if (product === undefined) faults.push(unknown(`/lines[${line.lineNo}]/item`, 'product of the shop'));
    if (product === undefined || count === undefined) continue;
    const path =
      variation === undefined ? 'products/batch' : `products/${encodeURIComponent(product)}/variations/batch`;
    const update = { id: numeric(variation ?? product), manage_stock: true as const, stock_quantity: count };
    const batch = batches.get(path);
    if (batch) batch.push(update);
    else batches.set(path, [update]);
  }
  const requests = [...batches].flatMap(([path, updates]) =>
    Array.from({ length: Math.ceil(updates.length / BATCH) }, (_, at): ShopRequest => ({
      method: 'POST',
      path,
      body: { update: updates.slice(at * BATCH, (at + 1) * BATCH) },
    })),
  );
  return { requests, faults };
};
