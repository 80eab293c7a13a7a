/** Properties of the whole service: whatever the split, order and repetition of what comes in. */
import fc from 'fast-check';
import { derivedId, type Input } from '@crossdock/kernel';
import type { PricedLine } from '@crossdock/contracts';
import { ACCOUNTS } from './accounts.js';
import { checkTrail, trailStart } from './audit-trail.js';
import { FinanceDay } from './finance-day.builders.js';
import {
  aChargeLine,
  aFreightLine,
  aLine,
  aMovementLine,
  aMovementRecorded,
  anEntityChanged,
  anItemChanged,
  aNodeChanged,
  anOrderAccepted,
  aReturnReceived,
  aShipmentDispatched,
} from './finance.builders.js';

const COSTS = ['14.00', '3.333333', '0.011', '7.5'];
const masterData = (): Input<never>[] =>
  [
    anEntityChanged(),
    aNodeChanged(),
    ...COSTS.map((cost, index) => anItemChanged(`ITEM-${index + 1}`, cost)),
  ] as Input<never>[];
const aDay = () => new FinanceDay().hear(...masterData());

const price = fc.integer({ min: 0, max: 50_000_000 }).map((micros) => (micros / 1_000_000).toFixed(6));
const rate = fc.constantFrom('0', '5', '8.25', '17.5', '20');
const goods = fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 60 }), unitPrice: price, taxPercent: rate }), {
  minLength: 1,
  maxLength: 4,
});
const charges = fc.array(fc.tuple(fc.constantFrom('freight', 'charge'), price), { maxLength: 2 });

interface Ordered {
  readonly lines: readonly PricedLine[];
  readonly parts: readonly Readonly<Record<number, number>>[];
}
/** An order and a split of it into shipments: each unit of each line leaves with one of them. */
const anOrderInParts: fc.Arbitrary<Ordered> = fc
  .tuple(goods, charges, fc.integer({ min: 1, max: 5 }), fc.infiniteStream(fc.nat()))
  .map(([wanted, extra, shipments, draws]) => {
    const lines = wanted.map((line, index) => aLine(index + 1, line));
    const all = [
      ...lines,
      ...extra.map(([kind, amount], index) =>
        kind === 'freight' ? aFreightLine(90 + index, amount, '20') : aChargeLine(90 + index, amount),
      ),
    ];
    const parts: Record<number, number>[] = Array.from({ length: shipments }, () => ({}));
    for (const { lineNo, quantity } of lines)
      for (let unit = 0; unit < quantity; unit += 1) {
        const part = parts[(draws.next().value as number) % shipments] as Record<number, number>;
        part[lineNo] = (part[lineNo] ?? 0) + 1;
      }
    return { lines: all, parts: parts.filter((part) => Object.keys(part).length > 0) };
  });

const messagesOf = (order: Ordered, no = 1): Input<never>[] =>
  [
    anOrderAccepted({ orderId: `order-${no}`, orderNo: String(no), lines: [...order.lines] }, { id: `accepted-${no}` }),
    ...order.parts.map((part, index) =>
      aShipmentDispatched(
        part,
        {
          orderId: `order-${no}`,
          orderNo: String(no),
          shipmentId: `shipment-${no}-${index}`,
          lines: order.lines.flatMap(({ lineNo, item }) =>
            part[lineNo] ? [{ lineNo, item, quantity: part[lineNo] }] : [],
          ),
        },
        { id: `dispatched-${no}-${index}` },
      ),
    ),
  ] as Input<never>[];
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

describe('any split of an order into shipments', () => {
  it('bills the order to the penny, net and tax, each charge once', () => {
    fc.assert(
      fc.property(anOrderInParts, (order) => {
        const day = aDay().hear(...messagesOf(order));
        expect(day.documents).toHaveLength(order.parts.length);
        expect(sum(day.documents.map(({ net }) => net))).toBe(sum(order.lines.map(({ net }) => net)));
        expect(sum(day.documents.map(({ tax }) => tax))).toBe(sum(order.lines.map(({ tax }) => tax)));
        for (const { net, tax, amounts } of day.documents)
          expect([net, tax, amounts.goods].every((amount) => Number.isSafeInteger(amount) && amount >= 0)).toBe(true);
        expect(day.balanceOf(ACCOUNTS.AR)).toBe(sum(order.lines.map(({ net, tax }) => net + tax)));
        expect(day.openCases).toEqual([]);
      }),
    );
  });
});

