/** What a person is told about a body that breaks its class. */
import { everyViolationOf, OrderDocument, violationsOf } from '../src/index.js';

const order = (more: object = {}, line: object = {}) => ({
  documentNo: 'PO-1',
  account: '17850',
  currency: 'GBP',
  shipTo: { country: 'GB' },
  lines: [{ lineNo: 1, item: 'TEA', quantity: '2', ...line }],
  ...more,
});
const told = (body: unknown) => everyViolationOf(OrderDocument, body).map(({ text }) => text);

describe('a body that breaks its class', () => {
  it('is told what every field has to look like, with an example, and no pattern', () => {
    expect(told(order({ documentNo: ' PO', currency: 'gbp' }, { quantity: 2, unitPrice: '-1', lineNo: 0.5 }))).toEqual(
      expect.arrayContaining([
        'documentNo must be printable, not empty, and without spaces at its ends',
        'currency must be a currency of three capital letters, such as GBP',
        'lines[0].quantity must be text in quotes',
        'lines[0].unitPrice must be a price in quotes, zero or more, with up to 6 places, such as "2.55"',
        'lines[0].lineNo must be a whole number',
      ]),
    );
    expect(told(order({ requestedDate: 'soon', releaseNotBefore: '2026-11-21T08:30Z', lines: [] }))).toEqual(
      expect.arrayContaining([
        'requestedDate must be a day, such as 2026-11-21',
        'releaseNotBefore must be a moment in UTC with milliseconds, such as 2026-11-21T08:30:00.000Z',
        'lines must not be empty',
      ]),
    );
  });

  it('is told of every field that nobody knows or that is missing, wherever it stands', () => {
    const { account: _account, ...without } = order({ colour: 'red' }, { size: 'L' });
    expect(told(without).toSorted()).toEqual([
      'account is missing',
      'colour is not a field of this document',
      'lines[0].size is not a field of this document',
    ]);
  });

  it('is told what it is when it is no object at all', () => {
    for (const body of [undefined, null, 'hello', 7, []]) expect(told(body)).toEqual(['the body must be an object']);
  });

  it('is told a hundred faults at most, and of a huge body the first only', () => {
    const colours = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`colour${n}`, n]));
    expect(told(order(colours))).toHaveLength(100);
    const lines = Array.from({ length: 5_000 }, (_, n) => ({ lineNo: n + 1, item: 'TEA', quantity: 1, colour: 'red' }));
    expect(told(order({ lines }))).toHaveLength(1);
  });

  it('says the same as the validator of the road about whether it holds', () => {
    expect([told(order()), violationsOf(OrderDocument, order(), 'strict')]).toEqual([[], []]);
  });
});
