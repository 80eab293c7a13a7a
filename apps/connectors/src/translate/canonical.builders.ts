/** Canonical documents of any content that a document can carry, for round trips: what is written reads back the same. */
import fc from 'fast-check';
import { filled, filledOrNothing } from '../canonical/filled.js';
import type { CanonicalDespatchAdvice } from '../canonical/despatch-advice.js';
import type { CanonicalDocument, CanonicalKind, CanonicalShapes } from '../canonical/document.js';
import type { CanonicalInvoice } from '../canonical/invoice.js';
import type { CanonicalOrderResponse } from '../canonical/order-response.js';
import type { Item, Money, Party, PostalAddress, Quantity } from '../canonical/shapes.js';

/** Anything that a person may type, markup and other scripts included; without white space at its ends. */
export const aText = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 8, unit: 'binary' }),
    fc.constantFrom('Tea & Co <b>', 'ISA Ltd', 'O\'Neil "Süd"', '茶', '100% ]]>', 'a|b~c*d+e:f?g'),
  )
  .map((text) =>
    text
      .normalize('NFC')
      .replace(/[\p{C}\p{Z}]+/gu, ' ')
      .trim(),
  )
  .filter((text) => text !== '');
export const aNumber = fc.stringMatching(/^[A-Z0-9][A-Z0-9-]{0,14}$/);
export const aDay = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
export const aDecimal = fc
  .tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 9_999 }))
  .map(([whole, part]) => `${whole}.${String(part).padStart(4, '0')}`.replace(/\.?0+$/, ''));
export const aMoney = (currency: string): fc.Arbitrary<Money> =>
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((minor) => ({ minor, currency }));
export const aQuantity: fc.Arbitrary<Quantity> = fc.record({
  value: aDecimal,
  unit: fc.constantFrom('EA', 'CS', 'KGM'),
});
const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined });
const gtin = fc.constantFrom('4006381333931', '00012345600012', '96385074');
const gln = fc.constantFrom('7300010000001', '5790000435951');

export const anItem: fc.Arbitrary<Item> = fc
  .record({ buyerItem: maybe(aNumber), sellerItem: aNumber, gtin: maybe(gtin), description: maybe(aText) })
  .map((item) => filled<Item>(item));
const anAddress: fc.Arbitrary<PostalAddress> = fc
  .record({
    lines: fc.array(aText, { minLength: 1, maxLength: 4 }),
    city: maybe(aText),
    region: maybe(aText),
    postcode: maybe(aNumber),
    country: fc.constantFrom('GB', 'DE', 'SE'),
  })
  .map((address) => filled<PostalAddress>(address));
export const aParty: fc.Arbitrary<Party> = fc
  .record({
    ids: fc.uniqueArray(fc.record({ scheme: fc.constantFrom('0192', 'account'), value: aNumber }), {
      maxLength: 2,
      selector: ({ scheme }) => scheme,
    }),
    gln: maybe(gln),
    name: aText,
    address: maybe(anAddress),
    contact: maybe(aText),
    email: maybe(fc.constant('a@b.example')),
    phone: maybe(aNumber),
    taxId: maybe(aNumber),
  })
  .map((party) => filled<Party>(party));

const anAllowance = (currency: string) =>
  fc
    .record({ charge: fc.boolean(), code: maybe(fc.constant('ABK')), reason: maybe(aText), amount: aMoney(currency) })
    .map((one) => filled(one));

export const anInvoice: fc.Arbitrary<CanonicalInvoice> = fc.constantFrom('EUR', 'JPY', 'KWD').chain((currency) => {
  const money = aMoney(currency);
  const line = fc
    .record({
      item: anItem,
      quantity: aQuantity,
      unitPrice: maybe(aDecimal),
      per: maybe(fc.constantFrom('10', '100')),
      amount: maybe(money),
      orderLineNo: maybe(aNumber),
      orderNumber: maybe(aNumber),
      allowanceCharges: fc.array(anAllowance(currency), { maxLength: 2 }),
      taxCategory: maybe(fc.constantFrom('S', 'Z')),
      taxPercent: maybe(fc.constantFrom('20', '5.5')),
    })
    .map(({ per, ...one }) => filled({ ...one, per: one.unitPrice === undefined ? undefined : per }, 'item'));
  return fc
    .record({
      number: aNumber,
      type: fc.constantFrom('380', '381'),
      issued: aDay,
      due: maybe(aDay),
      currency: fc.constant(currency),
      buyer: aParty,
      seller: aParty,
      deliverTo: maybe(aParty),
      remitTo: maybe(aParty),
      orderNumber: maybe(aNumber),
      lines: fc.array(line, { minLength: 1, maxLength: 4 }),
      allowanceCharges: fc.array(anAllowance(currency), { maxLength: 2 }),
      tax: maybe(money),
      payable: money,
      net: maybe(money),
      terms: maybe(aText),
      notes: fc.array(aText, { maxLength: 2 }),
    })
    .map(({ tax, payable, net, lines, ...rest }) =>
      filled<CanonicalInvoice>(
        {
          ...rest,
          lines: lines.map((one, at) => ({ lineNo: String(at + 1), ...one })) as CanonicalInvoice['lines'],
          totals: filledOrNothing<NonNullable<CanonicalInvoice['totals']>>({ net, tax, payable }),
        },
        'lines',
      ),
    );
});

