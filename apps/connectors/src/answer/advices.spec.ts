import fc from 'fast-check';
import type { InvoicedLine, NotedInvoice, NotedShipment } from '@crossdock/contracts';
import type { CanonicalDespatchAdvice } from '../canonical/despatch-advice.js';
import type { CanonicalDocument } from '../canonical/document.js';
import type { CanonicalInvoice } from '../canonical/invoice.js';
import type { CanonicalOrder } from '../canonical/order.js';
import { detect } from '../translate/detect.js';
import { NO_CONTEXT } from '../translate/translation.js';
import { translate } from '../translate/translations.js';
import { despatchOf } from './despatch.js';
import { invoiceOf } from './invoice.js';
import { toldAs } from './order-lines.js';
import { writeDocument } from './write.js';

const AT = '2026-03-03T12:00:00.000Z';
const order: CanonicalOrder = {
  number: 'PO-1',
  currency: 'GBP',
  buyer: { name: 'Acme Stores', ids: [{ scheme: '92', value: 'ACME' }] },
  deliverTo: { name: 'Acme Store 42', ids: [{ scheme: '92', value: 'S42' }] },
  seller: { name: 'Crossdock', ids: [{ scheme: '92', value: 'XD' }] },
  lines: [
    { lineNo: '10', item: { buyerItem: '4711', sellerItem: 'TEA' }, quantity: { value: '2', unit: 'CT' } },
    { lineNo: '20', item: { buyerItem: '4712' }, quantity: { value: '5', unit: 'EA' } },
  ],
};
const shipment = (first: number, second: number): NotedShipment => ({
  shipmentId: 'a'.repeat(32),
  node: 'DC1',
  dispatchedAt: '2026-03-03T10:00:00.000Z',
  packages: [
    { trackingNo: 'T1', carrier: 'UPSN', weightGrams: 1200, contents: [{ lineNo: 10, quantity: first }] },
    {
      trackingNo: 'T2',
      carrier: 'UPSN',
      weightGrams: 300,
      sscc: '340123450000000011',
      contents: [{ lineNo: 20, quantity: second }],
    },
  ],
  lines: [
    { lineNo: 10, customerLineNo: '10', item: 'TEA', ordered: 24, unit: 'EA' },
    { lineNo: 20, customerLineNo: '20', item: 'POT', ordered: 5, unit: 'EA' },
  ],
});
const billed = (more: Partial<InvoicedLine> = {}): InvoicedLine => ({
  ...{ lineNo: 10, customerLineNo: '10', kind: 'goods', item: 'TEA', quantity: 24, ordered: 24, unit: 'EA' },
  ...{ unitPrice: '2.55', net: 6120, taxPercent: '20', tax: 1224 },
  ...more,
});
const invoice = (lines: InvoicedLine[], more: Partial<NotedInvoice> = {}): NotedInvoice => {
  const sum = (of: 'net' | 'tax'): number => lines.reduce((all, line) => all + line[of], 0);
  const [net, tax] = [sum('net'), sum('tax')];
  return {
    ...{ documentId: 'i1', documentNo: 'UK-I1', billing: 'invoice', documentDate: '2026-03-02', currency: 'GBP' },
    ...{ shipmentId: 'a'.repeat(32), lines, net, tax, gross: net + tax },
    ...more,
  };
};

/** Written for a partner, and read again as the partner would. */
const readBack = (standard: string, type: string, document: CanonicalDocument): CanonicalDocument => {
  const addressing = { ourId: 'CROSSDOCK', theirId: 'ACMESTORES' };
  const envelope = { standard, type, control: 7, addressing, queuedAt: AT };
  const { bytes, faults } = writeDocument(envelope, [{ type, document }]);
  expect(faults).toEqual([]);
  const detected = detect(bytes);
  const [found] = (detected && translate(detected, bytes, NO_CONTEXT)?.[0]?.documents) ?? [];
  expect([found?.type, found?.faults]).toEqual([type, []]);
  return found?.canonical as CanonicalDocument;
};

