import { one, read, row } from './uci.builders.js';
import { readDay, UCI_HEADER } from './uci-row.js';

describe('what a spreadsheet makes of values', () => {
  it.each([
    ['6', '6'],
    ['6.0', '6'],
    ['0006', '6'],
    ['1.5', '1.5'],
  ])('quantity %s is %s', async (sent, quantity) => {
    expect(await one(row('1', { quantity: sent }))).toMatchObject({ document: { lines: [{ quantity }] } });
  });
  it.each([
    ['0.0', '0'],
    ['2.5500000000', '2.55'],
    ['11062.06', '11062.06'],
    ['0.123456', '0.123456'],
  ])('price %s is %s', async (sent, unitPrice) => {
    expect(await one(row('1', { price: sent }))).toMatchObject({ document: { lines: [{ unitPrice }] } });
  });
  it.each([
    ['2010-12-01 08:26:00', '2010-12-01'],
    ['12/1/2010 8:26', '2010-12-01'],
    ['1/31/2011 10:05', '2011-01-31'],
    ['1/31/2011 12:05 AM', '2011-01-31'],
    ['2011-11-14T08:10:00', '2011-11-14'],
    ['31.1.2011 10:05', '2011-01-31'],
    ['1.31.2011 10:05', undefined],
    ['31/1/2011 10:05', undefined],
    ['2010-12-01 25:00:00', undefined],
    ['', undefined],
  ])('date %s is %s', (sent, day) => {
    expect(readDay(sent)).toBe(day);
  });
  it('customer numbers lose their .0', async () => {
    expect(await one(row('1', { customer: '12346' }))).toMatchObject({ document: { account: '12346' } });
  });
  it('semicolons stand between cells where commas stand in numbers', async () => {
    const semicolons = (...cells: string[]): string => cells.join(';');
    const { documents } = await read(
      [
        semicolons('1', '85123A', '"RED; WHITE', ' AND ""BLUE"""', '6', '1.12.2010 8:26', '2,55', '17850,0', 'Germany'),
        semicolons('1', 'POST', 'POSTAGE, 1st', '1,0', '01.12.2010', '18', '17850', 'Germany'),
        semicolons('2', '85123A', 'MUG', '6', '1.12.2010', '1.234', '17850', 'Germany'),
        semicolons('3', '85123A', '"MUG', '6', '1.12.2010', '2,5', '17850', 'Germany'),
        semicolons('4', '85123A', 'MUG', '1.200,5', '1.12.2010', '2.5', '17850', 'Germany'),
        semicolons('5', '85123A', 'MUG', '6', '1.12.2010', '2.5', '17850', 'Germany'),
      ].join('\n'),
      UCI_HEADER.join(';'),
    );
    expect(documents.map(({ documentNo, kind }) => [documentNo, kind])).toEqual([
      ['1', 'order'],
      ['2', 'unreadable'],
      ['3', 'unreadable'],
      ['4', 'unreadable'],
      ['5', 'order'],
    ]);
    expect(documents[0]).toMatchObject({
      document: {
        account: '17850',
        orderDate: '2010-12-01',
        lines: [
          { description: 'RED; WHITE; AND "BLUE"', quantity: '6', unitPrice: '2.55' },
          { description: 'POSTAGE, 1st', quantity: '1', unitPrice: '18' },
        ],
      },
    });
    expect(documents[1]).toMatchObject({ text: expect.stringContaining('UnitPrice') as string });
  });
});
