import type { Agreement, ShippingAdvice } from '@crossdock/contracts';
import type { CanonicalDespatchAdvice } from '../canonical/despatch-advice.js';
import type { CanonicalWarehouseAdvice, CanonicalWarehouseLine } from '../canonical/warehouse-advice.js';
import { FIRST_MAPPING } from '../domain/partner.js';
import type { OurItem } from '../domain/our-item.js';
import type { SentWarehouseOrder } from '../domain/warehouse-order.js';
import { mapShipping } from './map-shipping.js';
import { shippedIn } from './shipped.js';

const AGREED: Agreement = { standard: 'X12', types: ['945'], direction: 'in', books: 'shipment' };
const KNOWN: OurItem = {
  status: 'known',
  baseUnit: 'EA',
  units: [{ unit: 'CT', numerator: 12, denominator: 1 }],
  version: 1,
};
const OURS: Readonly<Record<string, string>> = { 'items|L-13': 'TEA', 'items|L-14': 'POT', 'carriers|UPSN': 'ups' };
const ORDER: SentWarehouseOrder = {
  ...{ fulfilmentId: 'F1', orderId: 'O1', orderNo: 'SO-1', account: 'C1', node: 'DC3' },
  lines: [
    { lineNo: 1, item: 'TEA', quantity: 24 },
    { lineNo: 2, item: 'POT', quantity: 5 },
  ],
};
const of = (value: string, unit = 'EA') => ({ value, unit });
const line = (more: Partial<CanonicalWarehouseLine> = {}): CanonicalWarehouseLine => ({
  ...{ lineNo: '1', item: { sellerItem: 'L-13' }, quantity: of('24') },
  ...more,
});
const advice = (...lines: CanonicalWarehouseLine[]): CanonicalWarehouseAdvice => ({
  ...{ number: 'SHP-1', depositorOrder: 'N1', carrierCode: 'UPSN', trackingNumbers: ['T1'], lines },
});
const mapped = (
  data: CanonicalWarehouseAdvice | CanonicalDespatchAdvice,
  agreement: Agreement = AGREED,
  order: SentWarehouseOrder | undefined = ORDER,
) => {
  const kind = 'depositorOrder' in data ? 'warehouse-advice' : 'despatch-advice';
  const shipped = shippedIn({ kind, data } as Parameters<typeof shippedIn>[0]);
  if (!shipped) throw new Error('no shipment');
  const ours = (list: string, theirs: string): string | undefined => OURS[`${list}|${theirs}`];
  return mapShipping(shipped, {
    ...{ rules: { ...FIRST_MAPPING, itemFrom: ['references'] }, agreement, ours, partner: 'LOGIS', order },
    ourItem: () => KNOWN,
  });
};
const sound = (...given: Parameters<typeof mapped>): ShippingAdvice => {
  const { shipping, faults } = mapped(...given);
  expect(faults).toEqual([]);
  return shipping as ShippingAdvice;
};
const shorts = (...given: Parameters<typeof mapped>) =>
  sound(...given).short.map(({ item, quantity }) => [item, quantity]);

