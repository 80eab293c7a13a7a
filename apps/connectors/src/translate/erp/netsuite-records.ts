/** Customers, item availability and fulfilments of NetSuite. */
import type { CanonicalDespatchAdvice, CanonicalDespatchLine } from '../../canonical/despatch-advice.js';
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type {
  CanonicalInventoryLine,
  CanonicalInventoryReport,
  ReportedQuantity,
} from '../../canonical/inventory-report.js';
import type { CanonicalPartyRecord } from '../../canonical/party-record.js';
import type { Item, Party, PostalAddress } from '../../canonical/shapes.js';
import { dateTimeOf } from '../instants.js';
import { childrenOf, elementAt, textAt, textsOf, type XmlElement } from '../xml/element.js';
import { flagAt, type Reading } from '../xml/typed.js';
import { countryNamed } from '../country-names.js';
import { erpDayAt, piecesAt } from './reading.js';

/** A RecordRef: internal id in an attribute, name inside. */
export const referenceOf = (element: XmlElement | undefined): { id: string | undefined; name: string | undefined } => ({
  id: element?.attributes.internalId,
  name: textAt(element, 'name'),
});
export const itemAt = (line: XmlElement): Item => {
  const { id, name } = referenceOf(elementAt(line, 'item'));
  return filled<Item>({
    sellerItem: name ?? id,
    ids: id === undefined ? undefined : [{ scheme: 'netsuite', value: id }],
    description: textAt(line, 'description'),
  });
};

/** The same address under several prefixes: `billAddr1`, `shipAddr1`, `addr1`. */
export const addressOf = (element: XmlElement | undefined, prefix = ''): PostalAddress | undefined => {
  const name = (field: string): string => (prefix ? `${prefix}${field[0]?.toUpperCase()}${field.slice(1)}` : field);
  // SOAP names countries `_unitedStates`, REST refers to them by their ISO code.
  const country = textAt(element, name('country')) ?? referenceOf(elementAt(element, name('country'))).id;
  return filledOrNothing<PostalAddress>({
    lines: ['addr1', 'addr2', 'addr3'].flatMap((field) => textAt(element, name(field)) ?? []),
    city: textAt(element, name('city')),
    region: textAt(element, name('state')),
    postcode: textAt(element, name('zip')),
    country: countryNamed(country) ?? country,
  });
};
export const partyAt = (record: XmlElement, name: string, address?: PostalAddress): Party | undefined => {
  const reference = referenceOf(elementAt(record, name));
  return filledOrNothing<Party>({
    ids: reference.id === undefined ? undefined : [{ scheme: 'netsuite', value: reference.id }],
    name: reference.name,
    address,
    email: textAt(record, 'email'),
  });
};

export const partyRecordOf =
  (role: CanonicalPartyRecord['role']) =>
  (reading: Reading, record: XmlElement): CanonicalDocument => {
    const book = childrenOf(elementAt(record, 'addressbookList'), 'addressbook');
    const shipping = book.find((one) => textAt(one, 'defaultShipping') === 'true') ?? book[0];
    const inactive = flagAt(reading, record, 'isInactive');
    const data = filled<CanonicalPartyRecord>({
      number: textAt(record, 'entityId') ?? record.attributes.internalId ?? '',
      role,
      party: filled<Party>({
        ids: ['internalId', 'externalId'].flatMap((scheme) => {
          const value = record.attributes[scheme];
          return value === undefined ? [] : [{ scheme: `netsuite-${scheme}`, value }];
        }),
        name: textAt(record, 'companyName') ?? textAt(record, 'altName') ?? textAt(record, 'entityId'),
        address: addressOf(elementAt(shipping, 'addressbookAddress') ?? shipping),
        email: textAt(record, 'email'),
        phone: textAt(record, 'phone'),
        taxId: textAt(record, 'vatRegNumber'),
      }),
      currency: textAt(record, 'currency', 'name'),
      active: inactive === undefined ? undefined : !inactive,
    });
    return { kind: 'party-record', data };
  };

const COUNTED: readonly (readonly [field: string, kind: string])[] = [
  ['quantityOnHand', 'on-hand'],
  ['quantityAvailable', 'available'],
  ['quantityCommitted', 'reserved'],
  ['quantityOnOrder', 'on-order'],
  ['quantityBackOrdered', 'backordered'],
];
export const availabilityOf = (reading: Reading, list: XmlElement): CanonicalDocument => {
  const rows = childrenOf(list, 'itemAvailability');
  const lines = rows.map((row, index) => {
    const { id, name } = referenceOf(elementAt(row, 'locationId'));
    const quantities = COUNTED.flatMap(([field, kind]): ReportedQuantity[] => {
      const quantity = piecesAt(reading, row, field);
      return quantity ? [{ kind, sentKind: field, quantity }] : [];
    });
    return filled<CanonicalInventoryLine>(
      {
        lineNo: String(index + 1),
        item: itemAt(row),
        quantities,
        location: filledOrNothing<Party>({
          ids: id === undefined ? undefined : [{ scheme: 'netsuite', value: id }],
          name,
        }),
      },
      'item',
      'quantities',
    );
  });
  const moments = rows.flatMap((row) => dateTimeOf(textAt(row, 'lastQtyAvailableChange')) ?? []);
  const data = filled<CanonicalInventoryReport>(
    { number: 'item-availability', asOf: moments.toSorted().at(-1), lines },
    'lines',
  );
  return { kind: 'inventory-report', data };
};

export const fulfilmentOf = (reading: Reading, record: XmlElement): CanonicalDocument => {
  const created = referenceOf(elementAt(record, 'createdFrom'));
  const packages = elementAt(record, 'packageList');
  const data = filled<CanonicalDespatchAdvice>(
    {
      number: textAt(record, 'tranId') ?? record.attributes.internalId ?? '',
      purpose: 'original',
      issued: erpDayAt(reading, record, 'tranDate'),
      orderNumber: created.name ?? created.id,
      buyer: partyAt(record, 'entity'),
      deliverTo: filledOrNothing<Party>({ address: addressOf(elementAt(record, 'shippingAddress')) }),
      service: textAt(record, 'shipMethod', 'name'),
      trackingNumbers: childrenOf(packages, 'package').flatMap((one) => textAt(one, 'packageTrackingNumber') ?? []),
      lines: childrenOf(elementAt(record, 'itemList'), 'item').flatMap((line, index): CanonicalDespatchLine[] => {
        const quantity = piecesAt(reading, line, 'quantity');
        if (!quantity) return [];
        const lineNo = textAt(line, 'line') ?? String(index + 1);
        return [
          filled<CanonicalDespatchLine>(
            { lineNo, orderLineNo: textAt(line, 'orderLine'), item: itemAt(line), quantity },
            'item',
          ),
        ];
      }),
      notes: textsOf(record, 'memo'),
    },
    'lines',
  );
  return { kind: 'despatch-advice', data };
};
