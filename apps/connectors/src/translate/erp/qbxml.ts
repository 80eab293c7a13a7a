/** QBXML, what QuickBooks Desktop answers: entities called `SalesOrderRet`, their lines `SalesOrderLineRet`. */
import type { CanonicalCatalogue } from '../../canonical/catalogue.js';
import type { CanonicalDocument } from '../../canonical/document.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalInvoice, CanonicalInvoiceLine, InvoiceTotals } from '../../canonical/invoice.js';
import type { CanonicalOrder, CanonicalOrderLine } from '../../canonical/order.js';
import type { CanonicalPartyRecord } from '../../canonical/party-record.js';
import type { CanonicalRemittanceAdvice, CanonicalRemittanceLine } from '../../canonical/remittance-advice.js';
import type { Item, Party, PostalAddress, Quantity } from '../../canonical/shapes.js';
import { countryNamed } from '../country-names.js';
import { countryOf } from '../edi/countries.js';
import { unitOfX12 } from '../edi/units.js';
import type { Fault } from '../translation.js';
import { childrenOf, elementAt, elementsIn, pathOf, textAt, textsOf, type XmlElement } from '../xml/element.js';
import { decimalAt, FAULTS_MAX, flagAt, missing, type Reading } from '../xml/typed.js';
import { erpDayAt, erpMoneyAt, PIECE } from './reading.js';

/** `SalesOrderRet` is a `SalesOrder`. */
const kindOf = ({ name }: XmlElement): string => name.slice(0, -'Ret'.length);

/** Currencies are named as their owner likes; only an ISO code can be used. */
const currencyOf = (document: XmlElement): string | undefined => {
  const name = textAt(document, 'CurrencyRef', 'FullName');
  return name !== undefined && /^[A-Z]{3}$/.test(name) ? name : undefined;
};
const addressOf = (address: XmlElement | undefined): PostalAddress | undefined => {
  const country = textAt(address, 'Country');
  return filledOrNothing<PostalAddress>({
    lines: ['Addr1', 'Addr2', 'Addr3', 'Addr4', 'Addr5'].flatMap((name) => textAt(address, name) ?? []),
    city: textAt(address, 'City'),
    region: textAt(address, 'State'),
    postcode: textAt(address, 'PostalCode'),
    country: countryOf(country) ?? countryNamed(country) ?? country,
  });
};
const partyAt = (document: XmlElement, reference: string, address: string): Party | undefined => {
  const id = textAt(document, reference, 'ListID');
  return filledOrNothing<Party>({
    ids: id === undefined ? undefined : [{ scheme: 'quickbooks', value: id }],
    name: textAt(document, reference, 'FullName'),
    address: addressOf(elementAt(document, address)),
  });
};
const numberOf = (reading: Reading, document: XmlElement): string => {
  const number = textAt(document, 'RefNumber') ?? textAt(document, 'TxnID');
  if (number === undefined) missing(reading, document, 'RefNumber');
  return number ?? '';
};

/** Lines of items, those of a group in its place; a line without an item is a text. */
const linesOf = (document: XmlElement): readonly XmlElement[] => {
  const [line, group] = [`${kindOf(document)}LineRet`, `${kindOf(document)}LineGroupRet`];
  const lines = [line, 'ItemLineRet'];
  return document.children
    .flatMap((child) =>
      child.name === group || child.name === 'ItemGroupLineRet'
        ? child.children.filter(({ name }) => lines.includes(name))
        : lines.includes(child.name)
          ? [child]
          : [],
    )
    .filter((one) => elementAt(one, 'ItemRef') !== undefined);
};
const itemAt = (line: XmlElement): Item => {
  const [id, name] = [textAt(line, 'ItemRef', 'ListID'), textAt(line, 'ItemRef', 'FullName')];
  return filled<Item>({
    sellerItem: name ?? id,
    manufacturerItem: textAt(line, 'ManufacturerPartNumber'),
    ids: id === undefined ? undefined : [{ scheme: 'quickbooks', value: id }],
    description: textAt(line, 'Desc') ?? name,
  });
};
/** A charge has no quantity: it is one. */
const quantityAt = (reading: Reading, line: XmlElement): Quantity => {
  const value = decimalAt(reading, line, 'Quantity') ?? '1';
  const sent = textAt(line, 'UnitOfMeasure');
  const unit = (sent && unitOfX12(sent.toUpperCase())) ?? PIECE;
  return sent === undefined || sent === unit ? { value, unit } : { value, unit, sentUnit: sent };
};
const invoiceLineOf = (reading: Reading, line: XmlElement, index: number, currency: string | undefined) =>
  filled<CanonicalInvoiceLine>(
    {
      lineNo: textAt(line, 'TxnLineID') ?? String(index + 1),
      item: itemAt(line),
      quantity: quantityAt(reading, line),
      unitPrice: decimalAt(reading, line, 'Rate') ?? decimalAt(reading, line, 'Cost'),
      amount: erpMoneyAt(reading, currency, line, 'Amount'),
      taxCategory: textAt(line, 'SalesTaxCodeRef', 'FullName'),
    },
    'item',
  );

