/** UBL Order, OrderChange, OrderCancellation. */
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalOrder, CanonicalOrderLine } from '../../canonical/order.js';
import type { CanonicalOrderCancellation } from '../../canonical/order-cancellation.js';
import type { CanonicalOrderChange, CanonicalOrderChangeLine, LineAction } from '../../canonical/order-change.js';
import { OWN, type CodeTable } from '../code-table.js';
import { childrenOf, elementAt, textAt, textsOf, type XmlElement } from '../xml/element.js';
import { dateTimeAt, dayAt, meansOf, missing, type Reading } from '../xml/typed.js';
import { allowanceChargesOf, moneyAt, priceAt, quantityAt, taxOf, taxSubtotalsOf } from './amounts.js';
import { deliverToOf, itemOf, notesOf, partyOf, referencesOf } from './parties.js';

/** What LineStatusCode wants of a line. */
export const ACTIONS: CodeTable<LineAction> = {
  ...OWN,
  list: 'actions',
  version: '2026-11-22.2',
  codeSet: 'UNCL 1229, Peppol BIS Order Change 3, and LineStatusCode of UBL 2.0',
  source: 'Peppol BIS Ordering 3, code list of cbc:LineStatusCode (UNCL 1229); words are those of UBL 2.0, and Changed',
  example: { sent: '<cbc:LineStatusCode>3</cbc:LineStatusCode>', code: '3', means: 'change' },
  rows: {
    ...{ '1': 'add', '2': 'delete', '3': 'change', '4': 'none' },
    ...{ Added: 'add', Cancelled: 'delete', Changed: 'change', Revised: 'change', NoStatus: 'none' },
  },
  replaced: [{ by: '2026-11-22.2', rows: { Revised: null, NoStatus: null } }],
};
/** UNCL 1225 in OrderTypeCode says what an order is (220 order, 221 blanket, 227 consignment), never what it does. */
const PURPOSE = 'original';

/** The day goods are wanted: the end of the period where one is given. */
export const wantedOf = (reading: Reading, delivery: XmlElement | undefined) => {
  const period = elementAt(delivery, 'RequestedDeliveryPeriod');
  return (
    dayAt(reading, period, 'EndDate') ??
    dayAt(reading, period, 'StartDate') ??
    dayAt(reading, delivery, 'RequestedDeliveryDate') ??
    dayAt(reading, delivery, 'LatestDeliveryDate')
  );
};

const lineOf = (reading: Reading, orderLine: XmlElement, index: number): CanonicalOrderLine | undefined => {
  const line = elementAt(orderLine, 'LineItem');
  if (!line) {
    missing(reading, orderLine, 'LineItem');
    return undefined;
  }
  const quantity = quantityAt(reading, line, 'Quantity');
  if (!quantity) {
    if (!textAt(line, 'Quantity')) missing(reading, line, 'Quantity');
    return undefined;
  }
  const delivery = elementAt(line, 'Delivery');
  return filled<CanonicalOrderLine>(
    {
      lineNo: textAt(line, 'ID') ?? String(index + 1),
      item: itemOf(elementAt(line, 'Item')),
      quantity,
      ...priceAt(reading, line),
      amount: moneyAt(reading, line, 'LineExtensionAmount'),
      requestedDate: wantedOf(reading, delivery),
      deliverTo: deliverToOf(delivery),
      allowanceCharges: allowanceChargesOf(reading, line),
      taxPercent: undefined,
      note: textsOf(orderLine, 'Note').join('\n') || textsOf(line, 'Note').join('\n') || undefined,
    },
    'item',
  );
};

const head = (reading: Reading, root: XmlElement) => {
  const total = elementAt(root, 'AnticipatedMonetaryTotal');
  const delivery = elementAt(root, 'Delivery');
  const issuedAt = dateTimeAt(reading, root, 'IssueDate', 'IssueTime');
  return {
    number: textAt(root, 'ID') ?? '',
    issued: issuedAt?.slice(0, 10),
    issuedAt: issuedAt !== undefined && issuedAt.length > 10 ? issuedAt : undefined,
    requestedDate: wantedOf(reading, delivery),
    currency: textAt(root, 'DocumentCurrencyCode'),
    buyer: partyOf(elementAt(root, 'BuyerCustomerParty')),
    seller: partyOf(elementAt(root, 'SellerSupplierParty')),
    deliverTo: deliverToOf(delivery),
    billTo: partyOf(elementAt(root, 'AccountingCustomerParty')),
    references: referencesOf(reading, root),
    allowanceCharges: allowanceChargesOf(reading, root),
    taxes: taxSubtotalsOf(reading, root),
    totals: filledOrNothing<NonNullable<CanonicalOrder['totals']>>({
      lines: moneyAt(reading, total, 'LineExtensionAmount'),
      tax: taxOf(reading, root),
      payable: moneyAt(reading, total, 'PayableAmount'),
    }),
    notes: notesOf(root),
  };
};

export const readOrder = (reading: Reading, root: XmlElement): CanonicalDocument => {
  const lines = childrenOf(root, 'OrderLine').flatMap((one, index) => lineOf(reading, one, index) ?? []);
  const data = filled<CanonicalOrder>(
    { purpose: PURPOSE, type: textAt(root, 'OrderTypeCode'), ...head(reading, root), lines },
    'lines',
  );
  return { kind: 'order', data };
};

const orderNumberOf = (root: XmlElement): string => textAt(root, 'OrderReference', 'ID') ?? '';

export const readOrderChange = (reading: Reading, root: XmlElement): CanonicalDocument => {
  const lines = childrenOf(root, 'OrderLine').flatMap((one, index) => {
    const line = lineOf(reading, one, index);
    const sentAction = textAt(one, 'LineItem', 'LineStatusCode');
    const action = meansOf(reading, ACTIONS, sentAction);
    return line ? filled<CanonicalOrderChangeLine>({ ...line, action, sentAction }, 'item') : [];
  });
  const data = filled<CanonicalOrderChange>(
    {
      purpose: 'change',
      ...head(reading, root),
      orderNumber: orderNumberOf(root),
      sequence: textAt(root, 'SequenceNumberID'),
      lines,
    },
    'lines',
  );
  return { kind: 'order-change', data };
};

export const readOrderCancellation = (reading: Reading, root: XmlElement): CanonicalDocument => {
  const { number, issued, buyer, seller, references, notes } = head(reading, root);
  const data = filled<CanonicalOrderCancellation>({
    number,
    orderNumber: orderNumberOf(root),
    issued,
    reason: textsOf(root, 'CancellationNote').join('\n') || undefined,
    buyer,
    seller,
    references,
    notes,
  });
  return { kind: 'order-cancellation', data };
};