export const anOrderResponse: fc.Arbitrary<CanonicalOrderResponse> = fc
  .record({
    number: aNumber,
    orderNumber: aNumber,
    issued: aDay,
    status: fc.constantFrom('accepted' as const, 'changed' as const, 'rejected' as const, 'acknowledged' as const),
    currency: fc.constant('EUR'),
    buyer: aParty,
    seller: aParty,
    promisedDate: maybe(aDay),
    lines: fc.array(
      fc.record({
        orderLineNo: aNumber,
        item: anItem,
        quantity: aQuantity,
        status: fc.constantFrom('accepted' as const, 'changed' as const, 'rejected' as const, 'added' as const),
        backordered: maybe(aQuantity),
        unitPrice: maybe(aDecimal),
        amount: maybe(aMoney('EUR')),
        promisedDate: maybe(aDay),
        note: maybe(aText),
      }),
      { maxLength: 4 },
    ),
    notes: fc.array(aText, { maxLength: 2 }),
  })
  .map(({ lines, ...rest }) =>
    filled<CanonicalOrderResponse>(
      {
        ...rest,
        lines: lines.map(({ backordered, ...one }, at) =>
          filled(
            { lineNo: String(at + 1), ...one, ...(backordered && { backordered, status: 'backordered' as const }) },
            'item',
          ),
        ),
      },
      'lines',
    ),
  );

const instance = fc
  .record({ lot: maybe(aNumber), serial: maybe(aNumber), expires: maybe(aDay) })
  .map((one) => filled(one))
  .filter((one) => Object.keys(one).length > 0);
const SSCCS = ['106141411234567897', '106141412345678908'];
export const aDespatchAdvice: fc.Arbitrary<CanonicalDespatchAdvice> = fc
  .record({
    number: aNumber,
    issued: aDay,
    despatched: maybe(aDay.map((day) => `${day}T13:00:00`)),
    expected: maybe(aDay.map((day) => `${day}T12:30:00+01:00`)),
    orderNumber: maybe(aNumber),
    buyer: aParty,
    seller: aParty,
    shipFrom: aParty,
    deliverTo: aParty,
    carrierCode: maybe(fc.constant('UPSN')),
    service: maybe(fc.constant('1')),
    trackingNumbers: fc.array(aNumber, { maxLength: 1 }),
    billOfLading: maybe(aNumber),
    weight: maybe(aQuantity),
    packageCount: maybe(fc.constant('2')),
    packed: fc.boolean(),
    lines: fc.array(
      fc.record({
        orderLineNo: maybe(aNumber),
        orderNumber: maybe(aNumber),
        item: anItem,
        quantity: aQuantity,
        outstanding: maybe(aQuantity),
        instances: fc.array(instance, { maxLength: 2 }),
        note: maybe(aText),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    notes: fc.array(aText, { maxLength: 2 }),
  })
  .map(({ packed, lines, ...rest }) =>
    filled<CanonicalDespatchAdvice>(
      {
        purpose: 'original',
        ...rest,
        packages: packed ? SSCCS.map((id) => ({ id, sscc: id, type: 'PX' })) : [],
        lines: lines.map((one, at) =>
          filled({ lineNo: String(at + 1), ...one, packages: packed ? [SSCCS[at % 2] as string] : [] }, 'item'),
        ),
      },
      'lines',
    ),
  );

/** The data of a document that must be of this kind; anything else fails the test. */
export const dataOfKind = <K extends CanonicalKind>(
  document: CanonicalDocument | undefined,
  kind: K,
): CanonicalShapes[K] => {
  if (document?.kind !== kind) throw new Error(`${document?.kind ?? 'nothing'} is no ${kind}`);
  return document.data as CanonicalShapes[K];
};