const isPurchase = (document: XmlElement): boolean => elementAt(document, 'VendorRef') !== undefined;
const partiesOf = (document: XmlElement): Pick<CanonicalOrder, 'buyer' | 'seller' | 'deliverTo'> => {
  const other = isPurchase(document)
    ? partyAt(document, 'VendorRef', 'VendorAddress')
    : partyAt(document, 'CustomerRef', 'BillAddress');
  const shipTo = addressOf(elementAt(document, 'ShipAddress'));
  return filled({
    buyer: isPurchase(document) ? undefined : other,
    seller: isPurchase(document) ? other : undefined,
    deliverTo: shipTo && { address: shipTo },
  });
};
const totalAt = (reading: Reading, currency: string | undefined, document: XmlElement) =>
  erpMoneyAt(reading, currency, document, 'TotalAmount') ??
  erpMoneyAt(reading, currency, document, 'AmountDue') ??
  erpMoneyAt(reading, currency, document, 'CreditAmount');

const readInvoice = (reading: Reading, document: XmlElement): CanonicalInvoice => {
  const currency = currencyOf(document);
  const [net, tax, paid] = ['Subtotal', 'SalesTaxTotal', 'AppliedAmount'].map((name) =>
    erpMoneyAt(reading, currency, document, name),
  );
  const percent = decimalAt(reading, document, 'SalesTaxPercentage');
  return filled<CanonicalInvoice>(
    {
      number: numberOf(reading, document),
      type: kindOf(document),
      issued: erpDayAt(reading, document, 'TxnDate'),
      due: erpDayAt(reading, document, 'DueDate'),
      currency,
      ...partiesOf(document),
      orderNumber: textAt(document, 'PONumber'),
      lines: linesOf(document).map((line, index) => invoiceLineOf(reading, line, index, currency)),
      taxes: tax && tax.minor !== 0 ? [filled({ percent, tax })] : undefined,
      totals: filledOrNothing<InvoiceTotals>({
        lines: net,
        tax,
        prepaid: paid && { ...paid, minor: Math.abs(paid.minor) },
        payable:
          erpMoneyAt(reading, currency, document, 'BalanceRemaining') ??
          totalAt(reading, currency, document) ??
          (net && tax && { ...net, minor: net.minor + tax.minor }),
      }),
      terms: textAt(document, 'TermsRef', 'FullName'),
      notes: [...textsOf(document, 'Memo')],
    },
    'lines',
  );
};
const readOrder = (reading: Reading, document: XmlElement): CanonicalOrder => {
  const currency = currencyOf(document);
  const po = textAt(document, 'PONumber');
  const lines = linesOf(document).map((line, index) => {
    const { lineNo, item, quantity, unitPrice, amount } = invoiceLineOf(reading, line, index, currency);
    return filled<CanonicalOrderLine>({ lineNo, item, quantity, unitPrice, amount }, 'item');
  });
  return filled<CanonicalOrder>(
    {
      number: numberOf(reading, document),
      purpose: 'original',
      type: kindOf(document),
      issued: erpDayAt(reading, document, 'TxnDate'),
      requestedDate: erpDayAt(reading, document, isPurchase(document) ? 'ExpectedDate' : 'ShipDate'),
      currency,
      ...partiesOf(document),
      references: po === undefined ? undefined : [{ kind: 'order', number: po }],
      lines,
      totals: filledOrNothing<NonNullable<CanonicalOrder['totals']>>({
        lines: erpMoneyAt(reading, currency, document, 'Subtotal'),
        tax: erpMoneyAt(reading, currency, document, 'SalesTaxTotal'),
        payable: totalAt(reading, currency, document),
      }),
      notes: [...textsOf(document, 'Memo'), ...textsOf(document, 'VendorMsg')],
    },
    'lines',
  );
};

const recordOf =
  (role: CanonicalPartyRecord['role']) =>
  (reading: Reading, entity: XmlElement): CanonicalDocument => {
    const person = [textAt(entity, 'FirstName'), textAt(entity, 'LastName')].filter(Boolean).join(' ') || undefined;
    const number = textAt(entity, 'ListID');
    if (number === undefined) missing(reading, entity, 'ListID');
    const address = ['ShipAddress', 'BillAddress', 'VendorAddress'].map((name) => addressOf(elementAt(entity, name)));
    const data = filled<CanonicalPartyRecord>({
      number: number ?? '',
      role,
      party: filled<Party>({
        name: textAt(entity, 'CompanyName') ?? textAt(entity, 'FullName') ?? textAt(entity, 'Name'),
        address: address.find((one) => one !== undefined),
        contact: textAt(entity, 'Contact') ?? person,
        email: textAt(entity, 'Email'),
        phone: textAt(entity, 'Phone'),
      }),
      currency: currencyOf(entity),
      active: flagAt(reading, entity, 'IsActive'),
    });
    return { kind: 'party-record', data };
  };
