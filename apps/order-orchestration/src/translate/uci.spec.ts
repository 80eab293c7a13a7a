import { HEADER, one, read, row } from './uci.builders.js';
import { WrongHeader } from './uci-file.js';

describe('rows of one document number', () => {
  it('are one order, wherever they stand', async () => {
    const { documents, summary } = await read(
      [row('1'), row('2', { customer: '' }), row('1', { item: 'POST', price: '18.0' })].join('\n'),
    );
    expect(summary).toEqual({ encoding: 'utf-8', rows: 3, documents: 2 });
    expect(documents.map(({ documentNo, row: first }) => [documentNo, first])).toEqual([
      ['2', 3],
      ['1', 2],
    ]);
    expect(documents[1]).toMatchObject({
      kind: 'order',
      document: {
        documentNo: '1',
        customerPo: '1',
        account: '17850',
        currency: 'GBP',
        orderDate: '2010-12-01',
        shipTo: { country: 'GB' },
        backorders: 'allowed',
        lines: [
          { lineNo: 1, item: '85123A', kind: 'goods', quantity: '6', unitPrice: '2.55', description: 'HOLDER' },
          { lineNo: 2, item: 'POST', kind: 'freight', unitPrice: '18' },
        ],
      },
    });
    expect(documents[0]).toMatchObject({ document: { account: 'GUEST' } });
  });

  it('that begin with C and take back are a return', async () => {
    const document = await one(row('C5', { quantity: '-2' }), row('C5', { item: 'D', quantity: '-1', price: '27.5' }));
    expect(document).toMatchObject({
      kind: 'return',
      document: {
        returnDate: '2010-12-01',
        country: 'GB',
        node: 'DC1',
        lines: [
          { kind: 'goods', quantity: '2' },
          { kind: 'charge', quantity: '1' },
        ],
      },
    });
  });

  it('that all take away are a stock adjustment, for the reason in the description', async () => {
    const document = await one(
      row('6', { quantity: '-10', text: '', price: '0.0', customer: '' }),
      row('6', { quantity: '-3', text: 'wet rusty' }).replace('17850.0', ''),
    );
    expect(document).toMatchObject({
      kind: 'adjustment',
      document: {
        reason: 'wet rusty',
        node: 'DC1',
        adjustmentDate: '2010-12-01',
        lines: [{ quantity: '-10' }, { quantity: '-3' }],
      },
    });
  });

  it('that takes charges away says that they are none of the stock', async () => {
    const document = await one(row('6', { quantity: '-10' }), row('6', { item: 'post', quantity: '-1' }));
    expect((document as { document: { lines: object[] } }).document.lines).toEqual([
      expect.not.objectContaining({ kind: expect.anything() }),
      expect.objectContaining({ item: 'post', kind: 'freight' }),
    ]);
  });

  it.each<[string, string, string, string[]]>([
    ['mixed signs', 'mixed-signs', 'row 3', [row('1'), row('1', { quantity: '-1' })]],
    ['a return that gives', 'mixed-signs', '', [row('C1')]],
    ['a quantity of 0', 'quantity-zero', 'row 2', [row('1', { quantity: '0' })]],
    ['an accounting entry', 'accounting-document', '', [row('A563186', { item: 'B', price: '-11062.06' })]],
    ['a number of no known form', 'document-kind-unknown', '', [row('X1')]],
    ['two customers', 'rows-disagree', 'row 3', [row('1'), row('1', { customer: '99.0' })]],
    ['a price that is none', 'unreadable-row', 'UnitPrice', [row('1'), row('1', { price: 'free' })]],
    ['a negative price', 'unreadable-row', 'UnitPrice', [row('1', { price: '-1.00' })]],
    ['a price in scientific notation', 'unreadable-row', 'UnitPrice', [row('1', { price: '1e-05' })]],
    ['a price of 7 decimals', 'unreadable-row', 'UnitPrice', [row('1', { price: '0.1234567' })]],
    ['a price with a decimal comma', 'unreadable-row', 'UnitPrice', [row('1', { price: '"2,55"' })]],
    ['a quantity that is none', 'unreadable-row', 'Quantity', [row('1', { quantity: 'six' })]],
    ['a quantity with its thousands apart', 'unreadable-row', 'Quantity', [row('1', { quantity: '"1,200"' })]],
    ['a quantity that a spreadsheet shortened', 'unreadable-row', 'Quantity', [row('1', { quantity: '1.2E+03' })]],
    ['a number that a spreadsheet shortened', 'document-kind-unknown', '', [row('5.36E+05')]],
    ['an item that a spreadsheet shortened', 'unreadable-row', 'StockCode', [row('1', { item: '8.51E+04' })]],
    ['a customer that a spreadsheet shortened', 'unreadable-row', 'CustomerID', [row('1', { customer: '1.8E+04' })]],
    ['a date that is none', 'unreadable-row', 'InvoiceDate', [row('1', { date: '2010-02-30 08:26:00' })]],
    ['no number', 'unreadable-row', 'InvoiceNo', [row('')]],
    ['nothing in them', 'unreadable-row', 'InvoiceNo', [',,,,,,,']],
    ['a number that is too long', 'document-kind-unknown', '', [row('9'.repeat(65))]],
    ['no item', 'unreadable-row', 'StockCode', [row('1', { item: '' })]],
    ['a column too few', 'unreadable-row', 'columns', [row('1'), '1,85123A,HOLDER,6']],
    ['a column too many', 'unreadable-row', 'columns', [`${row('1')},more`]],
  ])('with %s are put aside', async (_, reason, text, rows) => {
    const document = await one(...rows);
    expect(document).toMatchObject({ kind: 'unreadable', reason, text: expect.stringContaining(text) as string });
    expect((document as unknown as { content: { rows: unknown[] } }).content.rows).toHaveLength(rows.length);
  });
});

