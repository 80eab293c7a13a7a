import type { CanonicalOrderChange, CanonicalOrderChangeLine } from '../canonical/order-change.js';
import type { CanonicalOrder } from '../canonical/order.js';
import { orderAfter } from './order-after.js';

const line = (
  lineNo: string,
  value: string,
  more: Partial<CanonicalOrderChangeLine> = {},
): CanonicalOrderChangeLine => ({
  lineNo,
  item: { buyerItem: `B${Number(lineNo)}` },
  quantity: { value, unit: 'CS' },
  ...more,
});
const order: CanonicalOrder = { number: 'PO-1', lines: [line('001', '2'), line('002', '4')] };
const change = (lines: CanonicalOrderChangeLine[], purpose = 'change'): CanonicalOrderChange => ({
  number: 'CHG-1',
  orderNumber: 'PO-1',
  purpose,
  lines,
});
const told = ({ number, lines }: CanonicalOrder) => [number, lines.map((one) => `${one.lineNo} ${one.quantity.value}`)];

describe('an order after its changes', () => {
  it('has what each of them left of it, under its own number and line numbers', () => {
    const first = change([line('1', '3', { action: 'change' }), line('3', '1', { action: 'add' })]);
    const second = change([
      line('2', '4', { action: 'delete' }),
      line('3', '0', { action: 'change', keepsQuantity: true }),
    ]);
    expect(told(orderAfter(order, [first]))).toEqual(['PO-1', ['001 3', '002 4', '3 1']]);
    const after = orderAfter(order, [first, second]);
    expect(told(after)).toEqual(['PO-1', ['001 3', '3 1']]);
    expect(after.lines[1]).not.toHaveProperty('keepsQuantity');
  });
  it('that was replaced has the lines of the new one alone', () => {
    expect(told(orderAfter(order, [change([line('2', '5')], 'replace')]))).toEqual(['PO-1', ['002 5']]);
  });
  it('has of another item no number of the one before', () => {
    const before: CanonicalOrder = {
      number: 'PO-1',
      lines: [line('1', '2', { item: { buyerItem: 'B1', gtin: '1' } })],
    };
    const itemAfter = (item: CanonicalOrderChangeLine['item']) =>
      orderAfter(before, [change([line('1', '2', { item })])]).lines[0]?.item;
    expect(itemAfter({ buyerItem: 'B2' })).toEqual({ buyerItem: 'B2' });
    expect(itemAfter({ buyerItem: 'B1' })).toEqual({ buyerItem: 'B1', gtin: '1' });
  });
  it('without changes is what it was', () => {
    expect(orderAfter(order, [])).toBe(order);
  });
});
