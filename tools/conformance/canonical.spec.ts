import { canonicalDifferences, type Canonical } from './canonical.ts';

const X12 = { standard: 'X12', type: '850' };
const UBL = { standard: 'UBL', type: 'Invoice' };
const anOrder = (number: string, lines: number): Canonical => ({
  kind: 'order',
  data: { number, lines: Array.from({ length: lines }, () => ({})) },
});
const anInvoice = (minor: number, currency: string): Canonical => ({
  kind: 'invoice',
  data: { number: 'I-1', lines: [], totals: { payable: { minor, currency } } },
});
const fieldsOf = (...[row, document, canonical]: Parameters<typeof canonicalDifferences>): readonly string[] =>
  canonicalDifferences(row, document, canonical).map(({ field }) => field);

describe('the canonical form of a document', () => {
  const order = { file: 'a.edi', ids: { po: 'PO-1' }, lines: 2 };
  it('has the number and the lines of the reference', () => {
    expect(fieldsOf(order, X12, anOrder('PO-1', 2))).toEqual([]);
    expect(fieldsOf(order, X12, anOrder('PO-2', 1))).toEqual(['canonical number', 'canonical lines']);
  });

  it('has its total, in the places that its currency has', () => {
    const invoice = { file: 'a.xml', id: 'I-1', lines: 0, payable: '1729.00' };
    expect(fieldsOf(invoice, UBL, anInvoice(172_900, 'EUR'))).toEqual([]);
    expect(fieldsOf(invoice, UBL, anInvoice(172_901, 'EUR'))).toEqual(['canonical payable']);
    expect(fieldsOf({ ...invoice, payable: '500' }, UBL, anInvoice(500, 'JPY'))).toEqual([]);
    expect(fieldsOf({ ...invoice, payable: '17.295' }, UBL, anInvoice(1_730, 'EUR'))).toEqual([]);
  });

  it('is held against nothing that the row has not, or that it can not have', () => {
    expect(fieldsOf({ file: 'a.edi' }, X12, anOrder('PO-1', 2))).toEqual([]);
    expect(fieldsOf({ file: 'a.edi', ids: { po: ' ' } }, X12, anOrder('', 0))).toEqual([]);
    const cancelling = { kind: 'order-cancellation', data: { number: 'PO-1' } };
    expect(fieldsOf(order, { standard: 'X12', type: '860' }, cancelling)).toEqual([]);
    const parts = { standard: 'EDIFACT', type: 'ORDERS' };
    expect(fieldsOf({ file: 'a.edi', ids: { doc: 'PO-1' }, lines: 5 }, parts, anOrder('PO-1', 2))).toEqual([]);
  });
});