describe('a 945 in our own numbers', () => {
  it('is of the fulfilment order behind our number, in base units, under the partner’s number', () => {
    expect(sound(advice(line({ quantity: of('2', 'CT') })))).toEqual({
      ...{ fulfilmentId: 'F1', orderId: 'O1', account: 'C1', node: 'DC3', documentNo: 'LOGIS/SHP-1' },
      packages: [{ trackingNo: 'T1', carrier: 'ups', contents: [{ place: 0, item: 'TEA', lineNo: 1, quantity: 24 }] }],
      short: [],
    });
  });

  it.each([
    ['says so (CP)', { status: 'short', ordered: of('24'), quantity: of('20') }, [['TEA', 4]]],
    ['says only how many are missing', { status: 'short', difference: of('-4'), quantity: of('20') }, [['TEA', 4]]],
    ['left less than asked for and tells of no rest', { ordered: of('24'), quantity: of('20') }, [['TEA', 4]]],
    ['has more to come (BP, PR)', { status: 'partial', ordered: of('24'), quantity: of('20') }, []],
    ['tells a difference and not that it is short', { status: 'shipped', difference: of('4') }, []],
    ['left nothing', { status: 'short', ordered: of('24'), quantity: of('0') }, [['TEA', 24]]],
  ])('a line is short when it %s', (_what, more, expected) => {
    expect(shorts(advice(line(more)))).toEqual(expected);
  });

  it('of several lots counts what was asked for once, however it is told', () => {
    const lot = (name: string, ordered: string) => line({ lot: name, ordered: of(ordered), quantity: of('10') });
    expect(shorts(advice(lot('A', '24'), lot('B', '24')))).toEqual([['TEA', 4]]);
    expect(shorts(advice(lot('A', '12'), lot('B', '12')))).toEqual([['TEA', 4]]);
    expect(sound(advice(lot('A', '24'), lot('B', '24'))).packages[0]?.contents.map((row) => row.lot)).toEqual([
      'A',
      'B',
    ]);
  });

  it('knows each carton by its SSCC, its own tracking number before the shipment’s, and its weight in grams', () => {
    const cartons = [
      { id: 'P', trackingNumber: 'T-PALLET' },
      { id: 'A', sscc: '001234500000000248', trackingNumber: 'T-A', weight: of('2.5', 'KGM') },
      { id: 'B', within: 'P' },
      { id: 'C' },
    ];
    const lines = ['A', 'B', 'C'].map((id) => line({ quantity: of('1'), packages: [id] }));
    expect(sound({ ...advice(...lines), cartons }).packages).toMatchObject([
      { sscc: '001234500000000248', trackingNo: 'T-A', weightGrams: 2500 },
      { trackingNo: 'T-PALLET' },
      { trackingNo: 'T1' },
    ]);
  });

  it('of lines that name no carton is one of its own, or the only one where none is named for anything', () => {
    const [tea, pot] = [line({ packages: ['A'] }), line({ item: { sellerItem: 'L-14' }, quantity: of('5') })];
    const cartons = [{ id: 'A', trackingNumber: 'T-A' }];
    const itemsOf = (data: CanonicalWarehouseAdvice) =>
      sound(data).packages.map(({ trackingNo, contents }) => [trackingNo, ...contents.map(({ item }) => item)]);
    expect(itemsOf({ ...advice(tea, pot), cartons })).toEqual([
      ['T-A', 'TEA'],
      ['T1', 'POT'],
    ]);
    expect(itemsOf({ ...advice(line(), pot), cartons })).toEqual([['T-A', 'TEA', 'POT']]);
  });

  it('without a tracking number goes by what the carrier’s papers show, and without a carrier by none', () => {
    const { trackingNumbers: _t, carrierCode: _c, ...bare } = advice(line());
    const bill = [{ kind: 'bill-of-lading', number: 'BOL-7' }];
    expect(sound({ ...bare, references: bill }).packages).toMatchObject([{ trackingNo: 'BOL-7', carrier: 'UNKNOWN' }]);
    expect(sound(bare).packages).toMatchObject([{ trackingNo: 'SHP-1' }]);
  });

  it.each([
    ['an item that nobody knows', line({ item: { sellerItem: 'X' } }), 'cross-reference-missing', 'lines[0].item'],
    ['a unit that the item has not', line({ quantity: of('1', 'KGM') }), 'value-unmappable', 'lines[0].quantity'],
    ['less than nothing', line({ quantity: of('-1') }), 'value-unmappable', 'lines[0].quantity'],
  ])('is put aside with %s', (_what, wrong, code, path) => {
    const { shipping, faults } = mapped(advice(wrong));
    expect(shipping).toBeUndefined();
    expect(faults).toMatchObject([{ code, path }]);
  });

  it('of an order that was not sent to this partner is put aside, naming the number', () => {
    expect(mapped(advice(line()), AGREED, null as never).faults).toMatchObject([
      { code: 'fulfilment-unknown', path: 'depositorOrder', text: expect.stringContaining('N1') },
    ]);
  });
});

describe('a despatch advice of a warehouse', () => {
  const despatch = (more: Partial<CanonicalDespatchAdvice> = {}): CanonicalDespatchAdvice => ({
    ...{ number: 'DA-1', orderNumber: 'N1', trackingNumbers: ['T1', 'T2'], carrier: { name: 'UPSN' } },
    packages: [{ id: 'A' }, { id: 'B' }],
    lines: ['A', 'B'].map((id, at) => ({
      ...{ lineNo: String(at + 1), orderLineNo: '1', item: { sellerItem: 'L-13' }, quantity: of('2'), packages: [id] },
      instances: [{ lot: 'L1', serial: `S${at}` }],
    })),
    ...more,
  });
  it('is the same: packages in the order of their tracking numbers, lots and serial numbers kept', () => {
    expect(sound(despatch()).packages).toEqual(
      ['T1', 'T2'].map((trackingNo, place) => ({
        ...{ trackingNo, carrier: 'ups' },
        contents: [{ place, item: 'TEA', lineNo: 1, quantity: 2, lot: 'L1', serials: [`S${place}`] }],
      })),
    );
  });
  it('says nothing of a rest, unless it is agreed that none comes', () => {
    expect(sound(despatch())).toMatchObject({ short: [] });
    expect(sound(despatch())).not.toHaveProperty('complete');
    expect(sound(despatch(), { ...AGREED, shipsOnce: true })).toMatchObject({ complete: true, short: [] });
  });
});
