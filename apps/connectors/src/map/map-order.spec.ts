import type { Agreement, MappingRules } from '@crossdock/contracts';
import type { CanonicalOrder } from '../canonical/order.js';
import { FIRST_MAPPING } from '../domain/partner.js';
import { mapOrder, type MappedOrder } from './map-order.js';

const AGREED: Agreement = {
  standard: 'X12',
  types: [],
  direction: 'in',
  account: 'C1',
  currency: 'GBP',
  country: 'GB',
};
const canonical = (more: Partial<CanonicalOrder> = {}): CanonicalOrder => ({
  number: 'PO-1',
  lines: [{ lineNo: '10', item: { buyerItem: '4711' }, quantity: { value: '2', unit: 'EA' } }],
  ...more,
});
const mapped = (
  order: CanonicalOrder,
  known: Readonly<Record<string, string>> = { 'items|4711': 'TEA' },
  agreement: Agreement | undefined = AGREED,
  rules: MappingRules = FIRST_MAPPING,
): MappedOrder => mapOrder(order, { rules, agreement, ours: (list, theirs) => known[`${list}|${theirs}`] });

describe('an order in our own numbers', () => {
  it('takes items by cross reference, account and currency by agreement, and keeps the partner’s line number', () => {
    expect(mapped(canonical())).toEqual({
      order: {
        documentNo: 'PO-1',
        account: 'C1',
        customerPo: 'PO-1',
        currency: 'GBP',
        shipTo: { country: 'GB' },
        lines: [{ lineNo: 10, item: 'TEA', quantity: '2', customerLineNo: '10' }],
      },
      faults: [],
    });
  });

  it('names each code that has no cross reference', () => {
    expect(mapped(canonical(), {}).faults).toEqual([
      {
        code: 'cross-reference-missing',
        path: 'lines[0].item',
        text: "item 4711 of line 10 is not among the partner's items",
      },
    ]);
  });

  it('finds the account by the most particular party that is known', () => {
    const order = canonical({ deliverTo: { ids: [{ value: 'S42' }] }, buyer: { gln: '5412345000013' } });
    const known = { 'items|4711': 'TEA', 'customers|5412345000013': 'C7' };
    expect(mapped(order, known).order?.account).toBe('C7');
    expect(mapped(order, { ...known, 'customers|S42': 'C42' }).order?.account).toBe('C42');
  });

  it('says what is missing when neither document nor agreement tells account and currency', () => {
    const { account: _account, currency: _currency, ...bare } = AGREED;
    expect(mapped(canonical(), undefined, bare).faults.map(({ code }) => code)).toEqual([
      'customer-unmapped',
      'currency-missing',
    ]);
  });

  it('takes the price that was sent only where that is agreed, per the unit it was meant for', () => {
    const line = { ...canonical().lines[0], unitPrice: '255', per: '100' } as CanonicalOrder['lines'][number];
    expect(mapped(canonical({ lines: [line] })).order?.lines[0]).not.toHaveProperty('unitPrice');
    const sent = mapped(canonical({ lines: [line] }), undefined, { ...AGREED, prices: 'sent' });
    expect(sent.order?.lines[0]?.unitPrice).toBe('2.55');
  });

  it('takes what a line costs where something is taken off it', () => {
    const off = { charge: false, amount: { minor: 300, currency: 'EUR' } };
    const line = {
      ...canonical().lines[0],
      ...{ quantity: { value: '3', unit: 'EA' }, unitPrice: '11', amount: { minor: 3000, currency: 'EUR' } },
    } as CanonicalOrder['lines'][number];
    const priced = (one: CanonicalOrder['lines'][number]) =>
      mapped(canonical({ lines: [one] }), undefined, { ...AGREED, prices: 'sent' }).order?.lines[0]?.unitPrice;
    expect([priced(line), priced({ ...line, allowanceCharges: [off] })]).toEqual(['11', '10']);
  });

  it('tells releases of a blanket order apart, under its number', () => {
    const released = (number: string) =>
      mapped(canonical({ references: [{ kind: 'release', number }] }), { 'items|4711': 'TEA' }).order;
    expect([released('1')?.documentNo, released('2')?.documentNo]).toEqual([
      `${released('1')?.customerPo}-1`,
      `${released('2')?.customerPo}-2`,
    ]);
  });

  it('uses the partner’s own units, and our base unit for single pieces', () => {
    const line = (unit: string, sentUnit?: string): CanonicalOrder['lines'][number] => ({
      lineNo: '1',
      item: { buyerItem: '4711' },
      quantity: { value: '2', unit, ...(sentUnit ? { sentUnit } : {}) },
    });
    const unitOf = (unit: string, sent?: string): string | undefined =>
      mapped(canonical({ lines: [line(unit, sent)] }), { 'items|4711': 'TEA', 'units|KRT': 'CT' }).order?.lines[0]
        ?.unit;
    expect(unitOf('C62')).toBeUndefined();
    expect(unitOf('CT', 'CA')).toBe('CT');
    expect(unitOf('XX', 'KRT')).toBe('CT');
  });

  it('numbers lines by place when the partner numbers them twice or not at all', () => {
    const lines = ['1', '1', ''].map(
      (lineNo) => ({ ...canonical().lines[0], lineNo }) as CanonicalOrder['lines'][number],
    );
    expect(mapped(canonical({ lines })).order?.lines.map(({ lineNo }) => lineNo)).toEqual([1, 2, 3]);
  });

  it('names the field that does not fit our own form', () => {
    const { faults } = mapped(canonical({ number: 'x\u0001x' }));
    expect(faults[0]).toMatchObject({ code: 'value-unmappable', path: 'documentNo' });
  });

  it('has a number of ours of whatever length the buyer’s is', () => {
    const numbers = ['x'.repeat(65), 'x'.repeat(65), 'x'.repeat(66)].map((number) => {
      const { order } = mapped(canonical({ number }));
      expect(order?.customerPo).toBe(order?.documentNo);
      return order?.documentNo;
    });
    expect(numbers[0]).toHaveLength(64);
    expect(new Set(numbers).size).toBe(2);
  });

  describe('that goes to one place', () => {
    const to = (value: string, country?: string) => ({
      ids: [{ value }],
      ...(country ? { address: { country } } : {}),
    });
    const [line] = canonical().lines as readonly [CanonicalOrder['lines'][number]];
    it('takes the place from its lines where the header names none', () => {
      const lines = [
        { ...line, deliverTo: to('S1', 'FR') },
        { ...line, lineNo: '20' },
      ];
      expect(mapped(canonical({ lines })).order?.shipTo).toMatchObject({ country: 'FR' });
    });
    it('is not taken when a line goes elsewhere, or to several places', () => {
      const elsewhere = mapped(canonical({ deliverTo: to('S1'), lines: [{ ...line, deliverTo: to('S2') }] }));
      expect(elsewhere.faults).toEqual([
        {
          code: 'value-unmappable',
          path: 'lines[0].deliverTo',
          text: 'line 10 goes to S2, the order to S1: an order goes to one place',
        },
      ]);
      const deliveries = ['S1', 'S2', 'S3'].map((one) => ({
        deliverTo: to(one),
        quantity: { value: '1', unit: 'EA' },
      }));
      expect(mapped(canonical({ deliverTo: to('S1'), lines: [{ ...line, deliveries }] })).faults).toMatchObject([
        { path: 'lines[0].deliverTo', text: expect.stringContaining('goes to S2 and 1 more') },
      ]);
      const same = { ...line, deliverTo: to('S1') };
      expect(mapped(canonical({ deliverTo: to('S1'), lines: [same] })).faults).toEqual([]);
    });
  });
});
