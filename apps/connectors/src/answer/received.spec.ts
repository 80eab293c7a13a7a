import type { CanonicalDocument } from '../canonical/document.js';
import { goodsIn, type Goods } from '../map/map-receipt.js';
import { receivedOf } from './received.js';

const GTIN = '4006381333931';
const AT = '2026-03-05T09:00:00.000Z';
const told = (canonical: CanonicalDocument, quantities: readonly number[], lot?: string) => {
  const lines = quantities.map((quantity, at) => ({
    ...{ lineNo: at + 1, item: 'TEA', quantity },
    ...(lot && at === 0 ? { lot } : {}),
  }));
  const receipt = { node: 'DC1', documentNo: 'WR-1', lines };
  const goods = goodsIn(canonical, 'receipt') as Goods;
  const about = { canonical, goods, receipt, partner: 'LOGIS', at: AT, unit: () => 'EA' };
  const [event] = receivedOf(about, { tenant: 'acme', gln: '7300010000001' }).events;
  if (!event) throw new Error('nothing is told');
  return event;
};

describe('a receipt as an event', () => {
  it('has what was booked at its node, under the numbers of receipt, advice and order', () => {
    const canonical: CanonicalDocument = {
      kind: 'receipt-advice',
      data: {
        ...{ number: 'WR-1', despatchNumber: 'DA-1', orderNumber: 'PO-1', shipFrom: { gln: '5790000435951' } },
        lines: [
          {
            ...{ lineNo: '1', item: { gtin: GTIN }, received: { value: '4', unit: 'EA' } },
            instances: [{ lot: 'L1', serial: 'S1' }],
          },
          { lineNo: '2', item: { buyerItem: '4711' }, received: { value: '2', unit: 'CT' } },
        ],
      },
    };
    expect(told(canonical, [4, 24], 'L1')).toMatchObject({
      ...{ bizStep: 'receiving', disposition: 'in_progress', at: AT, offset: '+00:00' },
      readPoint: 'https://id.gs1.org/414/7300010000001',
      bizLocation: 'https://id.gs1.org/414/7300010000001',
      epcs: [`https://id.gs1.org/01/0${GTIN}/21/S1`],
      quantities: [
        { epcClass: `https://id.gs1.org/01/0${GTIN}/10/L1`, quantity: '3' },
        { epcClass: 'urn:crossdock:acme:class:TEA', quantity: '24' },
      ],
      transactions: [
        { type: 'po', id: 'urn:crossdock:acme:bt:PO-1' },
        { type: 'desadv', id: 'urn:crossdock:acme:bt:DA-1' },
        { type: 'recadv', id: 'urn:crossdock:acme:bt:WR-1' },
      ],
      sources: [{ type: 'location', id: 'https://id.gs1.org/414/5790000435951' }],
    });
  });

  it('is of an advice that counts as receipt, too, serial numbers and all', () => {
    const canonical: CanonicalDocument = {
      kind: 'despatch-advice',
      data: {
        number: 'DA-1',
        lines: [
          {
            ...{ lineNo: '1', item: { gtin: GTIN }, quantity: { value: '2', unit: 'C62' } },
            instances: [{ serial: 'S1' }, { serial: 'S2' }],
          },
        ],
      },
    };
    const event = told(canonical, [2]);
    expect(event.epcs).toEqual(['S1', 'S2'].map((serial) => `https://id.gs1.org/01/0${GTIN}/21/${serial}`));
    expect([event.quantities, event.transactions]).toEqual([
      undefined,
      [{ type: 'desadv', id: 'urn:crossdock:acme:bt:DA-1' }],
    ]);
  });
});
