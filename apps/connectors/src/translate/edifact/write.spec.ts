import fc, { type Arbitrary } from 'fast-check';
import { despatchAdvice, inventoryReport } from '../../../test/goods.arbitraries.js';
import { CURRENCY } from '../../../test/parts.arbitraries.js';
import { invoice, order, orderResponse } from '../../../test/trade.arbitraries.js';
import { asSaid } from '../../../test/as-said.js';
import type { CanonicalDocument } from '../../canonical/document.js';
import { NO_CONTEXT } from '../translation.js';
import { translateEdifact } from './translate.js';
import { bytesOfEdifact, writeEdifact, type EdifactAddressing } from './write.js';

const ADDRESSING: EdifactAddressing = {
  sender: { id: '5790000000012', qualifier: '14' },
  receiver: { id: '4250159300001', qualifier: '14' },
  control: '5101',
  at: '2026-09-12T08:30:00',
};
const CONTEXT = { ...NO_CONTEXT, currency: CURRENCY };
const kinds: Readonly<Record<string, Arbitrary<CanonicalDocument>>> = {
  ORDERS: order.map((data) => ({ kind: 'order', data })),
  ORDRSP: orderResponse.map((data) => ({ kind: 'order-response', data })),
  DESADV: despatchAdvice.map((data) => ({ kind: 'despatch-advice', data })),
  INVOIC: invoice.chain((data) =>
    fc.constantFrom('invoice' as const, 'credit-note' as const).map((kind): CanonicalDocument => ({ kind, data })),
  ),
  INVRPT: inventoryReport(['available', 'on-hand', 'committed', 'damaged', 'in-transit']).map((data) => ({
    kind: 'inventory-report',
    data,
  })),
};

describe('what is written as EDIFACT', () => {
  it.each(Object.entries(kinds))('%s is read back as the same document', (type, documents) => {
    fc.assert(
      fc.property(documents, fc.constantFrom('', '\r\n'), (document, layout) => {
        const { text, faults } = writeEdifact([{ type, document }], { ...ADDRESSING, layout });
        expect(faults).toEqual([]);
        const [interchange, ...more] = translateEdifact(bytesOfEdifact(text), CONTEXT);
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
          const { text } = writeEdifact([{ type, document }], ADDRESSING);
          const changed = bytesOfEdifact(text);
          for (const [at, byte] of changes) changed[at % changed.length] = byte;
          const whole = translateEdifact(changed, CONTEXT);
          const short = translateEdifact(changed.subarray(0, cut % changed.length), CONTEXT);
          expect(whole.length).toBeGreaterThan(0);
          expect(short.length).toBeGreaterThan(0);
        }),
        { numRuns: 25 },
      );
    },
  );
});
