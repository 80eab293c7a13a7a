import { partsOf, remaining, timeOf, type Upload } from './input.ts';

const HEAD = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n';
const row = (invoice: string, time: string, description = 'TEA SET') =>
  `${invoice},85123A,${description},6,2010-12-01 ${time}:00,2.55,17850.0,United Kingdom\n`;
const text = async (upload: Upload): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of upload.open()) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('latin1');
};

describe('an order file at a pace', () => {
  it('goes out document by document, every part with the header', async () => {
    const file = HEAD + row('1', '08:00') + row('1', '08:00') + row('2', '18:00');
    const parts = partsOf('day.csv', 'uci', file, { kind: 'within', ms: 1_000 });
    expect(parts.map(({ name, afterMs }) => [name, afterMs])).toEqual([
      ['day.csv.1', 0],
      ['day.csv.2', 1_000],
    ]);
    expect(await text(parts[0] as Upload)).toBe(HEAD + row('1', '08:00') + row('1', '08:00'));
  });

  it('keeps all rows of a document together wherever they stand', async () => {
    const file = HEAD + row('1', '08:00') + row('2', '09:00') + row('1', '08:00');
    const [first] = partsOf('day.csv', 'uci', file, { kind: 'within', ms: 1_000 });
    expect(await text(first as Upload)).toBe(HEAD + row('1', '08:00') + row('1', '08:00'));
  });

  it('keeps bytes and quoted line breaks as they are', async () => {
    const file = HEAD + row('1', '08:00', '"POUND \u00a3, a\nb"').replace(/\n$/, '');
    const [only] = partsOf('day.csv', 'uci', file, { kind: 'times', factor: 60 });
    expect(await text(only as Upload)).toBe(`${file}\n`);
  });

  it('reads both forms of a date', () => {
    expect(timeOf('12/1/2010 8:26')).toBe(timeOf('2010-12-01 08:26:00'));
    expect(timeOf('yesterday')).toBeUndefined();
  });

  it('goes on with what was not sent when it is taken up again, in the same parts', () => {
    const file = HEAD + row('1', '08:00') + row('2', '13:00') + row('3', '18:00');
    const parts = partsOf('day.csv', 'uci', file, { kind: 'within', ms: 1_000 });
    const times = (pace: Parameters<typeof remaining>[2]) =>
      remaining(parts, { 'day.csv.1': 'job' }, pace).map(({ name, afterMs }) => [name, afterMs]);
    expect(times({ kind: 'within', ms: 1_000 })).toEqual([
      ['day.csv.1', 0],
      ['day.csv.2', 0],
      ['day.csv.3', 500],
    ]);
    expect(times({ kind: 'max' }).map(([, afterMs]) => afterMs)).toEqual([0, 0, 0]);
  });
});
