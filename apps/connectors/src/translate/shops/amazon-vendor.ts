/** Amazon SP-API for vendors: purchase orders (v1), shipments (v1), acknowledgements that were sent. */
import type {
  CanonicalDespatchAdvice,
  CanonicalDespatchLine,
  CanonicalPackage,
} from '../../canonical/despatch-advice.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalOrder, CanonicalOrderLine } from '../../canonical/order.js';
import type { CanonicalOrderResponse, CanonicalOrderResponseLine, LineStatus } from '../../canonical/order-response.js';
import type { Item, Party, PostalAddress, Quantity } from '../../canonical/shapes.js';
import { OWN, type CodeTable } from '../code-table.js';
import { isSscc } from '../gs1.js';
import { dateTimeOf, dayOf, momentOf } from '../instants.js';
import { decimalAt, fieldsOf, recordsOf, textAt, type Fields } from '../json-fields.js';
import { PIECE, type ShopReading } from './reading.js';

export const UNITS: CodeTable<string> = {
  ...OWN,
  list: 'units',
  codeSet: 'Amazon unitOfMeasure, vendor APIs v1',
  source: 'Selling Partner API reference, Vendor Orders, Vendor Shipments and Vendor Direct Fulfillment: unitOfMeasure',
  example: { sent: '"unitOfMeasure":"Cases"', code: 'Cases', means: 'CS' },
  rows: { Eaches: PIECE, Each: PIECE, Cases: 'CS', Kg: 'KGM', Lb: 'LBR', G: 'GRM', Oz: 'ONZ' },
};

const quantityOf = (reading: ShopReading, sent: unknown, place: string): Quantity | undefined => {
  const value = decimalAt(sent, 'amount') ?? decimalAt(sent, 'value');
  const unit = textAt(sent, 'unitOfMeasure');
  if (value === undefined) {
    if (sent !== undefined)
      reading.faults.push({ code: 'number-unreadable', path: place, text: `${place} holds no number` });
    return undefined;
  }
  const known = reading.means(UNITS, unit) ?? unit;
  return filled<Quantity>({ value, unit: known ?? PIECE, sentUnit: known === unit ? undefined : unit });
};
const itemOf = (line: Fields): Item =>
  filled<Item>({
    buyerItem: textAt(line, 'amazonProductIdentifier') ?? textAt(line, 'buyerProductIdentifier'),
    sellerItem: textAt(line, 'vendorProductIdentifier'),
    description: textAt(line, 'title'),
  });
const partyOf = (sent: unknown): Party | undefined => {
  const party = fieldsOf(sent);
  // Direct fulfilment has the address itself in the place of the party.
  const address = fieldsOf(party?.address) ?? (party?.addressLine1 === undefined ? undefined : party);
  const id = textAt(party, 'partyId');
  return filledOrNothing<Party>({
    ids: id === undefined ? undefined : [{ scheme: 'amazon-party', value: id }],
    name: textAt(address, 'name'),
    address: filledOrNothing<PostalAddress>({
      lines: ['addressLine1', 'addressLine2', 'addressLine3'].flatMap((name) => textAt(address, name) ?? []),
      city: textAt(address, 'city'),
      region: textAt(address, 'stateOrRegion'),
      postcode: textAt(address, 'postalCode'),
      country: textAt(address, 'countryCode'),
    }),
    phone: textAt(address, 'phone'),
  });
};
/** `2019-05-23T10:00:00Z--2019-05-30T10:00:00Z`: wanted by its end. */
const windowEnd = (text: string | undefined) => dayOf(text?.split(/--| - /).at(-1));

export const vendorOrder = (reading: ShopReading, order: Fields): CanonicalOrder => {
  const details = fieldsOf(order.orderDetails) ?? {};
  const lines = recordsOf(details.items).flatMap((line, index): CanonicalOrderLine[] => {
    const quantity = quantityOf(reading, line.orderedQuantity, `/items[${index + 1}]/orderedQuantity`);
    if (!quantity) return [];
    return [
      filled<CanonicalOrderLine>(
        {
          lineNo: textAt(line, 'itemSequenceNumber') ?? String(index + 1),
          item: itemOf(line),
          quantity,
          unitPrice: decimalAt(line, 'netCost', 'amount') ?? decimalAt(line, 'netPrice', 'amount'),
        },
        'item',
      ),
    ];
  });
  const first = recordsOf(details.items)[0];
  return filled<CanonicalOrder>(
    {
      number: reading.needed(order, '', 'purchaseOrderNumber'),
      purpose: 'original',
      type: textAt(details, 'purchaseOrderType'),
      ...momentOf(textAt(details, 'purchaseOrderDate') ?? textAt(details, 'orderDate')),
      // Some answers hold the window beside orderDetails.
      requestedDate: windowEnd(
        textAt(details, 'deliveryWindow') ??
          textAt(order, 'deliveryWindow') ??
          textAt(details, 'shipWindow') ??
          textAt(order, 'shipWindow') ??
          textAt(details, 'shipmentDetails', 'requiredShipDate') ??
          textAt(details, 'shipmentDetails', 'shipmentDates', 'requiredShipDate'),
      ),
      currency: textAt(first, 'netCost', 'currencyCode') ?? textAt(first, 'netPrice', 'currencyCode'),
      buyer: partyOf(details.buyingParty),
      seller: partyOf(details.sellingParty),
      deliverTo: partyOf(details.shipToParty),
      billTo: partyOf(details.billToParty),
      lines: lines.length > 0 ? lines : beside(reading, order),
    },
    'lines',
  );
};
const beside = (reading: ShopReading, order: Fields): readonly CanonicalOrderLine[] =>
  Array.isArray(order.items) && order.orderDetails !== undefined
    ? vendorOrder(reading, { ...order, items: undefined, orderDetails: { items: order.items } }).lines
    : [];

