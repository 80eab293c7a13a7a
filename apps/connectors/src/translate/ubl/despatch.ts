/** UBL DespatchAdvice and ReceiptAdvice. */
import type {
  CanonicalDespatchAdvice,
  CanonicalDespatchLine,
  CanonicalPackage,
  ItemInstance,
} from '../../canonical/despatch-advice.js';
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalReceiptAdvice, CanonicalReceiptLine } from '../../canonical/receipt-advice.js';
import type { LocalDateTime, Party } from '../../canonical/shapes.js';
import { isSscc } from '../gs1.js';
import { childrenOf, elementAt, textAt, textsOf, type XmlElement } from '../xml/element.js';
import { dateTimeAt, dayAt, missing, type Reading } from '../xml/typed.js';
import { quantityAt } from './amounts.js';
import { addressOf, deliverToOf, itemOf, notesOf, partyOf, referencesOf } from './parties.js';

const instancesOf = (reading: Reading, line: XmlElement): readonly ItemInstance[] =>
  childrenOf(elementAt(line, 'Item'), 'ItemInstance').map((one) =>
    filled<ItemInstance>({
      lot: textAt(one, 'LotIdentification', 'LotNumberID'),
      expires: dayAt(reading, one, 'LotIdentification', 'ExpiryDate') ?? dayAt(reading, one, 'BestBeforeDate'),
      serial: textAt(one, 'SerialID'),
    }),
  );

const unitsOf = (shipment: XmlElement | undefined): readonly XmlElement[] =>
  childrenOf(shipment, 'TransportHandlingUnit');

/** A handling unit and what it carries: packages of UBL have ids of their own, within their unit. */
const packagesOf = (reading: Reading, unit: XmlElement): readonly CanonicalPackage[] => {
  const id = textAt(unit, 'ID');
  if (!id) return [];
  const weight = childrenOf(unit, 'MeasurementDimension').find((one) => textAt(one, 'AttributeID') === 'AAB');
  const own = filled<CanonicalPackage>({
    id,
    sscc: isSscc(id) ? id : undefined,
    type: textAt(unit, 'TransportHandlingUnitTypeCode'),
    trackingNumber: textAt(unit, 'TraceID'),
    weight: quantityAt(reading, weight, 'Measure'),
  });
  const inside = [...childrenOf(unit, 'Package'), ...childrenOf(unit, 'ActualPackage')].flatMap((one) => {
    const inner = textAt(one, 'ID');
    if (!inner) return [];
    const sscc = isSscc(inner) ? inner : undefined;
    return filled<CanonicalPackage>({ id: inner, sscc, within: id, type: textAt(one, 'PackagingTypeCode') });
  });
  return [own, ...inside];
};

const despatchLineOf = (reading: Reading, line: XmlElement, index: number): CanonicalDespatchLine | undefined => {
  const quantity = quantityAt(reading, line, 'DeliveredQuantity');
  if (!quantity) {
    if (!textAt(line, 'DeliveredQuantity')) missing(reading, line, 'DeliveredQuantity');
    return undefined;
  }
  return filled<CanonicalDespatchLine>(
    {
      lineNo: textAt(line, 'ID') ?? String(index + 1),
      orderLineNo: textAt(line, 'OrderLineReference', 'LineID'),
      orderNumber: textAt(line, 'OrderLineReference', 'OrderReference', 'ID'),
      item: itemOf(elementAt(line, 'Item')),
      quantity,
      outstanding: quantityAt(reading, line, 'OutstandingQuantity'),
      instances: instancesOf(reading, line),
      packages: unitsOf(elementAt(line, 'Shipment')).flatMap((unit) => textAt(unit, 'ID') ?? []),
      note: textsOf(line, 'Note').join('\n') || undefined,
    },
    'item',
  );
};

/** The same unit stands at every line that it carries: once is enough. */
const firstOfEach = (packages: readonly CanonicalPackage[]): readonly CanonicalPackage[] => {
  const seen = new Set<string>();
  return packages.filter(({ id }) => !seen.has(id) && seen.add(id));
};

/** Its first id is the carrier's code, and said once. */
const carrierOf = (carrier: XmlElement | undefined): Party | undefined => {
  const code = textAt(carrier, 'PartyIdentification', 'ID');
  const { ids = [], ...party } = partyOf(carrier) ?? {};
  return filledOrNothing<Party>({ ...party, ids: ids.filter(({ value }) => value !== code) });
};
const trackingNumbersOf = (
  shipment: XmlElement | undefined,
  packages: readonly CanonicalPackage[],
): readonly string[] => [
  ...new Set([
    ...childrenOf(shipment, 'Delivery').flatMap((one) => textAt(one, 'TrackingID') ?? []),
    ...packages.flatMap(({ trackingNumber }) => trackingNumber ?? []),
  ]),
];

const expectedOf = (reading: Reading, delivery: XmlElement | undefined): LocalDateTime | undefined => {
  const period = elementAt(delivery, 'EstimatedDeliveryPeriod');
  return dateTimeAt(reading, period, 'EndDate', 'EndTime') ?? dateTimeAt(reading, period, 'StartDate', 'StartTime');
};