/** A few orders, returns and movements, and any order and repetition of them, also under other message ids. */
const aBusyDay = fc
  .tuple(
    fc.array(anOrderInParts, { minLength: 1, maxLength: 3 }),
    fc.integer({ min: 0, max: 2 }),
    fc.infiniteStream(fc.nat()),
  )
  .map(([orders, returns, draws]) => {
    const messages: Input<never>[] = orders.flatMap((order, index) => messagesOf(order, index + 1));
    for (let no = 0; no < returns; no += 1)
      messages.push(
        aReturnReceived(
          [aLine(1, { quantity: no + 1 })],
          { returnId: `return-${no}` },
          { id: `return-${no}` },
        ) as Input<never>,
      );
    messages.push(
      aMovementRecorded({
        lines: [aMovementLine(1, { sellable: 40 }), aMovementLine(3, { sellable: 7 })],
      }) as Input<never>,
    );
    messages.push(
      aMovementRecorded({
        movementId: 'movement-2',
        movement: 'count-adjusted',
        lines: [aMovementLine(2, { sellable: -3 })],
      }) as Input<never>,
    );
    const next = (): number => draws.next().value as number;
    const repeated = messages.filter(() => next() % 2 === 0);
    const renamed = messages
      .filter(() => next() % 3 === 0)
      .map((message) => ({ ...message, id: derivedId(message.id, 'again') }));
    const told = [...messages, ...repeated, ...renamed]
      .map((message) => ({ message, at: next() }))
      .toSorted((a, b) => a.at - b.at);
    return { messages, told: told.map(({ message }) => message) };
  });

/** What must be the same whatever the order of what came in: numbers aside, which follow arrival. */
const digest = (day: FinanceDay) => ({
  documents: day.documents.map(({ documentId, status, net, tax, cost, amounts }) => ({
    documentId,
    status,
    net,
    tax,
    cost,
    amounts,
  })),
  journals: day.journals.map(({ journalId, rule, source, entries }) => ({ journalId, rule, source, entries })),
});
const sorted = <T>(rows: readonly T[]): string[] => rows.map((row) => JSON.stringify(row)).toSorted();

describe('whatever comes in, in any order and however often', () => {
  it('posts each document and each journal once', () => {
    fc.assert(
      fc.property(aBusyDay, ({ messages, told }) => {
        const quiet = aDay().hear(...messages);
        const busy = aDay()
          .hear(...told)
          .forgetInbox()
          .hear(...told);
        expect(busy.parked).toBe(0);
        expect(busy.rejected).toEqual([]);
        // Which invoice carries which units follows the order of arrival: journals of one shipment may differ by pennies.
        expect(sorted(digest(busy).documents.map(({ documentId, status }) => ({ documentId, status })))).toEqual(
          sorted(digest(quiet).documents.map(({ documentId, status }) => ({ documentId, status }))),
        );
        expect(sorted(busy.journals.map(({ journalId }) => journalId)).length).toBe(
          new Set(busy.journals.map(({ journalId }) => journalId)).size,
        );
        for (const account of [ACCOUNTS.AR, ACCOUNTS.REVENUE, ACCOUNTS.TAX_PAYABLE, ACCOUNTS.COGS, ACCOUNTS.INVENTORY])
          expect(busy.balanceOf(account)).toBe(quiet.balanceOf(account));
        expect(busy.erp.size).toBe(busy.documents.length);
        expect(busy.asked).toBe(busy.documents.length);
      }),
      { numRuns: 60 },
    );
  });

  it('gives numbers without gaps, one per document', () => {
    fc.assert(
      fc.property(aBusyDay, ({ told }) => {
        const day = aDay().hear(...told);
        for (const kind of ['invoice', 'credit-memo'] as const) {
          const numbers = day.documents.filter(({ billing }) => billing === kind).map(({ sequence }) => sequence);
          expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps a ledger that balances, without gaps, chained by hash', () => {
    fc.assert(
      fc.property(aBusyDay, ({ told }) => {
        const day = aDay().hear(...told);
        const check = checkTrail(trailStart, day.journals);
        expect(check.faults).toEqual([]);
        expect(check.last).toBe(day.journals.length);
        for (const { debits, credits } of day.journals) expect(debits).toBe(credits);
      }),
      { numRuns: 60 },
    );
  });

  it('arrives at the same books when master data comes last', () => {
    fc.assert(
      fc.property(aBusyDay, ({ messages }) => {
        const usual = aDay().hear(...messages);
        const late = new FinanceDay()
          .hear(anEntityChanged())
          .hear(...messages)
          .hear(...masterData());
        late.hear(...messages.map((message) => ({ ...message, id: derivedId(message.id, 'woken') }))).fireTimers();
        for (const account of Object.values(ACCOUNTS)) expect(late.balanceOf(account)).toBe(usual.balanceOf(account));
        expect(late.openCases).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('an order of 600 lines over three nodes', () => {
  it('is billed by three invoices that add up', () => {
    const lines = Array.from({ length: 600 }, (_, index) =>
      aLine(index + 1, { item: `ITEM-${(index % 4) + 1}`, quantity: 3, unitPrice: '1.237' }),
    );
    const parts = [0, 1, 2].map((node) =>
      Object.fromEntries(lines.filter(({ lineNo }) => lineNo % 3 === node).map(({ lineNo }) => [lineNo, 3])),
    );
    const day = aDay().hear(...messagesOf({ lines, parts }));
    expect(day.documents).toHaveLength(3);
    expect(sum(day.documents.map(({ net }) => net))).toBe(600 * 371);
    expect(day.documents.every(({ status }) => status === 'posted')).toBe(true);
  });
});