const packageOf = (container: Fields): CanonicalPackage | undefined => {
  const sent = recordsOf(container.containerIdentifiers);
  const id = textAt(sent[0], 'containerIdentificationNumber') ?? textAt(container, 'containerSequenceNumber');
  if (id === undefined) return undefined;
  return filled<CanonicalPackage>({
    id,
    sscc: isSscc(id) ? id : undefined,
    type: textAt(container, 'containerType'),
    trackingNumber: textAt(container, 'trackingNumber'),
  });
};
export const vendorShipment = (reading: ShopReading, shipment: Fields): CanonicalDespatchAdvice => {
  const orders = recordsOf(shipment.purchaseOrders);
  const containers = [
    ...recordsOf(shipment.containers),
    ...recordsOf(shipment.cartons),
    ...recordsOf(shipment.pallets),
  ];
  const packages = containers.flatMap((one) => packageOf(one) ?? []);
  const lines = orders.flatMap((order) =>
    recordsOf(order.items).flatMap((line, index): CanonicalDespatchLine[] => {
      const quantity = quantityOf(reading, line.shippedQuantity, `/items[${index + 1}]/shippedQuantity`);
      const number = textAt(line, 'itemSequenceNumber');
      if (!quantity) return [];
      return [
        filled<CanonicalDespatchLine>(
          {
            lineNo: number ?? String(index + 1),
            orderNumber: textAt(order, 'purchaseOrderNumber'),
            item: itemOf(line),
            quantity,
          },
          'item',
        ),
      ];
    }),
  );
  return filled<CanonicalDespatchAdvice>(
    {
      number: reading.needed(shipment, '', 'vendorShipmentIdentifier'),
      purpose: 'original',
      ...momentOf(textAt(shipment, 'shipmentConfirmDate') ?? textAt(shipment, 'shipmentCreateDate')),
      despatched: dateTimeOf(textAt(shipment, 'shippedDate')),
      expected: dateTimeOf(textAt(shipment, 'estimatedDeliveryDate')),
      orderNumber: textAt(orders[0], 'purchaseOrderNumber'),
      seller: partyOf(shipment.sellingParty),
      shipFrom: partyOf(shipment.shipFromParty),
      deliverTo: partyOf(shipment.shipToParty),
      carrierCode: textAt(shipment, 'transportationDetails', 'carrierScac'),
      trackingNumbers: [...new Set(packages.flatMap(({ trackingNumber }) => trackingNumber ?? []))],
      billOfLading: textAt(shipment, 'transportationDetails', 'billOfLadingNumber'),
      weight: quantityOf(reading, fieldsOf(shipment.shipmentMeasurements)?.shipmentWeight, '/shipmentWeight'),
      packages,
      lines,
    },
    'lines',
  );
};

export const LINE_STATUSES: CodeTable<LineStatus> = {
  ...OWN,
  list: 'answers',
  codeSet: 'Amazon acknowledgementCode, Vendor Orders v1',
  source: 'Selling Partner API reference, Vendor Orders v1: OrderItemAcknowledgement',
  example: { sent: '"acknowledgementCode":"Backordered"', code: 'Backordered', means: 'backordered' },
  rows: { Accepted: 'accepted', Backordered: 'backordered', Rejected: 'rejected' },
};
export const vendorAcknowledgement = (reading: ShopReading, sent: Fields): CanonicalOrderResponse => {
  const number = reading.needed(sent, '', 'purchaseOrderNumber');
  // Each part of a line that is answered in its own way is a line of the answer.
  const lines = recordsOf(sent.items).flatMap((line, index) => {
    const answers = recordsOf(line.itemAcknowledgements);
    return (answers.length > 0 ? answers : [undefined]).map((answer) => {
      const code = textAt(answer, 'acknowledgementCode');
      return filled<CanonicalOrderResponseLine>(
        {
          lineNo: textAt(line, 'itemSequenceNumber') ?? String(index + 1),
          status: reading.means(LINE_STATUSES, code),
          sentStatus: code,
          item: itemOf(line),
          quantity: quantityOf(reading, answer?.acknowledgedQuantity, `/items[${index + 1}]/acknowledgedQuantity`),
          unitPrice: decimalAt(line, 'netCost', 'amount'),
          promisedDate: dayOf(textAt(answer, 'scheduledDeliveryDate')),
          note: textAt(answer, 'rejectionReason'),
        },
        'item',
      );
    });
  });
  return filled<CanonicalOrderResponse>(
    {
      number,
      orderNumber: number,
      ...momentOf(textAt(sent, 'acknowledgementDate')),
      seller: partyOf(sent.sellingParty),
      lines,
    },
    'lines',
  );
};
