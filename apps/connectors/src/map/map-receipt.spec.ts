import fc from 'fast-check';
import type { Agreement, GoodsBooked } from '@crossdock/contracts';
import type { CanonicalDocument } from '../canonical/document.js';
import { FIRST_MAPPING } from '../domain/partner.js';
import type { OurItem } from '../domain/our-item.js';
import { goodsIn, mapGoods, type Goods } from './map-receipt.js';

const AGREED: Agreement = { standard: 'X12', types: ['944'], direction: 'in', books: 'receipt', node: 'DC1' };
const TEA: OurItem = {
  status: 'known',
  baseUnit: 'EA',
  units: [
    { unit: 'CT', numerator: 12, denominator: 1 },
    { unit: 'HF', numerator: 1, denominator: 2 },
  ],
  version: 1,
};
const goods = (value = '2', unit = 'CT', more: Partial<Goods> = {}): Goods => ({
  number: 'WR-1',
  day: '2026-03-05',
  lines: [{ lineNo: '1', item: { buyerItem: 'L-13' }, quantity: { value, unit } }],
  ...more,
});
const known: Readonly<Record<string, string>> = { 'items|L-13': 'TEA', 'locations|LEEDS': 'DC2' };
const mapped = (found: Goods, agreement: Agreement | undefined = AGREED, item: OurItem = TEA) =>
  mapGoods(found, { rules: FIRST_MAPPING, agreement, ours: (list, theirs) => known[`${list}|${theirs}`] }, () => item);

describe("lots of a supplier's advice that is booked as receipt", () => {
  const lotsOf = (value: string, ...instances: readonly object[]) => {
    const line = { lineNo: '1', item: { buyerItem: 'L-13' }, quantity: { value, unit: 'EA' }, instances };
    const advice: CanonicalDocument = { kind: 'despatch-advice', data: { number: 'DA-1', lines: [line] } };
    const found = goodsIn(advice, 'receipt');
    const { receipt } = mapped(found as Goods);
    const serials = found?.lines.map((one) => one.serials ?? []);
    return { booked: receipt?.lines.map(({ lineNo, quantity, lot }) => [lineNo, quantity, lot]), serials };
  };
  it('reach the ledger with their line', () => {
    expect(lotsOf('6', { lot: 'L7', expires: '2027-01-31' }).booked).toEqual([[1, 6, 'L7']]);
    expect(lotsOf('2', { lot: 'L7', serial: 'S1' }, { lot: 'L7', serial: 'S2' })).toEqual({
      booked: [[1, 2, 'L7']],
      serials: [['S1', 'S2']],
    });
    expect(lotsOf('6').booked).toEqual([[1, 6, undefined]]);
  });
  it('are lines of their own where each piece says which it is of', () => {
    const pieces = [
      { lot: 'L7', serial: 'S1' },
      { lot: 'L8', serial: 'S2' },
      { lot: 'L7', serial: 'S3' },
    ];
    expect(lotsOf('3', ...pieces)).toEqual({
      booked: [
        [1, 2, 'L7'],
        [2, 1, 'L8'],
      ],
      serials: [['S1', 'S3'], ['S2']],
    });
  });
  it('are not booked where nobody knows how much is of which', () => {
    expect(lotsOf('6', { lot: 'L7' }, { lot: 'L8' }).booked).toEqual([[1, 6, undefined]]);
    expect(lotsOf('3', { lot: 'L7', serial: 'S1' }, { lot: 'L8', serial: 'S2' }).booked).toEqual([[1, 3, undefined]]);
    expect(lotsOf('2', { lot: 'L7', serial: 'S1' }, { serial: 'S2' }).booked).toEqual([[1, 2, undefined]]);
  });
});

