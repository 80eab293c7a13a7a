import { readCanonical } from './canonical.js';
import { adjustmentData, contentHashOf, orderData } from './document.js';

const context = { currency: 'GBP', node: 'DC1' };
const order = {
  documentNo: 'A-1',
  account: '17850',
  currency: 'GBP',
  shipTo: { country: 'GB' },
  lines: [{ lineNo: 1, item: 'TEA', quantity: '1' }],
};
const read = (value: unknown) => readCanonical(JSON.stringify(value), 4, context);

describe('a line of canonical JSON', () => {
  it('is an order, also when it does not say so', () => {
    expect(read(order)).toEqual({ kind: 'order', documentNo: 'A-1', row: 4, document: order });
    expect(read({ type: 'order', ...order })).toMatchObject({ kind: 'order', document: order });
  });
  it('is a return, with the defaults of the connection', () => {
    expect(read({ type: 'return', documentNo: 'R-1', lines: [{ lineNo: 1, item: 'TEA' }] })).toMatchObject({
      kind: 'return',
      document: { node: 'DC1', currency: 'GBP', lines: [{ kind: 'goods' }] },
    });
  });
  it('is an adjustment', () => {
    expect(read({ type: 'adjustment', documentNo: 'S-1', reason: 'damaged', lines: [] })).toMatchObject({
      kind: 'adjustment',
      document: { reason: 'damaged' },
    });
  });
  it.each<[string, string, string, string]>([
    ['broken JSON', '{"half', 'broken-json', 'row-4'],
    ['no document', '[1]', 'schema-violation', 'row-4'],
    ['an unknown type', JSON.stringify({ type: 'wish', documentNo: 'W-1' }), 'document-kind-unknown', 'W-1'],
    ['an unknown field', JSON.stringify({ ...order, colour: 'red' }), 'schema-violation', 'A-1'],
    [
      'a number that is no key',
      JSON.stringify({ type: 'wish', documentNo: ' \u0007 ' }),
      'document-kind-unknown',
      'row-4',
    ],
  ])('that is %s is put aside', (_, line, reason, documentNo) => {
    expect(readCanonical(line, 4, context)).toMatchObject({ kind: 'unreadable', reason, documentNo, row: 4 });
  });
});

describe('identity', () => {
  const of = (tenant: string, channel: string, documentNo = 'A-1') =>
    orderData({ ...order, documentNo } as never, { tenant, channel }).orderId;
  it('is tenant, channel and number', () => {
    expect(of('acme', 'api')).toBe(of('acme', 'api'));
    expect(new Set([of('acme', 'api'), of('acme', 'file'), of('globex', 'api'), of('acme', 'api', 'A-2')]).size).toBe(
      4,
    );
  });
  it('of content is the same whatever the order of fields and wherever it stood', () => {
    expect(contentHashOf({ a: 1, b: [{ c: 2, d: undefined }] })).toBe(contentHashOf({ b: [{ c: 2 }], a: 1 }));
    expect(contentHashOf({ a: 1 })).not.toBe(contentHashOf({ a: 2 }));
    const documents = ['day.csv:2', 'day.csv:7'].map((source) =>
      adjustmentData({ documentNo: 'S-1' } as never, { tenant: 'acme', channel: 'file', source }),
    );
    expect(documents[0]?.contentHash).toBe(documents[1]?.contentHash);
  });
});
