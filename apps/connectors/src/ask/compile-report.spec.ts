import type { CanonicalInventoryReport } from '../canonical/inventory-report.js';
import { writeDocument } from '../answer/write.js';
import { detect } from '../translate/detect.js';
import { NO_CONTEXT } from '../translate/translation.js';
import { translate } from '../translate/translations.js';
import { reportOf, type Stock } from './compile-report.js';

const AT = '2026-03-02T09:30:00.000Z';
const onShelf = (item: string, available: number): Stock => ({
  shelf: { status: 'known', channel: 'web', item, available, asOf: AT },
  unit: 'EA',
});
const STOCK = [onShelf('TEA', 7), onShelf('POT', 0), onShelf('PAN', 3)];
const THEIRS = new Map([
  ['TEA', '4711'],
  ['POT', '4712'],
]);

describe('a stock report', () => {
  it('tells of the items that the partner has numbers for, also that there is none', () => {
    const { lines } = reportOf(STOCK, THEIRS, AT);
    expect(lines.map(({ item, quantities }) => [item.buyerItem, quantities[0]?.quantity.value])).toEqual([
      ['4711', '7'],
      ['4712', '0'],
    ]);
    expect(reportOf(STOCK, new Map(), AT).lines.map(({ item }) => item.sellerItem)).toEqual(['TEA', 'POT', 'PAN']);
  });

  it.each([
    ['X12', '846'],
    ['EDIFACT', 'INVRPT'],
  ])('is read back from its %s %s as it was said', (standard, type) => {
    const data = reportOf(STOCK, THEIRS, AT);
    const envelope = { standard, type, control: 1, addressing: { ourId: 'A', theirId: 'B' }, queuedAt: AT };
    const { bytes, faults } = writeDocument(envelope, [{ type, document: { kind: 'inventory-report', data } }]);
    expect(faults).toEqual([]);
    const detected = detect(bytes);
    const [read] = (detected && translate(detected, bytes, NO_CONTEXT)?.[0]?.documents) ?? [];
    expect(read?.faults).toEqual([]);
    const { number, lines } = read?.canonical?.data as CanonicalInventoryReport;
    expect(number).toBe(data.number);
    expect(lines.map(({ item, quantities }) => [item.buyerItem, quantities[0]?.kind, quantities[0]?.quantity])).toEqual(
      [
        ['4711', 'available', { value: '7', unit: 'EA' }],
        ['4712', 'available', { value: '0', unit: 'EA' }],
      ],
    );
  });
});
