import type { Agreement } from '@crossdock/contracts';
import type { CanonicalOrderChange, CanonicalOrderChangeLine } from '../canonical/order-change.js';
import { FIRST_MAPPING } from '../domain/partner.js';
import { mapChange, type MappedChange } from './map-change.js';

const AGREED: Agreement = { standard: 'X12', types: [], direction: 'in', account: 'C1', country: 'GB', prices: 'sent' };
const line = (lineNo: string, more: Partial<CanonicalOrderChangeLine> = {}): CanonicalOrderChangeLine => ({
  lineNo,
  item: { buyerItem: '4711' },
  quantity: { value: '2', unit: 'CS' },
  ...more,
});
const mapped = (lines: CanonicalOrderChangeLine[], more: Partial<CanonicalOrderChange> = {}): MappedChange =>
  mapChange(
    { number: 'CHG-1', orderNumber: 'PO-1', lines, ...more },
    {
      rules: FIRST_MAPPING,
      agreement: AGREED,
      ours: (list, theirs) => (`${list}|${theirs}` === 'items|4711' ? 'TEA' : undefined),
    },
  );

describe('a change in our own numbers', () => {
  it('says of each line what is to happen to it, by the partner’s number', () => {
    const { change, faults } = mapped([
      line('10', { action: 'change', unitPrice: '24.00' }),
      line('20', { action: 'delete', item: {} }),
      line('30', { action: 'add', quantity: { value: '3', unit: 'EA' } }),
      line('40', { action: 'none' }),
      line('50'),
    ]);
    expect(faults).toEqual([]);
    expect(change).toEqual({
      lines: [
        { action: 'change', customerLineNo: '10', item: 'TEA', quantity: '2', unit: 'CS', unitPrice: '24' },
        { action: 'cancel', customerLineNo: '20' },
        { action: 'add', customerLineNo: '30', item: 'TEA', quantity: '3' },
        { action: 'set', customerLineNo: '50', item: 'TEA', quantity: '2', unit: 'CS' },
      ],
    });
  });

  it('keeps what is not said: a price alone leaves the quantity, no destination leaves the old one', () => {
    const price = line('10', {
      action: 'change',
      keepsQuantity: true,
      unitPrice: '3',
      quantity: { value: '0', unit: 'EA' },
    });
    expect(mapped([price]).change).toEqual({
      lines: [{ action: 'change', customerLineNo: '10', item: 'TEA', unitPrice: '3' }],
    });
    const moved = mapped([], { deliverTo: { name: 'Leeds', address: { city: 'Leeds' } }, currency: 'GBP' });
    expect(moved.change).toEqual({
      lines: [],
      shipTo: { name: 'Leeds', city: 'Leeds', country: 'GB' },
      currency: 'GBP',
    });
  });

  it('that replaces the order says so', () => {
    expect(mapped([line('10')], { purpose: 'replace' }).change).toMatchObject({
      replace: true,
      lines: [{ action: 'set' }],
    });
  });

  it('names each item that has no cross reference, and lines that go elsewhere', () => {
    const lines = [
      line('10', { item: { buyerItem: '9' } }),
      line('20', { deliverTo: { gln: '5412345000013' } }),
      line('30', { deliverTo: { gln: '5412345000020' } }),
    ];
    const { change, faults } = mapped(lines);
    expect(change).toBeUndefined();
    expect(faults.map(({ code, path }) => [code, path])).toEqual([
      ['cross-reference-missing', 'lines[0].item'],
      ['value-unmappable', 'lines[2].deliverTo'],
    ]);
  });
});
