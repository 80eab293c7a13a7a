/** Parts of canonical documents: what both X12 and EDIFACT can carry, with every separator in the texts. */
import fc, { type Arbitrary } from 'fast-check';
import type {
  AllowanceCharge,
  DecimalText,
  Item,
  Money,
  Party,
  Quantity,
  Reference,
  TaxSubtotal,
} from '../src/canonical/shapes.js';

export const CURRENCY = 'EUR';
/** Words with every separator and release character that either standard knows. */
export const word = fc.string({
  unit: fc.constantFrom(...'ABCxyz0189äßé', ..."*~:>+'?^|<.,-/&"),
  minLength: 1,
  maxLength: 9,
});
export const text = (words = 4): Arbitrary<string> =>
  fc.array(word, { minLength: 1, maxLength: words }).map((list) => list.join(' '));
export const code = fc.string({ unit: fc.constantFrom(...'ABCDEFGHJKLMN0123456789-/'), minLength: 1, maxLength: 17 });
export const day = fc
  .date({ min: new Date('2001-01-01'), max: new Date('2049-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
export const moment = fc
  .tuple(day, fc.constantFrom('08:30:00', '23:59:59', '00:00:00', '14:05:09'), fc.constantFrom('', 'Z'))
  .map(([date, time, zone]) => `${date}T${time}${zone}`);
export const decimal = fc
  .tuple(fc.nat(999_999), fc.nat(999))
  .map(([whole, thousandths]): DecimalText => String(Number(`${whole}.${String(thousandths).padStart(3, '0')}`)));
export const quantity = fc.record({
  value: fc.oneof(
    decimal,
    decimal.map((value) => (value === '0' ? value : `-${value}`)),
  ),
  unit: fc.constantFrom('EA', 'CS', 'KGM', 'LBR', 'MTR', 'BX', 'DZN', 'SET', 'H87'),
}) satisfies Arbitrary<Quantity>;
export const money = fc
  .integer({ min: -9_999_999, max: 99_999_999 })
  .map((minor): Money => ({ minor, currency: CURRENCY }));
export const optional = <T extends object>(
  fields: { [K in keyof T]: Arbitrary<T[K]> },
  required: readonly (keyof T & string)[],
) => fc.record(fields, { requiredKeys: [...required] as never }) as Arbitrary<T>;
export const gtin = fc
  .tuple(fc.constantFrom(8, 12, 13, 14), fc.bigInt({ min: 0n, max: 99_999_999_999_999n }))
  .map(([length, digits]) => String(digits).padStart(14, '0').slice(0, length));

export const item: Arbitrary<Item> = optional<Item>(
  {
    buyerItem: code,
    sellerItem: code,
    manufacturerItem: code,
    gtin,
    ids: fc.tuple(fc.record({ scheme: fc.constantFrom('CM', 'GB', 'ZZ'), value: code })),
    description: text(12),
  },
  [],
).map((one) => (Object.keys(one).length === 0 ? { sellerItem: 'TEA' } : one));

export const party: Arbitrary<Party> = fc
  .tuple(
    optional<Party>(
      {
        name: text(),
        contact: text(2),
        email: fc.constant('orders+eu@example.org'),
        phone: fc.constant('+44 20 7946 0000'),
        taxId: code,
      },
      ['name'],
    ),
    fc.oneof(
      fc.constant({}),
      fc.constantFrom('5790000000012', '4250159300001').map((gln) => ({ gln })),
      fc.record({ ids: fc.tuple(fc.record({ scheme: fc.constantFrom('92', '91', 'DUNS'), value: code })) }),
    ),
    fc.option(
      fc.record({
        lines: fc.array(text(2), { minLength: 1, maxLength: 4 }),
        city: text(2),
        postcode: fc.constant('SW1A 2AA'),
        country: fc.constantFrom('GB', 'US'),
      }),
      { nil: undefined },
    ),
  )
  .map(([named, id, address]) => ({ ...named, ...id, ...(address && { address }) }));

export const references = fc.uniqueArray(
  optional<Reference>(
    { kind: fc.constantFrom('contract', 'department', 'project', 'promotion', 'delivery-note'), number: code, day },
    ['kind', 'number'],
  ),
  { minLength: 1, maxLength: 3, selector: ({ kind }) => kind },
);
export const charges = fc.array(
  optional<AllowanceCharge>(
    { charge: fc.boolean(), code: fc.constantFrom('D240', 'FC', 'I410'), reason: text(2), amount: money },
    ['charge', 'amount'],
  ),
  { minLength: 1, maxLength: 2 },
);
export const taxes = fc.array(
  optional<TaxSubtotal>(
    {
      category: fc.constantFrom('S', 'Z', 'E'),
      percent: fc.constantFrom('20', '5.5', '0.5'),
      taxable: money,
      tax: money,
    },
    ['tax', 'category', 'percent'],
  ),
  { minLength: 1, maxLength: 2 },
);
export const price = fc.oneof(
  fc.constant({}),
  fc.record({ unitPrice: decimal }),
  fc.record({ unitPrice: decimal, per: fc.constantFrom('100', '1000') }),
);
/** Lines numbered from 1. */
export const numbered = <T extends object>(
  line: Arbitrary<T>,
): Arbitrary<readonly (T & { readonly lineNo: string })[]> =>
  fc
    .array(line, { minLength: 1, maxLength: 5 })
    .map((lines) => lines.map((one, at) => ({ ...one, lineNo: String(at + 1) })));
export const notes = fc.array(text(30), { minLength: 1, maxLength: 2 });
export const totals = fc.record({ lines: money, tax: money, payable: money });
