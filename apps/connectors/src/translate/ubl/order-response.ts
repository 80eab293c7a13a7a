/** UBL OrderResponse and OrderResponseSimple. */
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type {
  CanonicalOrderResponse,
  CanonicalOrderResponseLine,
  LineStatus,
  ResponseStatus,
} from '../../canonical/order-response.js';
import { OWN, type CodeTable } from '../code-table.js';
import { childrenOf, elementAt, textAt, textsOf, type XmlElement } from '../xml/element.js';
import { dateTimeAt, dayAt, flagAt, meansOf, type Reading } from '../xml/typed.js';
import { moneyAt, priceAt, quantityAt, taxOf } from './amounts.js';
import { deliverToOf, itemOf, notesOf, partyOf, referencesOf } from './parties.js';

export const STATUSES: CodeTable<ResponseStatus> = {
  ...OWN,
  list: 'answers',
  codeSet: 'UNCL 4343, Peppol BIS Order Response 3',
  source: 'Peppol BIS Ordering 3, code list of cbc:OrderResponseCode (UNCL 4343, subset)',
  example: { sent: '<cbc:OrderResponseCode>CA</cbc:OrderResponseCode>', code: 'CA', means: 'changed' },
  rows: { AB: 'acknowledged', AP: 'accepted', CA: 'changed', RE: 'rejected' },
};
export const LINE_STATUSES: CodeTable<LineStatus> = {
  ...OWN,
  list: 'answers',
  version: '2026-11-22.2',
  codeSet: 'UNCL 1229, Peppol BIS Order Response 3, and LineStatusCode of UBL 2.0',
  source: 'Peppol BIS Ordering 3, code list of cbc:LineStatusCode (UNCL 1229, subset); words are those of UBL 2.0',
  example: { sent: '<cbc:LineStatusCode>5</cbc:LineStatusCode>', code: '5', means: 'accepted' },
  rows: {
    ...{ '1': 'added', '3': 'changed', '5': 'accepted', '7': 'rejected', '42': 'delivered' },
    ...{ Added: 'added', Revised: 'changed', Cancelled: 'rejected' },
  },
  replaced: [{ by: '2026-11-22.2', rows: { Added: null, Revised: null, Cancelled: null } }],
};

const promisedOf = (reading: Reading, delivery: XmlElement | undefined) =>
  dayAt(reading, delivery, 'PromisedDeliveryPeriod', 'EndDate') ??
  dayAt(reading, delivery, 'PromisedDeliveryPeriod', 'StartDate');

/** A changed line says by its parts what changed. */
const changeOf = (substitute: unknown, backordered: unknown): LineStatus => {
  if (substitute) return 'substituted';
  return backordered ? 'backordered' : 'changed';
};

const lineOf = (reading: Reading, orderLine: XmlElement, index: number): CanonicalOrderResponseLine => {
  const line = elementAt(orderLine, 'LineItem');
  const sentStatus = textAt(line, 'LineStatusCode');
  const substitute = elementAt(orderLine, 'SellerSubstitutedLineItem', 'Item');
  const status = meansOf(reading, LINE_STATUSES, sentStatus);
  const backordered = quantityAt(reading, line, 'MaximumBackorderQuantity');
  return filled<CanonicalOrderResponseLine>(
    {
      lineNo: textAt(line, 'ID') ?? String(index + 1),
      orderLineNo: textAt(orderLine, 'OrderLineReference', 'LineID') ?? textAt(line, 'OrderLineReference', 'LineID'),
      status: status === 'changed' ? changeOf(substitute, backordered) : status,
      sentStatus,
      item: itemOf(elementAt(line, 'Item')),
      substitute: substitute && itemOf(substitute),
      quantity: quantityAt(reading, line, 'Quantity'),
      backordered,
      ...priceAt(reading, line),
      amount: moneyAt(reading, line, 'LineExtensionAmount'),
      promisedDate: promisedOf(reading, elementAt(line, 'Delivery')),
      note: textsOf(line, 'Note').join('\n') || textsOf(orderLine, 'Note').join('\n') || undefined,
    },
    'item',
  );
};

/** A simple response says yes or no; the full one has a code, and an order agreement (Peppol) is an acceptance. */
const statusOf = (reading: Reading, root: XmlElement): ResponseStatus | undefined => {
  const code = textAt(root, 'OrderResponseCode');
  if (code !== undefined) return meansOf(reading, STATUSES, code);
  const accepted = flagAt(reading, root, 'AcceptedIndicator');
  if (accepted !== undefined) return accepted ? 'accepted' : 'rejected';
  return textAt(root, 'ProfileID')?.includes('order_agreement') ? 'accepted' : undefined;
};

export const readOrderResponse = (reading: Reading, root: XmlElement): CanonicalDocument => {
  const orderNumber = textAt(root, 'OrderReference', 'ID');
  const issuedAt = dateTimeAt(reading, root, 'IssueDate', 'IssueTime');
  const total = elementAt(root, 'LegalMonetaryTotal') ?? elementAt(root, 'AnticipatedMonetaryTotal');
  const delivery = elementAt(root, 'Delivery');
  const data = filled<CanonicalOrderResponse>(
    {
      number: textAt(root, 'ID') ?? '',
      orderNumber: orderNumber ?? '',
      issued: issuedAt?.slice(0, 10),
      issuedAt: issuedAt !== undefined && issuedAt.length > 10 ? issuedAt : undefined,
      status: statusOf(reading, root),
      sentStatus: textAt(root, 'OrderResponseCode') ?? textAt(root, 'AcceptedIndicator'),
      reason: textAt(root, 'RejectionNote'),
      currency: textAt(root, 'DocumentCurrencyCode'),
      buyer: partyOf(elementAt(root, 'BuyerCustomerParty')),
      seller: partyOf(elementAt(root, 'SellerSupplierParty')),
      deliverTo: deliverToOf(delivery),
      promisedDate: promisedOf(reading, delivery),
      references: referencesOf(reading, root),
      lines: childrenOf(root, 'OrderLine').map((one, index) => lineOf(reading, one, index)),
      totals: filledOrNothing<NonNullable<CanonicalOrderResponse['totals']>>({
        lines: moneyAt(reading, total, 'LineExtensionAmount'),
        tax: taxOf(reading, root),
        payable: moneyAt(reading, total, 'PayableAmount'),
      }),
      notes: notesOf(root),
    },
    'lines',
  );
  return { kind: 'order-response', data };
};