describe('quotes', () => {
  it('keep commas, quotes and line breaks of a description', async () => {
    const document = await one(
      row('1', { text: '"FANCY FONT BIRTHDAY CARD, "' }),
      row('1', { text: '"LETTER ""A"" RING"' }),
      row('1', { text: '"TWO\nLINES"' }),
    );
    expect(document).toMatchObject({
      document: {
        lines: [
          { description: 'FANCY FONT BIRTHDAY CARD,' },
          { description: 'LETTER "A" RING' },
          { description: 'TWO\nLINES' },
        ],
      },
    });
  });
  it('may hold lines that begin like a row', async () => {
    const document = await one(row('1', { text: '"SET OF\n6, RED AND\n12,GREEN"' }), row('1', { text: '"5, 6"' }));
    expect(document).toMatchObject({
      document: { lines: [{ description: 'SET OF\n6, RED AND\n12,GREEN' }, { description: '5, 6' }] },
    });
  });
  it('that nobody closes do not swallow a row that is whole, or begins another cell', async () => {
    const { documents } = await read(
      [row('1', { text: '"PLATE' }), row('2'), row('3', { text: '"CUP' }), '4,85123A,"SAUCER"'].join('\n'),
    );
    expect(documents.map(({ documentNo, kind }) => [documentNo, kind])).toEqual([
      ['1', 'unreadable'],
      ['2', 'order'],
      ['3', 'unreadable'],
      ['4', 'unreadable'],
    ]);
  });
  it('that stand alone in a cell are part of it', async () => {
    expect(await one(row('1', { text: '5" PLATE' }))).toMatchObject({
      document: { lines: [{ description: '5" PLATE' }] },
    });
  });
  it('that nobody closes spoil their own row, not the file', async () => {
    const { documents } = await read(
      [row('1'), row('2', { text: '"PLATE' }), row('3', { text: '"CUP' }), row('4')].join('\n'),
    );
    expect(documents.map(({ documentNo, kind }) => [documentNo, kind])).toEqual([
      ['1', 'order'],
      ['2', 'unreadable'],
      ['3', 'unreadable'],
      ['4', 'order'],
    ]);
  });
});

describe('a file', () => {
  it('may be Windows-1252', async () => {
    const { documents, summary } = await read(Buffer.from(row('1', { text: 'CAFÉ £5' }), 'latin1'));
    expect(summary?.encoding).toBe('windows-1252');
    expect(documents[0]).toMatchObject({ document: { lines: [{ description: 'CAFÉ £5' }] } });
  });
  it('may begin with a byte order mark and end its lines in any way', async () => {
    const { documents } = await read(`${row('1')}\r\n\r\n${row('2')}`, `\ufeff${HEADER}\r`);
    expect(documents.map(({ kind }) => kind)).toEqual(['order', 'order']);
  });
  it('may end its lines by CR alone', async () => {
    const { documents, summary } = await read('', [HEADER, row('1'), row('2'), ''].join('\r'));
    expect(summary?.rows).toBe(2);
    expect(documents.map(({ kind }) => kind)).toEqual(['order', 'order']);
  });
  it('that ends within a row puts that document aside; the others go on', async () => {
    const { documents } = await read(
      [row('536365'), row('536366'), row('536365', { text: 'SECOND' }).slice(0, 22)].join('\n'),
    );
    expect(documents.map(({ documentNo, kind }) => [documentNo, kind])).toEqual([
      ['536366', 'order'],
      ['536365', 'unreadable'],
    ]);
  });
  it('that ends within a document number puts aside the document that the row may belong to', async () => {
    const { documents, summary } = await read([row('536365'), row('536366'), '5363'].join('\n'));
    expect(documents.map(({ documentNo, kind }) => [documentNo, kind])).toEqual([
      ['536365', 'order'],
      ['536366', 'unreadable'],
    ]);
    expect(summary?.documents).toBe(2);
  });
  it('has two documents for two numbers that are both too long', async () => {
    const { documents } = await read([row('9'.repeat(80)), row(`${'9'.repeat(80)}1`)].join('\n'));
    expect(new Set(documents.map(({ documentNo }) => documentNo)).size).toBe(2);
  });
  it.each([['Order,Item'], ['InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID'], ['']])(
    'with the header %j is refused whole',
    async (header) => {
      await expect(read(row('1'), header)).rejects.toThrow(WrongHeader);
    },
  );
  it('with nothing below its header has no documents', async () => {
    expect(await read('')).toMatchObject({ documents: [], summary: { rows: 0 } });
  });
  it('of many rows, the rows of its documents mixed, is read whole', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => row(String(500_000 + (at % 900)), { text: '"A, B"' }));
    const { documents } = await read(rows.join('\n'));
    expect(documents).toHaveLength(900);
  });
});
