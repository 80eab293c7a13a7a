/** Amazon SP-API answers and requests. Documents are found wherever they stand, since every operation wraps them anew. */
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled } from '../../canonical/filled.js';
import type { CanonicalNotification } from '../../canonical/notification.js';
import { dateTimeOf } from '../instants.js';
import { at, fieldsOf, listOf, recordsOf, textAt, type Fields } from '../json-fields.js';
import { readJson } from '../json.js';
import type { Translation } from '../translation.js';
import { sellerOrder } from './amazon-seller.js';
import { vendorAcknowledgement, vendorOrder, vendorShipment } from './amazon-vendor.js';
import { documentOf, nothingFound, ShopReading } from './reading.js';

interface Found {
  readonly type: string;
  readonly fields: Fields;
  readonly read: (reading: ShopReading) => CanonicalDocument;
}
/** ORDER_CHANGE of the Notifications API: that an order changed, and not what it is. */
const orderChange = (reading: ShopReading, event: Fields, change: Fields): CanonicalNotification => {
  const id = reading.needed(change, '', 'AmazonOrderId');
  return filled<CanonicalNotification>({
    number: textAt(event, 'NotificationMetadata', 'NotificationId') ?? id,
    subject: 'order',
    subjectId: id,
    what: textAt(change, 'OrderChangeType') ?? textAt(change, 'NotificationLevel') ?? 'changed',
    store: textAt(change, 'SellerId'),
    at: dateTimeOf(textAt(change, 'OrderChangeTrigger', 'TimeOfOrderChange')),
  });
};

/** Vendors have no notifications: whoever asks for a purchase order by its number alone wants it fetched. */
const named = (number: string): CanonicalNotification => ({
  number,
  subject: 'purchase-order',
  subjectId: number,
  what: 'named',
});
const NAMES_ONLY = new Set(['purchaseOrderNumber', 'purchaseOrderState']);

/** What an object is, told by the fields that only it has; undefined for what merely wraps. */
const foundAs = (fields: Fields, itemsOf: (id: string) => unknown): Found | undefined => {
  const change = fieldsOf(at(fields, 'Payload', 'OrderChangeNotification'));
  if (change)
    return {
      type: 'OrderChange',
      fields,
      read: (r) => ({ kind: 'notification', data: orderChange(r, fields, change) }),
    };
  const id = textAt(fields, 'AmazonOrderId');
  if (id !== undefined) {
    const items = fields.OrderItems ?? itemsOf(id);
    return { type: 'Order', fields, read: (r) => ({ kind: 'order', data: sellerOrder(r, fields, items) }) };
  }
  if (fields.purchaseOrderNumber !== undefined && fields.acknowledgementDate !== undefined)
    return {
      type: 'Acknowledgement',
      fields,
      read: (r) => ({ kind: 'order-response', data: vendorAcknowledgement(r, fields) }),
    };
  if (fields.purchaseOrderNumber !== undefined && fields.orderDetails !== undefined)
    return { type: 'PurchaseOrder', fields, read: (r) => ({ kind: 'order', data: vendorOrder(r, fields) }) };
  const purchaseOrder = textAt(fields, 'purchaseOrderNumber');
  if (purchaseOrder !== undefined && Object.keys(fields).every((name) => NAMES_ONLY.has(name)))
    return {
      type: 'PurchaseOrderNamed',
      fields,
      read: () => ({ kind: 'notification', data: named(purchaseOrder) }),
    };
  if (fields.vendorShipmentIdentifier !== undefined && fields.purchaseOrders !== undefined)
    return { type: 'Shipment', fields, read: (r) => ({ kind: 'despatch-advice', data: vendorShipment(r, fields) }) };
  const transaction = textAt(fields, 'transactionId');
  if (transaction !== undefined) {
    const data = filled<CanonicalNotification>({
      number: transaction,
      subject: 'transaction',
      subjectId: transaction,
      what: 'received',
    });
    return { type: 'Transaction', fields, read: () => ({ kind: 'notification', data }) };
  }
  return undefined;
};

/** One by one: a list of a sender may be longer than a call has room for. */
const pushReversed = (open: unknown[], values: readonly unknown[]): void => {
  for (let index = values.length - 1; index >= 0; index--) open.push(values[index]);
};
/** Every object in document order; not recursive, since depth is the sender's. */
function* objectsIn(value: unknown): Generator<Fields, void, boolean | undefined> {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) pushReversed(open, next as unknown[]);
    const fields = fieldsOf(next);
    if (!fields) continue;
    const isDocument = yield fields;
    if (!isDocument) pushReversed(open, Object.values(fields));
  }
}

/** Items of orders that another call gave, when both stand in one document. */
const itemsIn = (value: unknown): ReadonlyMap<string, unknown> => {
  const items = new Map<string, unknown>();
  for (const fields of objectsIn(value)) {
    const id = textAt(fields, 'AmazonOrderId');
    if (id !== undefined && fields.OrderItems !== undefined) items.set(id, fields.OrderItems);
  }
  return items;
};

const documentsIn = (value: unknown): readonly Found[] => {
  const items = itemsIn(value);
  const withOrder = new Set<string>();
  const found: Found[] = [];
  const objects = objectsIn(value);
  for (let next = objects.next(); !next.done;) {
    const one = foundAs(next.value, (id) => items.get(id));
    if (one) found.push(one);
    if (one?.type === 'Order' && one.fields.OrderItems === undefined)
      withOrder.add(textAt(one.fields, 'AmazonOrderId') ?? '');
    next = objects.next(one !== undefined);
  }
  return found.filter(
    ({ type, fields }) =>
      !(type === 'Order' && isItemsOnly(fields) && withOrder.has(textAt(fields, 'AmazonOrderId') ?? '')),
  );
};
const isItemsOnly = (fields: Fields): boolean => fields.OrderItems !== undefined && fields.PurchaseDate === undefined;

export const readAmazon: Translation = (bytes, context) => {
  const read = readJson(bytes);
  if ('fault' in read) return { standard: 'Amazon', documents: [], faults: [read.fault] };
  const found = documentsIn(listOf(read.value));
  const errors = recordsOf(fieldsOf(read.value)?.errors).flatMap((one) => textAt(one, 'message') ?? []);
  if (found.length === 0) return nothingFound('Amazon', errors[0] ?? 'no order, shipment or transaction of Amazon');
  const documents = found.map(({ type, read: make }) => {
    const reading = new ShopReading(context);
    return documentOf('Amazon', type, make(reading), reading.faults);
  });
  return { standard: 'Amazon', documents, faults: [] };
};