const itemOf = (reading: Reading, entity: XmlElement): CanonicalDocument => {
  const id = textAt(entity, 'ListID');
  if (id === undefined) missing(reading, entity, 'ListID');
  const name = textAt(entity, 'FullName') ?? textAt(entity, 'Name');
  const price = decimalAt(reading, entity, 'SalesPrice') ?? decimalAt(reading, entity, 'SalesOrPurchase', 'Price');
  const cost = decimalAt(reading, entity, 'PurchaseCost');
  const item = filled<Item>({
    sellerItem: name ?? id,
    manufacturerItem: textAt(entity, 'ManufacturerPartNumber'),
    ids: id === undefined ? undefined : [{ scheme: 'quickbooks', value: id }],
    description: textAt(entity, 'SalesDesc') ?? textAt(entity, 'SalesOrPurchase', 'Desc') ?? name,
  });
  const prices = [
    ...(price === undefined ? [] : [{ price }]),
    ...(cost === undefined || Number(cost) === 0 ? [] : [{ price: cost, type: 'cost' }]),
  ];
  const orderable = flagAt(reading, entity, 'IsActive');
  const line = filled({ lineNo: '1', item, orderable, prices }, 'prices');
  return { kind: 'catalogue', data: filled<CanonicalCatalogue>({ number: id ?? '', name, lines: [line] }, 'lines') };
};
const paymentOf = (reading: Reading, entity: XmlElement): CanonicalDocument => {
  const currency = currencyOf(entity);
  const lines = childrenOf(entity, 'AppliedToTxnRet').map((line, index) =>
    filled<CanonicalRemittanceLine>({
      lineNo: String(index + 1),
      documentNumber: textAt(line, 'RefNumber') ?? textAt(line, 'TxnID'),
      documentType: textAt(line, 'TxnType')
        ?.replace(/^CreditMemo$/, 'credit-note')
        .replace(/^Invoice$/, 'invoice'),
      documentDay: erpDayAt(reading, line, 'TxnDate'),
      paid: erpMoneyAt(reading, currency, line, 'Amount'),
      discount: erpMoneyAt(reading, currency, line, 'DiscountAmount'),
    }),
  );
  const data = filled<CanonicalRemittanceAdvice>(
    {
      number: numberOf(reading, entity),
      issued: erpDayAt(reading, entity, 'TxnDate'),
      currency,
      amount: erpMoneyAt(reading, currency, entity, 'TotalAmount'),
      method: textAt(entity, 'PaymentMethodRef', 'FullName'),
      payer: partyAt(entity, 'CustomerRef', 'BillAddress'),
      lines,
      notes: textsOf(entity, 'Memo'),
    },
    'lines',
  );
  return { kind: 'remittance-advice', data };
};

type Reader = (reading: Reading, entity: XmlElement) => CanonicalDocument;
const invoiceOf: Reader = (reading, document) => ({ kind: 'invoice', data: readInvoice(reading, document) });
const creditOf: Reader = (reading, document) => ({ kind: 'credit-note', data: readInvoice(reading, document) });
const orderOf: Reader = (reading, document) => ({ kind: 'order', data: readOrder(reading, document) });
const READERS: Readonly<Record<string, Reader>> = {
  ...{ SalesOrderRet: orderOf, PurchaseOrderRet: orderOf, EstimateRet: orderOf },
  ...{ InvoiceRet: invoiceOf, SalesReceiptRet: invoiceOf, BillRet: invoiceOf },
  ...{ CreditMemoRet: creditOf, VendorCreditRet: creditOf },
  ...{ CustomerRet: recordOf('customer'), VendorRet: recordOf('supplier'), ReceivePaymentRet: paymentOf },
  ...{
    ItemInventoryRet: itemOf,
    ItemNonInventoryRet: itemOf,
    ItemServiceRet: itemOf,
    ItemInventoryAssemblyRet: itemOf,
  },
};
export const desktopReaderOf = (name: string): Reader | undefined =>
  Object.hasOwn(READERS, name) ? READERS[name] : undefined;

/** Answers that say an error instead of an entity. */
export const refusalsIn = (roots: readonly XmlElement[]): readonly Fault[] =>
  elementsIn(roots, ({ name, attributes }) => name.endsWith('Rs') && attributes.statusSeverity === 'Error')
    .slice(0, FAULTS_MAX)
    .map((answer) => ({
      code: 'refused-by-partner',
      path: pathOf(answer),
      text: `QuickBooks refused: ${answer.attributes.statusCode ?? 'error'}, ${answer.attributes.statusMessage ?? 'without a message'}`,
    }));
