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

/** Lines of a fulfilment order by its own line ids, which the shop gives out when it asks for fulfilment. */
const shopifyLines = (lines: readonly CanonicalDespatchLine[], faults: Fault[]) =>
  lines.flatMap(({ item, quantity, lineNo }) => {
    const id = idOf(item.ids, 'shopify-fulfillment-order-line') ?? idOf(item.ids, 'shopify-line-item');
    const count = whole(quantity.value);
    if (id === undefined) faults.push(unknown(`/lines[${lineNo}]/item`, 'line id of the shop'));
    if (count === undefined)
      faults.push({
        code: 'value-unmappable',
        path: `/lines[${lineNo}]/quantity`,
        text: `${quantity.value} is no whole number of pieces`,
      });
    return id === undefined || count === undefined ? [] : [{ id: numeric(id), quantity: count }];
  });

/** `POST fulfillments.json` (2022-07 and newer): by fulfilment order, with one tracking number or several. */
export const shopifyFulfilment = (despatch: CanonicalDespatchAdvice, fulfilmentOrder: string): ShopRequests => {
  const faults: Fault[] = [];
  const numbers = despatch.trackingNumbers ?? [];
  const company = despatch.carrier?.name ?? despatch.carrierCode;
  const fulfillment = {
    notify_customer: true,
    ...(numbers.length > 0 && {
      tracking_info: {
        ...(company !== undefined && { company }),
        ...(numbers.length === 1 ? { number: numbers[0] } : { numbers }),
      },
    }),
    line_items_by_fulfillment_order: [
      {
        fulfillment_order_id: numeric(fulfilmentOrder),
        fulfillment_order_line_items: shopifyLines(despatch.lines, faults),
      },
    ],
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

/** Completes the order and notes its parcels (WooCommerce Shipment Tracking, one call per parcel). */
export const wooFulfilment = (despatch: CanonicalDespatchAdvice): ShopRequests => {
  const order = despatch.references?.find(({ kind }) => kind === 'shop-order')?.number;
  if (order === undefined) return { requests: [], faults: [unknown('/references', 'order id of the shop')] };
  const provider = despatch.carrier?.name ?? despatch.carrierCode ?? 'other';
  const shipped = (despatch.despatched ?? despatch.issued)?.slice(0, 10);
  const trackings = (despatch.trackingNumbers ?? []).map((tracking_number): ShopRequest => ({
    method: 'POST',
    path: `orders/${encodeURIComponent(order)}/shipment-trackings`,
    body: {
      custom_tracking_provider: provider,
      tracking_number,
      ...(shipped !== undefined && { date_shipped: shipped }),
    },
  }));
  const isWhole = despatch.lines.every(
    ({ outstanding }) => outstanding === undefined || Number(outstanding.value) === 0,
  );
  const complete: ShopRequest = {
    method: 'PUT',
    path: `orders/${encodeURIComponent(order)}`,
    body: { status: 'completed' },
  };
  return { requests: isWhole ? [...trackings, complete] : trackings, faults: [] };
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
