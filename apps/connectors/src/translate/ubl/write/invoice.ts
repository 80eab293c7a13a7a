/** Writes UBL Invoice and CreditNote (Peppol BIS Billing 3). */
import type { CanonicalInvoice, CanonicalInvoiceLine } from '../../../canonical/invoice.js';
import type { Reference } from '../../../canonical/shapes.js';
import { writeXml, type XmlPart } from '../../xml/write.js';
import {
  allowanceCharge,
  deliverTo,
  item,
  money,
  partyParts,
  price,
  quantity,
  references,
  role,
  root,
  taxCategory,
  taxTotal,
  text,
} from './parts.js';

interface Names {
  readonly root: string;
  readonly line: string;
  readonly quantity: string;
  readonly type: string;
  /** UNCL 1001 where the canonical document says none */
  readonly usual: string;
}
const INVOICE: Names = {
  root: 'Invoice',
  line: 'InvoiceLine',
  quantity: 'InvoicedQuantity',
  type: 'InvoiceTypeCode',
  usual: '380',
};
const CREDIT_NOTE: Names = {
  root: 'CreditNote',
  line: 'CreditNoteLine',
  quantity: 'CreditedQuantity',
  type: 'CreditNoteTypeCode',
  usual: '381',
};

const lineOf = (line: CanonicalInvoiceLine, names: Names, currency: string | undefined): XmlPart => [
  `cac:${names.line}`,
  [
    text('ID', line.lineNo),
    quantity(names.quantity, line.quantity),
    money('LineExtensionAmount', line.amount),
    line.orderLineNo === undefined && line.orderNumber === undefined
      ? undefined
      : [
          'cac:OrderLineReference',
          [
            text('LineID', line.orderLineNo),
            line.orderNumber === undefined ? undefined : ['cac:OrderReference', [text('ID', line.orderNumber)]],
          ],
        ],
    ...(line.allowanceCharges ?? []).map(allowanceCharge),
    item(line.item, taxCategory('ClassifiedTaxCategory', line.taxCategory, line.taxPercent)),
    price(line, line.amount?.currency ?? currency),
  ],
];

const billing = (all: readonly Reference[] = []): readonly XmlPart[] =>
  all
    .filter(({ kind }) => kind === 'invoice' || kind === 'credit-note')
    .map(({ kind, number, day }): XmlPart => [
      'cac:BillingReference',
      [
        [
          kind === 'invoice' ? 'cac:InvoiceDocumentReference' : 'cac:CreditNoteDocumentReference',
          [text('ID', number), text('IssueDate', day)],
        ],
      ],
    ]);

const totals = ({ totals: sums, lines }: CanonicalInvoice): XmlPart =>
  sums && [
    'cac:LegalMonetaryTotal',
    [
      money('LineExtensionAmount', sums.lines ?? (lines.length > 0 ? undefined : sums.net)),
      money('TaxExclusiveAmount', sums.net),
      money('TaxInclusiveAmount', sums.gross),
      money('AllowanceTotalAmount', sums.allowances),
      money('ChargeTotalAmount', sums.charges),
      money('PrepaidAmount', sums.prepaid),
      money('PayableRoundingAmount', sums.rounding),
      money('PayableAmount', sums.payable),
    ],
  ];

const write = (data: CanonicalInvoice, names: Names): Uint8Array => {
  const isInvoice = names === INVOICE;
  const type = text(names.type, data.type ?? names.usual);
  return writeXml(
    root(names.root, [
      text('CustomizationID', 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0'),
      text('ProfileID', 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0'),
      text('ID', data.number),
      text('IssueDate', data.issued),
      ...(isInvoice ? [text('DueDate', data.due)] : []),
      type,
      ...(data.notes ?? []).map((note) => text('Note', note)),
      text('DocumentCurrencyCode', data.currency),
      data.orderNumber === undefined ? undefined : ['cac:OrderReference', [text('ID', data.orderNumber)]],
      ...billing(data.references),
      ...references(
        data.references?.filter(({ kind }) => kind !== 'invoice' && kind !== 'credit-note'),
        'DespatchDocumentReference',
        'ReceiptDocumentReference',
        'OriginatorDocumentReference',
        'ContractDocumentReference',
        'AdditionalDocumentReference',
        'ProjectReference',
      ),
      role('AccountingSupplierParty', data.seller),
      role('AccountingCustomerParty', data.buyer),
      data.remitTo && ['cac:PayeeParty', partyParts(data.remitTo)],
      role('BuyerCustomerParty', data.billTo),
      data.deliverTo && ['cac:Delivery', deliverTo(data.deliverTo)],
      // A credit note has no due date of its own; 1 says that no means of payment is agreed here.
      isInvoice || data.due === undefined
        ? undefined
        : ['cac:PaymentMeans', [text('PaymentMeansCode', '1'), text('PaymentDueDate', data.due)]],
      data.terms === undefined ? undefined : ['cac:PaymentTerms', [text('Note', data.terms)]],
      ...(data.allowanceCharges ?? []).map(allowanceCharge),
      taxTotal(data.totals?.tax, data.taxes),
      totals(data),
      ...data.lines.map((line) => lineOf(line, names, data.currency)),
    ]),
  );
};
export const writeInvoice = (data: CanonicalInvoice): Uint8Array => write(data, INVOICE);
export const writeCreditNote = (data: CanonicalInvoice): Uint8Array => write(data, CREDIT_NOTE);