describe('the advice of a shipment', () => {
  it.each([
    ['X12', '856'],
    ['EDIFACT', 'DESADV'],
    ['UBL', 'DespatchAdvice'],
  ])('as %s %s says what left, by package, in the unit that was ordered', (standard, type) => {
    const data = despatchOf(order, shipment(12, 3), AT);
    const read = readBack(standard, type, { kind: 'despatch-advice', data }).data as CanonicalDespatchAdvice;
    expect(read.number).toBe('a'.repeat(30));
    expect(read.issuedAt?.slice(0, 19)).toBe(AT.slice(0, 19));
    const orders = new Set(read.lines.map((line) => line.orderNumber ?? read.orderNumber));
    expect([...orders]).toEqual(['PO-1']);
    expect(
      read.lines.map(({ orderLineNo, item, quantity }) => [orderLineNo, item.buyerItem, quantity.value, quantity.unit]),
    ).toEqual([
      ['10', '4711', '1', 'CT'],
      ['20', '4712', '3', 'EA'],
    ]);
    expect(read.packages?.map(({ id, sscc }) => sscc ?? id)).toContain('340123450000000011');
    expect(read.deliverTo?.name).toBe('Acme Store 42');
  });

  it('is in our base unit where the partner’s does not come out even', () => {
    const [line] = despatchOf(order, shipment(7, 3), AT).lines;
    expect(line?.quantity).toEqual({ value: '7', unit: 'EA' });
  });
});

describe('an invoice', () => {
  const second = billed({ lineNo: 20, customerLineNo: '20', item: 'POT', quantity: 5, ordered: 5, net: 1000, tax: 0 });
  const lines = [billed(), { ...second, unitPrice: '2.00', taxPercent: '0' }];
  const freight = billed({ lineNo: 30, kind: 'freight', item: 'POST', quantity: 1, ordered: 1, net: 495, tax: 99 });

  it.each([
    ['X12', '810'],
    ['EDIFACT', 'INVOIC'],
    ['UBL', 'Invoice'],
  ])('as %s %s has the amounts that were posted', (standard, type) => {
    const document = invoiceOf(order, invoice([...lines, freight]));
    const made = document.data as CanonicalInvoice;
    const read = readBack(standard, type, document).data as CanonicalInvoice;
    expect(read.number).toBe('UK-I1');
    expect(read.totals?.payable).toEqual({ minor: 6120 + 1224 + 1000 + 495 + 99, currency: 'GBP' });
    expect(read.totals).toMatchObject({ lines: made.totals?.lines, tax: made.totals?.tax, charges: { minor: 495 } });
    expect(
      read.lines.map(({ item, quantity, unitPrice, amount }) => [
        item.buyerItem,
        quantity.value,
        unitPrice,
        amount?.minor,
      ]),
    ).toEqual([
      ['4711', '2', '30.6', 6120],
      ['4712', '5', '2', 1000],
    ]);
    expect((read.orderNumber ?? read.lines[0]?.orderNumber) === 'PO-1').toBe(true);
  });

  it.each([
    ['X12', '810'],
    ['EDIFACT', 'INVOIC'],
    ['UBL', 'CreditNote'],
  ])('that gives back is a credit note as %s %s', (standard, type) => {
    const credit = invoice([billed({ unit: 'C62' })], { billing: 'credit-memo', documentNo: 'UK-C1', returnNo: 'R-1' });
    const unordered = {
      item: (sellerItem: string) => ({ buyerItem: '4711', sellerItem }),
      buyer: { name: 'Acme Stores' },
    };
    const document = invoiceOf(unordered, credit);
    const read = readBack(standard, type, document);
    expect(read.kind).toBe('credit-note');
    expect((read.data as CanonicalInvoice).totals?.payable).toEqual({ minor: 7344, currency: 'GBP' });
  });

  it('of charges alone bills them as lines', () => {
    const { lines: made, allowanceCharges } = invoiceOf(order, invoice([freight])).data as CanonicalInvoice;
    expect([made.length, allowanceCharges]).toEqual([1, undefined]);
  });
});

describe('a quantity that is told', () => {
  it('is worth the same in every unit', () => {
    const units = fc.record({
      pack: fc.integer({ min: 1, max: 144 }),
      packs: fc.integer({ min: 1, max: 50 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      cents: fc.integer({ min: 1, max: 100_000 }),
    });
    fc.assert(
      fc.property(units, ({ pack, packs, share, cents }) => {
        const ordered = pack * packs;
        const quantity = Math.round(ordered * share);
        const unitPrice = (cents / 100).toFixed(2);
        const told = toldAs({ quantity, ordered, unit: 'EA', unitPrice }, { value: String(packs), unit: 'CT' });
        const perUnit = told.quantity.unit === 'CT' ? pack : 1;
        expect(Number(told.quantity.value) * perUnit).toBeCloseTo(quantity, 6);
        expect(Number(told.unitPrice) / perUnit).toBeCloseTo(cents / 100, 6);
      }),
    );
  });
});
