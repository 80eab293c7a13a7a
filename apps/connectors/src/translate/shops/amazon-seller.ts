/** Amazon SP-API, Orders v0: orders, and their items, which another call gives. */
import { Decimal } from 'decimal.js';
import { filled, filledOrNothing } from '../../canonical/filled.js';
import type { CanonicalOrder, CanonicalOrderLine } from '../../canonical/order.js';
import type { Money, Party, PostalAddress } from '../../canonical/shapes.js';
import { moneyOf, sumOf } from '../amounts.js';
import { all, meantBy, OWN, type CodeTable, type ReadBy } from '../code-table.js';
import { dayOf, momentOf } from '../instants.js';
import { at, decimalAt, fieldsOf, recordsOf, textAt, type Fields } from '../json-fields.js';
import type { ShopReading } from './reading.js';

const moneyAt = (fields: Fields, name: string): Money | undefined =>
  moneyOf(textAt(fields, name, 'Amount'), textAt(fields, name, 'CurrencyCode'));

const addressOf = (fields: Fields | undefined): Party | undefined =>
  fields &&
  filledOrNothing<Party>({
    name: textAt(fields, 'Name'),
    address: filledOrNothing<PostalAddress>({
      lines: ['AddressLine1', 'AddressLine2', 'AddressLine3'].flatMap((name) => textAt(fields, name) ?? []),
      city: textAt(fields, 'City'),
      region: textAt(fields, 'StateOrRegion'),
      postcode: textAt(fields, 'PostalCode'),
      country: textAt(fields, 'CountryCode'),
    }),
    phone: textAt(fields, 'Phone'),
  });

const CHARGES: readonly (readonly [name: string, charge: boolean, reason: string])[] = [
  ['PromotionDiscount', false, 'discount'],
  ['ShippingPrice', true, 'shipping'],
  ['ShippingDiscount', false, 'shipping discount'],
];
/** `ItemPrice` is of the whole line; the price of one is what it makes. */
const unitPriceOf = (line: Fields, quantity: string): string | undefined => {
  const price = decimalAt(line, 'ItemPrice', 'Amount');
  if (price === undefined || new Decimal(quantity).isZero()) return undefined;
  return new Decimal(price).div(quantity).toDecimalPlaces(6, Decimal.ROUND_HALF_UP).toFixed();
};
const lineOf = (reading: ShopReading, line: Fields, index: number) => {
  const quantity = reading.pieces(line, `/OrderItems[${index + 1}]`, 'QuantityOrdered');
  if (!quantity) return undefined;
  return filled<CanonicalOrderLine>(
    {
      lineNo: String(index + 1),
      item: filled({
        sellerItem: textAt(line, 'SellerSKU'),
        ids: [
          { scheme: 'ASIN', value: textAt(line, 'ASIN') },
          { scheme: 'amazon-order-item', value: textAt(line, 'OrderItemId') },
        ].filter((id): id is { scheme: string; value: string } => id.value !== undefined),
        description: textAt(line, 'Title'),
      }),
      quantity,
      unitPrice: unitPriceOf(line, quantity.value),
      amount: moneyAt(line, 'ItemPrice'),
      allowanceCharges: CHARGES.flatMap(([name, charge, reason]) => {
        const amount = moneyAt(line, name);
        return amount && amount.minor !== 0 ? [{ charge, reason, amount }] : [];
      }),
      note: textAt(line, 'BuyerInfo', 'GiftMessageText'),
    },
    'item',
  );
};

/** Statuses of orders that ask for something else than goods. */
export const STATUSES: CodeTable<string> = {
  ...OWN,
  list: 'purposes',
  codeSet: 'Amazon OrderStatus, Orders API v0',
  source: 'Selling Partner API reference, Orders API v0: OrderStatus',
  example: { sent: '"OrderStatus":"Canceled"', code: 'Canceled', means: 'cancel' },
  rows: {
    Canceled: 'cancel',
    ...all('pending', 'Pending PendingAvailability InvoiceUnconfirmed'),
    ...all('over', 'PartiallyShipped Shipped Unfulfillable'),
  },
};
/** What Amazon sends itself (AFN) is not ours to send. */
export const purposeOfOrder = (order: Fields, by?: ReadBy): string =>
  textAt(order, 'FulfillmentChannel') === 'AFN'
    ? 'over'
    : (meantBy(STATUSES, textAt(order, 'OrderStatus'), by) ?? 'original');

/** An order whose items were not fetched yet says so; items without their order stand alone under its number. */
export const sellerOrder = (reading: ShopReading, order: Fields, items: unknown): CanonicalOrder => {
  const lines = recordsOf(items).flatMap((line, index) => lineOf(reading, line, index) ?? []);
  const buyer = fieldsOf(order.BuyerInfo);
  const po = textAt(buyer, 'PurchaseOrderNumber');
  if (items === undefined)
    reading.faults.push({
      code: 'element-missing',
      path: '/OrderItems',
      text: '/OrderItems has to be fetched and put in',
    });
  const taxes = recordsOf(items).flatMap((line) => moneyAt(line, 'ItemTax') ?? []);
  return filled<CanonicalOrder>(
    {
      number: reading.needed(order, '', 'AmazonOrderId'),
      purpose: purposeOfOrder(order, reading.context),
      type: textAt(order, 'OrderType'),
      ...momentOf(textAt(order, 'PurchaseDate')),
      requestedDate: dayOf(textAt(order, 'LatestDeliveryDate')),
      currency: textAt(order, 'OrderTotal', 'CurrencyCode') ?? lines.find(({ amount }) => amount)?.amount?.currency,
      buyer: filledOrNothing<Party>({
        name: textAt(buyer, 'BuyerTaxInfo', 'CompanyLegalName') ?? textAt(buyer, 'BuyerName'),
        email: textAt(buyer, 'BuyerEmail'),
      }),
      deliverTo: addressOf(fieldsOf(at(order, 'ShippingAddress'))),
      references: po === undefined ? [] : [{ kind: 'order', number: po }],
      lines,
      totals: filledOrNothing<NonNullable<CanonicalOrder['totals']>>({
        lines: sumOf(lines.map(({ amount }) => amount)),
        tax: sumOf(taxes),
        payable: moneyAt(order, 'OrderTotal'),
      }),
    },
    'lines',
  );
};
