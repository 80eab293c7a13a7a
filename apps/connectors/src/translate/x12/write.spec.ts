import fc, { type Arbitrary } from 'fast-check';
import { despatchAdvice, inventoryReport, warehouseOrder } from '../../../test/goods.arbitraries.js';
import { CURRENCY } from '../../../test/parts.arbitraries.js';
import { invoice, order, orderResponse } from '../../../test/trade.arbitraries.js';
import { asSaid } from '../../../test/as-said.js';
import type { CanonicalDocument } from '../../canonical/document.js';
import type { CanonicalDespatchAdvice } from '../../canonical/despatch-advice.js';
import type { CanonicalInvoice } from '../../canonical/invoice.js';
import { NO_CONTEXT } from '../translation.js';
import { translateX12 } from './translate.js';
import { writeX12, type X12Addressing } from './write.js';

const ADDRESSING: X12Addressing = {
  sender: { qualifier: '14', id: '5790000000012' },
  receiver: { qualifier: 'ZZ', id: 'CONTOSO' },
  control: 850,
  at: '2026-09-12T08:30:00',
};
const CONTEXT = { ...NO_CONTEXT, currency: CURRENCY };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
/** An 810 has a price on every line. */
const priced = (data: CanonicalInvoice): CanonicalInvoice => ({
  ...data,
  lines: data.lines.map((line) => ({ unitPrice: '1', ...line })),
});
/** An 856 says when it was made. */
const timed = (data: CanonicalDespatchAdvice): CanonicalDespatchAdvice => ({
  issuedAt: `${data.issued ?? '2026-01-05'}T10:00:00`,
  issued: '2026-01-05',
  ...data,
});
const kinds: Readonly<Record<string, Arbitrary<CanonicalDocument>>> = {
  '850': order.map((data) => ({ kind: 'order', data })),
  '855': orderResponse.map((data) => ({ kind: 'order-response', data })),
  '865': orderResponse.map((data) => ({ kind: 'order-response', data })),
  '856': despatchAdvice.map((data) => ({ kind: 'despatch-advice', data: timed(data) })),
  '810': invoice
    .map(priced)
    .chain((data) =>
      fc.constantFrom('invoice' as const, 'credit-note' as const).map((kind): CanonicalDocument => ({ kind, data })),
    ),
  '846': inventoryReport(['available', 'on-hand', 'on-order', 'on-hold', 'projected']).map((data) => ({
    kind: 'inventory-report',
    data,
  })),
  '940': warehouseOrder.map((data) => ({ kind: 'warehouse-order', data })),
};

describe('what is written as X12', () => {
  it.each(Object.entries(kinds))('%s is read back as the same document', (type, documents) => {
    fc.assert(
      fc.property(documents, fc.constantFrom('004010', '005010'), (document, version) => {
        const { text, faults } = writeX12([{ type, document }], { ...ADDRESSING, version });
        expect(faults).toEqual([]);
        const [interchange, ...more] = translateX12(bytes(text), CONTEXT);
        const [read] = interchange?.documents ?? [];
        expect(more).toEqual([]);
        expect(interchange?.faults).toEqual([]);
        expect(read?.faults).toEqual([]);
        expect(read?.figures).toMatchObject({ type, envelopeOk: true });
        expect(asSaid(read?.canonical)).toEqual(asSaid(document));
      }),
      { numRuns: 25 },
    );
  });

  it.each(Object.entries(kinds))(
    '%s is read without an exception, whatever bytes of it are changed',
    (type, documents) => {
      const change = fc.tuple(fc.nat(1_000_000), fc.integer({ min: 0, max: 255 }));
      fc.assert(
        fc.property(documents, fc.array(change, { minLength: 1, maxLength: 8 }), fc.nat(), (document, changes, cut) => {
          const { text } = writeX12([{ type, document }], ADDRESSING);
          const changed = bytes(text);
          for (const [at, byte] of changes) changed[at % changed.length] = byte;
          const whole = translateX12(changed, CONTEXT);
          const short = translateX12(changed.subarray(0, cut % changed.length), CONTEXT);
          expect(whole.length).toBeGreaterThan(0);
          expect(short.length).toBeGreaterThan(0);
        }),
        { numRuns: 25 },
      );
    },
  );
});

describe('lots and serial numbers of an 856', () => {
  const advice = (instances: readonly object[]): CanonicalDocument => ({
    kind: 'despatch-advice',
    data: {
      ...{ number: 'SH-1', purpose: 'original', orderNumber: 'PO-1' },
      ...{ issued: '2026-09-12', issuedAt: '2026-09-12T08:30:00' },
      lines: [{ lineNo: '1', item: { gtin: '05412345000013' }, quantity: { value: '3', unit: 'EA' }, instances }],
    },
  });
  const written = (instances: readonly object[]): string =>
    writeX12([{ type: '856', document: advice(instances) }], ADDRESSING).text;
  const readBack = (text: string): unknown => {
    const [read] = translateX12(bytes(text), NO_CONTEXT)[0]?.documents ?? [];
    return read?.canonical?.kind === 'despatch-advice' ? read.canonical.data.lines[0]?.instances : undefined;
  };

  it.each([
    ['several serial numbers', [{ serial: 'S1' }, { serial: 'S2' }, { serial: 'S3' }]],
    ['serial numbers of one lot', ['S1', 'S2'].map((serial) => ({ lot: 'L1', expires: '2027-01-31', serial }))],
    ['several lots', [{ lot: 'L1' }, { lot: 'L2' }]],
    ['serial numbers of several lots', [...'12'].map((one) => ({ lot: `L${one}`, serial: `S${one}` }))],
    ['serial numbers with and without a lot', [{ lot: 'L1', serial: 'S1' }, { serial: 'S2' }]],
    ['a lot beside serial numbers of another', [{ lot: 'L1', serial: 'S1' }, { lot: 'L2' }]],
    ['a day of expiry alone', [{ expires: '2027-01-31' }]],
  ])('%s are read back', (_, instances) => {
    expect(readBack(written(instances))).toEqual(instances);
  });

  it('are not sent in one that does not say when it was made, which is mandatory', () => {
    const { kind, data } = advice([]);
    const document = { kind, data: { ...data, issuedAt: undefined } } as unknown as CanonicalDocument;
    expect(writeX12([{ type: '856', document }], ADDRESSING).faults).toMatchObject([
      { code: 'element-missing', path: 'BSN04' },
    ]);
  });

  it('name the lot of each serial number beside it, as REF04 has a place for it', () => {
    const text = written([
      { lot: 'L1', serial: 'S1' },
      { lot: 'L>2', serial: 'S2' },
    ]);
    expect(text).toContain('REF*SE*S1**LT:L1~');
    expect(text).toContain('REF*SE*S2**LT:L>2~');
  });
});