export const readDespatchAdvice = (reading: Reading, root: XmlElement): CanonicalDocument => {
  const shipment = elementAt(root, 'Shipment');
  const delivery = elementAt(shipment, 'Delivery');
  const despatch = elementAt(delivery, 'Despatch');
  const consignment = elementAt(shipment, 'Consignment');
  const lines = childrenOf(root, 'DespatchLine');
  const units = [shipment, ...lines.map((line) => elementAt(line, 'Shipment'))].flatMap(unitsOf);
  const packages = firstOfEach(units.flatMap((unit) => packagesOf(reading, unit)));
  const issuedAt = dateTimeAt(reading, root, 'IssueDate', 'IssueTime');
  const supplier = partyOf(elementAt(root, 'DespatchSupplierParty'));
  const from = addressOf(elementAt(despatch, 'DespatchAddress'));
  const place = deliverToOf(delivery);
  const carrier = elementAt(consignment, 'CarrierParty') ?? elementAt(shipment, 'ShipmentStage', 'CarrierParty');
  const data = filled<CanonicalDespatchAdvice>(
    {
      number: textAt(root, 'ID') ?? '',
      purpose: 'original',
      issued: issuedAt?.slice(0, 10),
      issuedAt: issuedAt !== undefined && issuedAt.length > 10 ? issuedAt : undefined,
      despatched: dateTimeAt(reading, despatch, 'ActualDespatchDate', 'ActualDespatchTime'),
      expected: expectedOf(reading, delivery),
      orderNumber: textAt(root, 'OrderReference', 'ID'),
      buyer: partyOf(elementAt(root, 'BuyerCustomerParty')),
      seller: partyOf(elementAt(root, 'SellerSupplierParty')),
      shipFrom: supplier && from ? { ...supplier, address: from } : supplier,
      deliverTo: place
        ? { ...partyOf(elementAt(root, 'DeliveryCustomerParty')), ...place }
        : partyOf(elementAt(root, 'DeliveryCustomerParty')),
      carrier: carrierOf(carrier),
      carrierCode: textAt(carrier, 'PartyIdentification', 'ID'),
      service: textAt(shipment, 'ShippingPriorityLevelCode'),
      trackingNumbers: trackingNumbersOf(shipment, packages),
      billOfLading: textAt(consignment, 'CarrierAssignedID'),
      weight: quantityAt(reading, shipment, 'GrossWeightMeasure'),
      packageCount: textAt(shipment, 'TotalTransportHandlingUnitQuantity'),
      references: referencesOf(reading, root),
      packages,
      lines: lines.flatMap((line, index) => despatchLineOf(reading, line, index) ?? []),
      notes: notesOf(root),
    },
    'lines',
  );
  return { kind: 'despatch-advice', data };
};

const receiptLineOf = (reading: Reading, line: XmlElement, index: number): CanonicalReceiptLine =>
  filled<CanonicalReceiptLine>(
    {
      lineNo: textAt(line, 'ID') ?? String(index + 1),
      orderLineNo: textAt(line, 'OrderLineReference', 'LineID'),
      orderNumber: textAt(line, 'OrderLineReference', 'OrderReference', 'ID'),
      despatchLineNo: textAt(line, 'DespatchLineReference', 'LineID'),
      item: itemOf(elementAt(line, 'Item')),
      received: quantityAt(reading, line, 'ReceivedQuantity'),
      short: quantityAt(reading, line, 'ShortQuantity'),
      rejected: quantityAt(reading, line, 'RejectedQuantity'),
      oversupplied: quantityAt(reading, line, 'OversupplyQuantity'),
      reasonCode: textAt(line, 'RejectReasonCode'),
      reason: textAt(line, 'RejectReason'),
      instances: instancesOf(reading, line),
      note: textsOf(line, 'Note').join('\n') || undefined,
    },
    'item',
  );

export const readReceiptAdvice = (reading: Reading, root: XmlElement): CanonicalDocument => {
  const lines = childrenOf(root, 'ReceiptLine');
  const delivery = elementAt(root, 'Shipment', 'Delivery');
  const references = referencesOf(reading, root);
  const data = filled<CanonicalReceiptAdvice>(
    {
      number: textAt(root, 'ID') ?? '',
      issued: dayAt(reading, root, 'IssueDate'),
      received:
        dateTimeAt(reading, delivery, 'ActualDeliveryDate', 'ActualDeliveryTime') ??
        dayAt(reading, lines[0], 'ReceivedDate'),
      orderNumber: textAt(root, 'OrderReference', 'ID'),
      despatchNumber: references.find(({ kind }) => kind === 'despatch')?.number,
      buyer: partyOf(elementAt(root, 'BuyerCustomerParty')),
      seller: partyOf(elementAt(root, 'SellerSupplierParty')),
      shipFrom: partyOf(elementAt(root, 'DespatchSupplierParty')),
      deliverTo: partyOf(elementAt(root, 'DeliveryCustomerParty')),
      references,
      lines: lines.map((line, index) => receiptLineOf(reading, line, index)),
      notes: notesOf(root),
    },
    'lines',
  );
  return { kind: 'receipt-advice', data };
};
