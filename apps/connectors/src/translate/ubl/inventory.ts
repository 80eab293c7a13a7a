/** UBL InventoryReport. */
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled } from '../../canonical/filled.js';
import type { CanonicalInventoryLine, CanonicalInventoryReport } from '../../canonical/inventory-report.js';
import type { Party } from '../../canonical/shapes.js';
import { childrenOf, elementAt, textAt, type XmlElement } from '../xml/element.js';
import { dateTimeAt, dayAt, missing, type Reading } from '../xml/typed.js';
import { moneyAt, quantityAt } from './amounts.js';
import { addressOf, itemOf, notesOf, partyOf, referencesOf } from './parties.js';

const placeOf = (location: XmlElement | undefined): Party | undefined => {
  const id = textAt(location, 'ID');
  if (!location || !id) return undefined;
  const isGln = /^\d{13}$/.test(id);
  return filled<Party>({
    ids: isGln ? undefined : [{ value: id }],
    gln: isGln ? id : undefined,
    name: textAt(location, 'Name'),
    address: addressOf(elementAt(location, 'Address')),
  });
};

const lineOf = (reading: Reading, line: XmlElement, index: number): CanonicalInventoryLine | undefined => {
  const quantity = quantityAt(reading, line, 'Quantity');
  if (!quantity) {
    if (!textAt(line, 'Quantity')) missing(reading, line, 'Quantity');
    return undefined;
  }
  return filled<CanonicalInventoryLine>(
    {
      lineNo: textAt(line, 'ID') ?? String(index + 1),
      item: itemOf(elementAt(line, 'Item')),
      quantities: [{ kind: 'on-hand', quantity }],
      value: moneyAt(reading, line, 'InventoryValueAmount'),
      location: placeOf(elementAt(line, 'InventoryLocation')),
      lot: textAt(line, 'Item', 'ItemInstance', 'LotIdentification', 'LotNumberID'),
      status: textAt(line, 'AvailabilityStatusCode'),
    },
    'item',
  );
};

export const readInventoryReport = (reading: Reading, root: XmlElement): CanonicalDocument => {
  const period = elementAt(root, 'InventoryPeriod');
  const data = filled<CanonicalInventoryReport>(
    {
      number: textAt(root, 'ID') ?? '',
      issued: dayAt(reading, root, 'IssueDate'),
      asOf: dateTimeAt(reading, period, 'EndDate', 'EndTime') ?? dateTimeAt(reading, period, 'StartDate', 'StartTime'),
      currency: textAt(root, 'DocumentCurrencyCode'),
      reporter: partyOf(elementAt(root, 'InventoryReportingParty') ?? elementAt(root, 'RetailerCustomerParty')),
      receiver: partyOf(elementAt(root, 'SellerSupplierParty')),
      location: placeOf(elementAt(root, 'InventoryLocation')),
      references: referencesOf(reading, root),
      lines: childrenOf(root, 'InventoryReportLine').flatMap((one, index) => lineOf(reading, one, index) ?? []),
      notes: notesOf(root),
    },
    'lines',
  );
  return { kind: 'inventory-report', data };
};
