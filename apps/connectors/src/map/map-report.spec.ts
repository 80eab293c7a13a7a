import type { Agreement } from '@crossdock/contracts';
import type { CanonicalInventoryLine, CanonicalInventoryReport } from '../canonical/inventory-report.js';
import { FIRST_MAPPING } from '../domain/partner.js';
import type { OurItem } from '../domain/our-item.js';
import { mapReport, reportIn } from './map-report.js';

const AGREED: Agreement = {
  ...{ standard: 'X12', types: ['846'], direction: 'in', books: 'stock-comparison', node: 'DC3' },
};
const KNOWN: OurItem = {
  ...{ status: 'known', baseUnit: 'EA', version: 1 },
  units: [{ unit: 'CT', numerator: 12, denominator: 1 }],
};
const OURS: Readonly<Record<string, string>> = {
  'items|L-13': 'TEA',
  'locations|LEEDS': 'DC3',
  'locations|HULL': 'DC4',
};
const line = (value: string, more: Partial<CanonicalInventoryLine> = {}, kind = 'on-hand'): CanonicalInventoryLine => ({
  ...{ lineNo: '1', item: { sellerItem: 'L-13' }, quantities: [{ kind, quantity: { value, unit: 'EA' } }] },
  ...more,
});
const report = (...lines: CanonicalInventoryLine[]): CanonicalInventoryReport => ({
  ...{ number: 'S-1', asOf: '2026-03-05T23:00:00', lines },
});
const mapped = (found: CanonicalInventoryReport, agreement: Agreement = AGREED) =>
  mapReport(
    found,
    {
      rules: { ...FIRST_MAPPING, itemFrom: ['references'] },
      agreement,
      ours: (list, theirs) => OURS[`${list}|${theirs}`],
    },
    () => KNOWN,
  );

describe('a partner’s report of stock in our own numbers', () => {
  it.each(['S\u0000-1', 'S-\u001d1', 'S-1 '])('has a number that can be printed, unlike %j', (number) => {
    const { report: none, faults } = mapped({ ...report(line('5')), number });
    expect(none).toBeUndefined();
    expect(faults).toMatchObject([{ code: 'value-unmappable', path: 'number' }]);
  });

  it('is what is on hand, in base units, at the node of the agreement', () => {
    const cartons = line('0', { quantities: [{ kind: 'on-hand', quantity: { value: '2', unit: 'CT' } }] });
    expect(mapped(report(line('5'), cartons))).toEqual({
      report: {
        ...{ node: 'DC3', documentNo: 'S-1', asOf: '2026-03-05T23:00:00', policy: 'compare' },
        lines: [
          { item: 'TEA', onHand: 5 },
          { item: 'TEA', onHand: 24 },
        ],
      },
      faults: [],
    });
    expect(mapped(report(line('5')), { ...AGREED, books: 'stock-adjustment' }).report?.policy).toBe('adjust');
  });

  it('passes over what is for sale, on hold or on its way', () => {
    const lines = [line('5'), line('9', {}, 'available'), line('9', {}, 'in-transit')];
    expect(mapped(report(...lines)).report?.lines).toEqual([{ item: 'TEA', onHand: 5 }]);
  });

  it.each([
    ['an item that nobody knows', [line('1', { item: { sellerItem: 'X' } })], 'lines[0].item', 'X'],
    ['less than nothing', [line('-1')], 'lines[0].quantities', 'pieces'],
    ['nothing on hand at all', [line('9', {}, 'available')], 'lines', 'nothing'],
    [
      'two of our nodes',
      [line('1'), line('1', { location: { ids: [{ value: 'HULL' }] } })],
      'lines[1].location',
      'DC4',
    ],
  ])('is put aside with %s, naming it', (_what, lines, path, said) => {
    const { report: found, faults } = mapped(report(...lines));
    expect(found).toBeUndefined();
    expect(faults).toMatchObject([{ path, text: expect.stringContaining(said) }]);
  });

  it('is kept where nothing is agreed to come of it', () => {
    const canonical = { kind: 'inventory-report' as const, data: report(line('5')) };
    for (const books of [undefined, 'receipt', 'shipment'] as const) expect(reportIn(canonical, books)).toBeUndefined();
    expect(reportIn(canonical, 'stock-comparison')).toBe(canonical.data);
    expect(reportIn({ kind: 'invoice', data: { number: 'I', lines: [] } }, 'stock-comparison')).toBeUndefined();
  });
});
