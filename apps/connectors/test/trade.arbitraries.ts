/** Orders, answers and invoices that X12 and EDIFACT write. */
import fc, { type Arbitrary } from 'fast-check';
import type { CanonicalInvoice } from '../src/canonical/invoice.js';
import type { CanonicalOrder } from '../src/canonical/order.js';
import type { CanonicalOrderResponse } from '../src/canonical/order-response.js';
import type { Item, Money } from '../src/canonical/shapes.js';
import {
  CURRENCY,
  text,
  code,
  day,
  moment,
  decimal,
  quantity,
  money,
  optional,
  item,
  party,
  references,
  charges,
  taxes,
  price,
  numbered,
  notes,
  totals,
} from './parts.arbitraries.js';

export const order: Arbitrary<CanonicalOrder> = fc
  .tuple(
    optional<CanonicalOrder>(
      {
        number: code,
        purpose: fc.constantFrom('original', 'change', 'cancel', 'replace', 'duplicate'),
        issued: day,
        requestedDate: day,
        currency: fc.constant(CURRENCY),
        buyer: party,
        seller: party,
        deliverTo: party,
        billTo: party,
        references,
        allowanceCharges: charges,
        taxes,
        totals,
        notes,
        lines: numbered(
          fc
            .tuple(
              optional<Omit<CanonicalOrder['lines'][number], 'lineNo'>>(
                {
                  item,
                  quantity,
                  amount: money,
                  requestedDate: day,
                  deliverTo: party,
                  allowanceCharges: charges,
                  taxPercent: fc.constantFrom('20', '0.5'),
                  note: text(6),
                },
                ['item', 'quantity'],
              ),
              price,
            )
            .map(([line, priced]) => ({ ...line, ...priced })),
        ),
      },
      ['number', 'purpose', 'issued', 'currency', 'lines'],
    ),
    fc.option(moment, { nil: undefined }),
  )
  .map(([one, issuedAt]) => (issuedAt ? { ...one, issuedAt, issued: issuedAt.slice(0, 10) } : one));

/** A substitute is named by its number alone. */
const number = item.map(({ description: _, ...one }): Item =>
  Object.keys(one).length === 0 ? { sellerItem: 'JAM' } : one,
);
/** A status and the quantities that go with it. */
const answered = fc.oneof(
  fc.record({ status: fc.constantFrom('accepted' as const, 'rejected' as const), quantity }),
  fc.record({ status: fc.constant('changed' as const), quantity }),
  fc.record({ status: fc.constant('backordered' as const), backordered: quantity }),
  fc.record({ status: fc.constant('substituted' as const), quantity, substitute: number }),
  fc.tuple(quantity, decimal).map(([first, value]) => ({
    status: 'backordered' as const,
    quantity: first,
    backordered: { value, unit: first.unit },
  })),
  fc.record({ quantity }),
);
export const orderResponse: Arbitrary<CanonicalOrderResponse> = optional<CanonicalOrderResponse>(
  {
    number: code,
    orderNumber: code,
    issued: day,
    status: fc.constantFrom('acknowledged', 'accepted', 'changed', 'rejected'),
    currency: fc.constant(CURRENCY),
    buyer: party,
    seller: party,
    deliverTo: party,
    promisedDate: day,
    references,
    totals,
    notes,
    lines: numbered(
      fc
        .tuple(
          answered,
          price,
          optional<{ item: Item; amount: Money; promisedDate: string; note: string }>(
            { item, amount: money, promisedDate: day, note: text(6) },
            ['item'],
          ),
        )
        .map(([answer, priced, line]) => ({ ...answer, ...priced, ...line })),
    ).map((lines) => lines.map((line) => ({ ...line, orderLineNo: line.lineNo }))),
  },
  ['number', 'orderNumber', 'issued', 'status', 'currency', 'lines'],
);

export const invoice: Arbitrary<CanonicalInvoice> = optional<CanonicalInvoice>(
  {
    number: code,
    issued: day,
    due: day,
    currency: fc.constant(CURRENCY),
    buyer: party,
    seller: party,
    deliverTo: party,
    billTo: party,
    remitTo: party,
    orderNumber: code,
    references,
    allowanceCharges: charges,
    taxes,
    totals: fc.record({
      lines: money,
      allowances: money,
      charges: money,
      net: money,
      tax: money,
      gross: money,
      prepaid: money,
      payable: money,
    }),
    terms: text(3),
    notes,
    lines: numbered(
      fc
        .tuple(
          optional<Omit<CanonicalInvoice['lines'][number], 'lineNo'>>(
            {
              item,
              quantity,
              amount: money,
              orderNumber: code,
              orderLineNo: code,
              allowanceCharges: charges,
              taxCategory: fc.constantFrom('S', 'AE'),
              taxPercent: fc.constantFrom('20', '5.5'),
            },
            ['item', 'quantity', 'amount', 'taxCategory', 'taxPercent', 'orderNumber'],
          ),
          price,
        )
        .map(([line, priced]) => ({ ...line, ...priced })),
    ),
  },
  ['number', 'issued', 'currency', 'totals', 'lines'],
);