describe('goods that a partner tells of', () => {
  it('are a receipt at the node of the agreement, in base units', () => {
    expect(mapped(goods())).toEqual({
      receipt: {
        node: 'DC1',
        documentNo: 'WR-1',
        postingDate: '2026-03-05',
        lines: [{ lineNo: 1, item: 'TEA', quantity: 24 }],
      },
      faults: [],
    });
  });

  it('are at the node that the site is called by', () => {
    expect(mapped(goods('2', 'CT', { site: { ids: [{ value: 'LEEDS' }] } })).receipt?.node).toBe('DC2');
  });

  it('are on their way where that is agreed, under the number that receipts name', () => {
    const found = goods('2', 'CT', { inboundNos: ['TR-1', 'TRS-1'] });
    expect(mapped(found, { ...AGREED, books: 'in-transit' })).toEqual({
      inbound: {
        ...{ node: 'DC1', documentNo: 'WR-1', inboundNo: 'TR-1', expectedOn: '2026-03-05' },
        lines: [{ lineNo: 1, item: 'TEA', quantity: 24 }],
      },
      faults: [],
    });
    expect(mapped(found).receipt?.inboundNos).toEqual(['TR-1', 'TRS-1']);
  });

  it.each([
    ['an item that nobody knows', goods('2', 'EA', { lines: [{ ...goods().lines[0], item: {} } as never] }), 'cross'],
    ['a unit that the item has not', goods('2', 'KGM'), 'KGM'],
    ['half a piece', goods('1', 'HF'), 'pieces'],
    ['less than nothing', goods('-1', 'EA'), 'pieces'],
    ['nothing at all', goods('0', 'EA'), 'nothing'],
  ])('are put aside with %s, naming it', (_what, found, said) => {
    const { receipt, faults } = mapped(found);
    expect(receipt).toBeUndefined();
    expect(`${faults[0]?.code} ${faults[0]?.text}`).toContain(said);
  });

  it('need a number that can be printed', () => {
    const { receipt, faults } = mapped(goods('2', 'CT', { number: 'R\u0000-1' }));
    expect(receipt).toBeUndefined();
    expect(faults).toMatchObject([{ code: 'value-unmappable', path: 'number' }]);
  });

  it('need a node', () => {
    const { node: _node, ...bare } = AGREED;
    expect(mapped(goods(), bare).faults).toMatchObject([{ path: 'agreement.node' }]);
  });

  it('of which some lines brought nothing are booked without them, never more than was told', () => {
    const quantities = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(quantities, (told) => {
        const lines = told.map((value, at) => ({
          ...{ lineNo: String(at), item: { buyerItem: 'L-13' } },
          quantity: { value: String(value), unit: 'CT' },
        }));
        const booked = mapped(goods('1', 'CT', { lines })).receipt?.lines ?? [];
        const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);
        expect(sum(booked.map(({ quantity }) => quantity))).toBe(12 * sum(told));
      }),
    );
  });
});

describe('what a document says has come in', () => {
  const line = { lineNo: '1', item: { buyerItem: 'L-13' } };
  const of = (value: string) => ({ value, unit: 'EA' });
  it('is what was accepted, else what was received', () => {
    const advice: CanonicalDocument = {
      kind: 'receipt-advice',
      data: {
        number: 'RA-1',
        lines: [
          { ...line, received: of('10'), accepted: of('8'), rejected: of('2') },
          { ...line, received: of('5') },
          { ...line, short: of('1') },
        ],
      },
    };
    expect(goodsIn(advice, 'receipt')?.lines.map(({ quantity }) => quantity.value)).toEqual(['8', '5']);
  });

  it('is what is agreed to be booked, and nothing of an invoice', () => {
    const transfer = (direction: 'shipped' | 'received'): CanonicalDocument => ({
      kind: 'stock-transfer-advice',
      data: { direction, number: 'S-1', depositorOrder: 'TR-1', lines: [{ ...line, quantity: of('1') }] },
    });
    const despatch: CanonicalDocument = { kind: 'despatch-advice', data: { number: 'DA-1', lines: [] } };
    const receipt: CanonicalDocument = {
      kind: 'receipt-advice',
      data: { number: 'RA-1', despatchNumber: 'DA-1', lines: [] },
    };
    const invoice: CanonicalDocument = { kind: 'invoice', data: { number: 'I-1', lines: [] } };
    const booked = (books: GoodsBooked | undefined) =>
      [transfer('shipped'), transfer('received'), despatch, receipt, invoice].map((document) => {
        const found = goodsIn(document, books);
        return found && (found.inboundNos ?? []);
      });
    expect(booked('in-transit')).toEqual([['TR-1', 'S-1'], undefined, ['DA-1'], undefined, undefined]);
    expect(booked('receipt')).toEqual([undefined, ['TR-1'], [], ['DA-1'], undefined]);
    for (const none of [undefined, 'shipment'] as const) expect(booked(none)).toEqual(Array(5).fill(undefined));
  });
});
