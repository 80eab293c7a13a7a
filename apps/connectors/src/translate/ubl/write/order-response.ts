/** Writes UBL OrderResponse (Peppol BIS Order Response 3). */
import type {
  CanonicalOrderResponse,
  CanonicalOrderResponseLine,
  LineStatus,
  ResponseStatus,
} from '../../../canonical/order-response.js';
import { writeXml, type XmlPart } from '../../xml/write.js';
import {
  deliverTo,
  item,
  moment,
  money,
  PEPPOL,
  price,
  quantity,
  references,
  role,
  root,
  taxTotal,
  text,
} from './parts.js';

/** UNCL 4343. */
const CODES: Readonly<Record<ResponseStatus, string>> = {
  acknowledged: 'AB',
  accepted: 'AP',
  changed: 'CA',
  rejected: 'RE',
};
/** UNCL 1229: what is late or another item is a change, and the line says which. */
const LINE_CODES: Readonly<Record<LineStatus, string>> = {
  added: '1',
  changed: '3',
  substituted: '3',
  backordered: '3',
  accepted: '5',
  rejected: '7',
  delivered: '42',
};

const promised = (day: string | undefined): XmlPart =>
  day === undefined ? undefined : ['cac:PromisedDeliveryPeriod', [text('StartDate', day), text('EndDate', day)]];

const lineOf = (line: CanonicalOrderResponseLine, currency: string | undefined): XmlPart => [
  'cac:OrderLine',
  [
    [
      'cac:LineItem',
      [
        text('ID', line.lineNo),
        text('Note', line.note),
        text('LineStatusCode', line.status && LINE_CODES[line.status]),
        quantity('Quantity', line.quantity),
        money('LineExtensionAmount', line.amount),
        quantity('MaximumBackorderQuantity', line.backordered),
        line.promisedDate === undefined ? undefined : ['cac:Delivery', [promised(line.promisedDate)]],
        price(line, line.amount?.currency ?? currency),
        item(line.item),
      ],
    ],
    line.substitute && ['cac:SellerSubstitutedLineItem', [text('ID', line.lineNo), item(line.substitute)]],
    line.orderLineNo === undefined ? undefined : ['cac:OrderLineReference', [text('LineID', line.orderLineNo)]],
  ],
];

/** The schema has the promise between place and party. */
const delivery = ({ deliverTo: party, promisedDate }: CanonicalOrderResponse): XmlPart => {
  const [location, receiver] = deliverTo(party);
  return ['cac:Delivery', [location, promised(promisedDate), receiver]];
};

const totals = ({ totals: sums }: CanonicalOrderResponse): XmlPart =>
  sums?.payable || sums?.lines
    ? ['cac:LegalMonetaryTotal', [money('LineExtensionAmount', sums.lines), money('PayableAmount', sums.payable)]]
    : undefined;

export const writeOrderResponse = (data: CanonicalOrderResponse): Uint8Array =>
  writeXml(
    root('OrderResponse', [
      text('CustomizationID', `${PEPPOL}:trns:order_response:3`),
      text('ProfileID', `${PEPPOL}:bis:ordering:3`),
      text('ID', data.number),
      ...moment('IssueDate', 'IssueTime', data.issuedAt ?? data.issued),
      text('OrderResponseCode', data.status && CODES[data.status]),
      ...[...(data.reason === undefined ? [] : [data.reason]), ...(data.notes ?? [])].map((note) => text('Note', note)),
      text('DocumentCurrencyCode', data.currency),
      ['cac:OrderReference', [text('ID', data.orderNumber)]],
      ...references(data.references, 'OriginatorDocumentReference', 'AdditionalDocumentReference'),
      role('SellerSupplierParty', data.seller),
      role('BuyerCustomerParty', data.buyer),
      delivery(data),
      taxTotal(data.totals?.tax),
      totals(data),
      ...data.lines.map((line) => lineOf(line, data.currency)),
    ]),
  );
