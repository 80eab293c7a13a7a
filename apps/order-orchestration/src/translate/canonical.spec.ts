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

const back = {
  type: 'return',
  documentNo: 'R-1',
  account: '17850',
  returnDate: '2026-11-20',
  country: 'GB',
  lines: [{ lineNo: 1, item: 'TEA', quantity: '1', unitPrice: '2.5' }],
};
const counted = {
  type: 'adjustment',
  documentNo: 'S-1',
  adjustmentDate: '2026-11-20',
  lines: [{ lineNo: 1, item: 'TEA', quantity: '-1' }],
};

describe('a line of canonical JSON', () => {
  it('is an order, also when it does not say so', () => {
    expect(read(order)).toEqual({ kind: 'order', documentNo: 'A-1', row: 4, document: order });
    expect(read({ type: 'order', ...order })).toMatchObject({ kind: 'order', document: order });
  });
  it('is a return, with the defaults of the connection', () => {
    expect(read({ ...back, documentNo: 'R-1' })).toMatchObject({
      kind: 'return',
      document: { node: 'DC1', currency: 'GBP', lines: [{ kind: 'goods' }] },
    });
  });
  it('is an adjustment', () => {
    expect(read({ ...counted, reason: 'damaged' })).toMatchObject({
      kind: 'adjustment',
      document: { reason: 'damaged' },
    });
  });
  it.each(
    [order, back, counted].flatMap((good) =>
      Object.keys(good)
        .filter((field) => field !== 'type')
        .flatMap((field) => [undefined, null, {}, -1].map((wrong) => [field, wrong, good] as const)),
    ),
  )('whose %s is %j is put aside, whatever document it is', (field, wrong, good) => {
    const found = read({ ...good, [field]: wrong });
    expect(found).toMatchObject({ kind: 'unreadable', reason: 'schema-violation', row: 4 });
    expect((found as { text: string }).text).toContain(field);
  });
  it.each([[[null]], [['line']], [[[]]], [[{}]]])('whose lines are %j is put aside', (lines) => {
    for (const good of [order, back, counted])
      expect(read({ ...good, lines })).toMatchObject({ kind: 'unreadable', reason: 'schema-violation' });
  });
  it.each<[string, string, string, string]>([
    ['broken JSON', '{"half', 'broken-json', 'row-4'],
    ['no document', '[1]', 'schema-violation', 'row-4'],
    ['half a character', '{"documentNo":"A-\\ud800"}', 'broken-json', 'row-4'],
    ['a poisoned name', '{"documentNo":"A-1","__proto__":{}}', 'broken-json', 'row-4'],
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
