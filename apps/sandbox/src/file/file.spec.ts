import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCanonical, readNdjson } from './ndjson.js';
import { dayOfUci, readUci } from './uci.js';

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const row = (
  documentNo: string,
  more: { item?: string; quantity?: string; price?: string; customer?: string; text?: string } = {},
) =>
  [
    documentNo,
    more.item ?? '85123A',
    more.text ?? 'HOLDER',
    more.quantity ?? '6',
    '2010-12-01 08:26:00',
    more.price ?? '2.55',
    more.customer ?? '17850.0',
    'United Kingdom',
  ].join();

describe('an order file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-file-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const uci = async (...rows: (string | Buffer)[]) => {
    const path = join(folder, 'orders.csv');
    await writeFile(
      path,
      Buffer.concat([HEADER, ...rows].map((line) => Buffer.concat([Buffer.from(line), Buffer.from('\r\n')]))),
    );
    return readUci(path);
  };
  const typeOf = async (...rows: string[]) => (await uci(...rows)).map(({ type }) => type);

  it('has a document per invoice number, wherever its rows stand', async () => {
    const documents = await uci(row('1'), row('2', { customer: '' }), row('1', { item: 'POST', quantity: '1' }));
    expect(documents).toHaveLength(2);
    expect(documents[0]).toMatchObject({ type: 'order', documentNo: '1', account: '17850', date: '2010-12-01' });
    expect(documents[0]?.lines.map(({ kind }) => kind)).toEqual(['goods', 'freight']);
    expect(documents[1]).toMatchObject({ account: 'GUEST' });
  });

  it('tells orders, returns and adjustments by number and sign', async () => {
    expect(await typeOf(row('1'))).toEqual(['order']);
    expect(await typeOf(row('1', { quantity: '-3' }))).toEqual(['adjustment']);
    expect(await typeOf(row('C1', { quantity: '-3' }))).toEqual(['return']);
  });

  it.each([
    ['mixed signs', [row('1'), row('1', { quantity: '-1' })]],
    ['a quantity of 0', [row('1', { quantity: '0' })]],
    ['a number that is none', [row('A1')]],
    ['a price that is none', [row('1'), row('1', { price: 'free' })]],
    ['a date that is none', [row('1').replace('2010-12-01', '2010-13-01')]],
    ['two customers', [row('1'), row('1', { customer: '12345' })]],
    ['a date without a moment', [row('1').replace('08:26', '25:26')]],
    ['half a row at the end', [row('1'), '1,85123A,HOL']],
  ])('has a document to be parked for %s', async (_, rows) => {
    expect(await typeOf(...rows)).toEqual(['other']);
  });

  it('loses one row to a stray quote, not the rest of the file', async () => {
    const documents = await uci(row('1'), row('2').replace('HOLDER', '"HOLDER'), row('3'));
    expect(documents.map(({ type }) => type)).toEqual(['order', 'other', 'order']);
  });

  it('may have commas and line breaks in quoted cells', async () => {
    const [document] = await uci(row('1', { text: '"HOLDER, ""WHITE""\nLARGE"' }));
    expect(document).toMatchObject({ type: 'order', lines: [{ description: 'HOLDER, "WHITE"\nLARGE' }] });
  });

  it('may have lines in a quoted cell that begin like a row', async () => {
    const [document, ...more] = await uci(row('1', { text: '"SET OF\n6, RED"' }));
    expect([document?.lines[0]?.description, more]).toEqual(['SET OF\n6, RED', []]);
  });

  it('has no whole document where it ends within its number', async () => {
    expect(await typeOf(row('536365'), row('536366'), '5363')).toEqual(['order', 'other', 'other']);
  });

  it('has an order for part of a unit, which needs no stock because it will be refused', async () => {
    const [document] = await uci(row('1', { quantity: '1.5' }));
    expect(document).toMatchObject({ type: 'order', lines: [{ quantity: undefined }] });
  });

  it('may be Windows-1252', async () => {
    const [document] = await uci(Buffer.from(row('1', { text: 'CAFÉ' }), 'latin1'));
    expect(document?.lines[0]?.description).toBe('CAFÉ');
  });

  it('is refused with a wrong header, or none', async () => {
    const path = join(folder, 'wrong.csv');
    await writeFile(path, 'Order,Item\n1,2\n');
    await expect(readUci(path)).rejects.toMatchObject({ code: 'header-wrong' });
    await writeFile(path, '');
    await expect(readUci(path)).rejects.toMatchObject({ code: 'header-wrong' });
  });

  it('knows both ways to write a date', () => {
    expect(dayOfUci('2010-12-01 08:26:00')).toBe('2010-12-01');
    expect(dayOfUci('12/1/2010 8:26')).toBe('2010-12-01');
    expect(dayOfUci('2/30/2010 8:26')).toBeUndefined();
  });

  it('may be canonical JSON lines; lines that are no document are passed over', async () => {
    const path = join(folder, 'orders.ndjson');
    const order = {
      type: 'order',
      documentNo: 'A-1',
      account: 'ACME',
      currency: 'GBP',
      orderDate: '2026-11-21',
      shipTo: { country: 'GB' },
      lines: [{ lineNo: 1, item: 'TEA', quantity: '6', unitPrice: '2.5' }],
    };
    await writeFile(path, `${JSON.stringify(order)}\n{"half\n\n`);
    expect(await readNdjson(path)).toEqual([
      {
        type: 'order',
        documentNo: 'A-1',
        account: 'ACME',
        currency: 'GBP',
        date: '2026-11-21',
        lines: [{ item: 'TEA', kind: 'goods', quantity: 6, unitPrice: '2.5' }],
      },
    ]);
  });

  it('has an order that breaks its schema, or a number that stands twice, only to be parked', async () => {
    const order = {
      documentNo: 'A-1',
      account: 'ACME',
      currency: 'GBP',
      shipTo: { country: 'GB' },
      lines: [{ lineNo: 1, item: 'TEA', quantity: '6' }],
    };
    const path = join(folder, 'twice.ndjson');
    const lines = [order, order, { ...order, documentNo: 'A-2', colour: 'red' }];
    await writeFile(path, lines.map((line) => JSON.stringify(line)).join('\n'));
    expect((await readNdjson(path)).map(({ type }) => type)).toEqual(['order', 'other', 'other']);
  });

  it('needs stock for what adjustments take away, not for what they add', () => {
    const adjustment = {
      type: 'adjustment',
      documentNo: '9',
      node: 'DC1',
      lines: [
        { item: 'TEA', quantity: '-4' },
        { item: 'POT', quantity: '3' },
      ],
    };
    expect(readCanonical(JSON.stringify(adjustment))?.lines).toEqual([{ item: 'TEA', kind: 'goods', quantity: 4 }]);
  });
});
