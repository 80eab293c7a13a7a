import { differences } from './compare.ts';

const row = (fields: Record<string, unknown>) => ({ file: 'a.xml', ...fields });

describe('a row of the reference', () => {
  it.each([
    ['a number as text', { lines: 33 }, { lines: '33' }],
    ['trailing zeros', { total: '1.50' }, { total: '1.5' }],
    ['nothing in both', { currency: null }, {}],
    [
      'kinds named in another way',
      { standard: 'EANCOM', status: 'Out for delivery' },
      { standard: 'EDIFACT', status: 'OUT_FOR_DELIVERY' },
    ],
    ['padding', { id: 'A-1' }, { id: 'A-1   ' }],
    ['fields beyond the row', { id: 'A' }, { id: 'A', currency: 'EUR' }],
    ['lists and records', { qty: { '21': '5' }, pos: ['A'] }, { qty: { '21': '5.0' }, pos: ['A'] }],
  ])('is met in spite of %s', (_, expected, figures) => {
    expect(differences(row(expected), figures)).toEqual([]);
  });

  it.each([
    ['another value', { id: 'A' }, { id: 'B' }, 'id'],
    ['something where nothing should be', { currency: null }, { currency: 'EUR' }, 'currency'],
    ['nothing where something should be', { id: '' }, {}, 'id'],
    ['an identifier with zeros in front', { id: '007' }, { id: '7' }, 'id'],
    ['another kind', { type: 'ORDERS' }, { type: 'ORDRSP' }, 'type'],
    ['an identifier of another case', { id: 'a' }, { id: 'A' }, 'id'],
    ['a shorter list', { pos: ['A', 'B'] }, { pos: ['A'] }, 'pos.length'],
    ['a value in a list', { pos: ['A', 'B'] }, { pos: ['A', 'C'] }, 'pos[1]'],
    ['one key too many', { qty: { a: 1 } }, { qty: { a: 1, b: 2 } }, 'qty.b'],
  ])('is missed by %s', (_, expected, figures, field) => {
    expect(differences(row(expected), figures).map((one) => one.field)).toEqual([field]);
  });
});
