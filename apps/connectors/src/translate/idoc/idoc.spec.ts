import type { CanonicalDespatchAdvice } from '../../canonical/despatch-advice.js';
import { NO_CONTEXT } from '../translation.js';
import { translateBytes } from '../translate-bytes.js';
import { readIdoc } from './idoc.js';

const idoc = (type: string, content: string): Uint8Array =>
  new TextEncoder().encode(
    `<X05><IDOC BEGIN="1"><EDI_DC40><DOCNUM>0000000000012345</DOCNUM><IDOCTYP>X05</IDOCTYP><MESTYP>${type}</MESTYP><SNDPRN>S</SNDPRN><RCVPRN>R</RCVPRN></EDI_DC40>${content}</IDOC></X05>`,
  );
const read = (type: string, content: string) => readIdoc(idoc(type, content), NO_CONTEXT).documents[0];

describe('an IDoc', () => {
  it("ORDERS carries the customer's number, qualified dates and items, and prices per so many", () => {
    const document = read(
      'ORDERS',
      `<E1EDK01><BELNR>4500</BELNR><CURCY>EUR</CURCY></E1EDK01><E1EDK02><QUALF>001</QUALF><BELNR>PO-1</BELNR></E1EDK02>
       <E1EDK03><IDDAT>012</IDDAT><DATUM>20260105</DATUM></E1EDK03><E1EDK03><IDDAT>002</IDDAT><DATUM>00000000</DATUM></E1EDK03>
       <E1EDKA1><PARVW>WE</PARVW><PARTN>W1</PARTN><NAME1>DC North</NAME1><ILNNR>7300010000001</ILNNR></E1EDKA1>
       <E1EDP01><POSEX>000010</POSEX><MENGE>5.000</MENGE><MENEE>ST</MENEE><VPREI>115.00</VPREI><PEINH>100</PEINH>
       <E1EDP19><QUALF>001</QUALF><IDTNR>B-1</IDTNR></E1EDP19><E1EDP19><QUALF>002</QUALF><IDTNR>TEA</IDTNR><KTEXT>Tea</KTEXT></E1EDP19><E1EDP20><EDATU>20260112</EDATU></E1EDP20></E1EDP01>`,
    );
    expect(document?.faults).toEqual([]);
    expect(document).toMatchObject({ type: 'ORDERS', release: 'X05', control: '0000000000012345' });
    expect(document?.canonical?.data).toEqual({
      number: 'PO-1',
      purpose: 'original',
      issued: '2026-01-05',
      currency: 'EUR',
      deliverTo: { ids: [{ scheme: 'sap', value: 'W1' }], gln: '7300010000001', name: 'DC North' },
      references: [{ kind: 'order', number: '4500' }],
      lines: [
        {
          lineNo: '000010',
          item: { buyerItem: 'B-1', sellerItem: 'TEA', description: 'Tea' },
          quantity: { value: '5', unit: 'EA', sentUnit: 'ST' },
          unitPrice: '115',
          per: '100',
          requestedDate: '2026-01-12',
        },
      ],
    });
  });

  it('ORDCHG says of every item what became of it, and what of the whole order', () => {
    const item = (position: string, action: string) =>
      `<E1EDP01>${position}${action}<MENGE>5</MENGE><MENEE>EA</MENEE></E1EDP01>`;
    const change = (action: string) =>
      read(
        'ORDCHG',
        `<E1EDK01><ACTION>${action}</ACTION><BELNR>4500</BELNR></E1EDK01><E1EDK03><IDDAT>012</IDDAT><DATUM>20260105</DATUM></E1EDK03>
         ${item('<POSEX>10</POSEX>', '<ACTION>002</ACTION>')}${item('<POSEX>20</POSEX>', '<ACTION>003</ACTION>')}
         <E1EDP01><POSEX>30</POSEX><ACTION>002</ACTION><MENGE>five</MENGE></E1EDP01>${item('', '<ACTION>001</ACTION>')}${item('<POSEX>50</POSEX>', '')}`,
      );
    const { canonical, faults } = change('002') ?? {};
    expect(faults?.map(({ code }) => code)).toEqual(['number-unreadable']);
    expect(canonical).toMatchObject({
      kind: 'order-change',
      data: {
        number: '4500/12345',
        orderNumber: '4500',
        purpose: 'change',
        lines: [
          { lineNo: '10', action: 'change', sentAction: '002' },
          { lineNo: '20', action: 'delete', sentAction: '003', quantity: { value: '5' } },
          { lineNo: '4', action: 'add' },
          { lineNo: '50' },
        ],
      },
    });
    expect(change('003')?.canonical).toEqual({
      kind: 'order-cancellation',
      data: { number: '4500', orderNumber: '4500', issued: '2026-01-05' },
    });
  });

  it('ORDERS leaves out what was deleted, and says what it does', () => {
    const item = (position: string, action: string) =>
      `<E1EDP01><POSEX>${position}</POSEX><ACTION>${action}</ACTION><MENGE>5</MENGE><MENEE>KAR</MENEE></E1EDP01>`;
    const order = (action: string) =>
      read(
        'ORDERS',
        `<E1EDK01><ACTION>${action}</ACTION><BELNR>4500</BELNR></E1EDK01>${item('10', '001')}${item('20', '003')}`,
      );
    expect(order('000')).toMatchObject({
      faults: [],
      canonical: {
        data: { purpose: 'original', lines: [{ lineNo: '10', quantity: { unit: 'CT', sentUnit: 'KAR' } }] },
      },
    });
    expect(order('002')?.canonical?.data).toMatchObject({ purpose: 'change' });
    expect(order('003')?.canonical?.data).toMatchObject({ purpose: 'cancel' });
  });

  it.each(['DESADV', 'SHPCON'])('%s carries items, handling units and the order that they are of', (type) => {
    const document = read(
      type,
      `<E1EDL20><VBELN>0080001</VBELN><BTGEW>12.5</BTGEW><GEWEI>KGM</GEWEI><E1EDT13><QUALF>006</QUALF><ISDD>20260105</ISDD><ISDZ>233000</ISDZ></E1EDT13>
       <E1EDL24><POSNR>000010</POSNR><MATNR>TEA</MATNR><LFIMG>3</LFIMG><VRKME>PCE</VRKME><CHARG>L1</CHARG><E1EDL41><QUALI>001</QUALI><BSTNR>PO-1</BSTNR><POSEX>10</POSEX></E1EDL41></E1EDL24>
       <E1EDL37><EXIDV>00106141411234567897</EXIDV><E1EDL44><POSNR>000010</POSNR></E1EDL44></E1EDL37></E1EDL20>`,
    );
    expect(document?.faults).toEqual([]);
    expect(document?.canonical?.data).toMatchObject({
      number: '0080001',
      despatched: '2026-01-05T23:30:00',
      orderNumber: 'PO-1',
      weight: { value: '12.5', unit: 'KGM' },
      packages: [{ sscc: '106141411234567897' }],
      lines: [
        {
          orderLineNo: '10',
          item: { sellerItem: 'TEA' },
          instances: [{ lot: 'L1' }],
          packages: ['106141411234567897'],
        },
      ],
    });
  });

  it.each([
    ['INVO', 'invoice'],
    ['CRME', 'credit-note'],
  ])('INVOIC of type %s is a %s with qualified sums', (type, kind) => {
    const document = read(
      'INVOIC',
      `<E1EDK01><CURCY>EUR</CURCY><BSART>${type}</BSART><BELNR>900</BELNR></E1EDK01><E1EDK04><MSATZ>20</MSATZ><MWSBT>20.00</MWSBT></E1EDK04>
       <E1EDP01><POSEX>10</POSEX><MENGE>1</MENGE><MENEE>EA</MENEE><E1EDP02><QUALF>001</QUALF><BELNR>PO-1</BELNR><ZEILE>1</ZEILE></E1EDP02><E1EDP26><QUALF>003</QUALF><BETRG>100.00</BETRG></E1EDP26></E1EDP01>
       <E1EDS01><SUMID>010</SUMID><SUMME>100.00</SUMME></E1EDS01><E1EDS01><SUMID>011</SUMID><SUMME>120.00</SUMME></E1EDS01>`,
    );
    expect(document?.canonical).toMatchObject({
      kind,
      data: {
        number: '900',
        lines: [{ orderNumber: 'PO-1', orderLineNo: '1', amount: { minor: 10_000, currency: 'EUR' } }],
        taxes: [{ percent: '20', tax: { minor: 2000 } }],
        totals: { net: { minor: 10_000 }, gross: { minor: 12_000 }, payable: { minor: 12_000 } },
      },
    });
  });

  it('DESADV: an item that was split is its batches, each of the order that the item is of', () => {
    const item = (position: string, quantity: string, more: string) =>
      `<E1EDL24><POSNR>${position}</POSNR><MATNR>TEA</MATNR><LFIMG>${quantity}</LFIMG><VRKME>PCE</VRKME>${more}</E1EDL24>`;
    const document = read(
      'DESADV',
      `<E1EDL20><VBELN>1</VBELN>${item('000010', '0.000', '<HIPOS>000000</HIPOS><E1EDL41><QUALI>001</QUALI><BSTNR>PO-1</BSTNR><POSEX>10</POSEX></E1EDL41>')}
       ${item('900001', '6.000', '<CHARG>B1</CHARG><HIPOS>000010</HIPOS>')}${item('900002', '4.000', '<CHARG>B2</CHARG><HIPOS>000010</HIPOS>')}
       ${item('000020', '0.000', '')}<E1EDL37><EXIDV>H1</EXIDV><E1EDL44><POSNR>000010</POSNR></E1EDL44></E1EDL37></E1EDL20>`,
    );
    const { lines } = document?.canonical?.data as CanonicalDespatchAdvice;
    expect(lines.map((line) => [line.lineNo, line.orderNumber, line.orderLineNo, line.quantity.value])).toEqual([
      ['900001', 'PO-1', '10', '6'],
      ['900002', 'PO-1', '10', '4'],
      ['000020', undefined, undefined, '0'],
    ]);
    expect(lines.map(({ packages }) => packages)).toEqual([['H1'], ['H1'], undefined]);
  });

  it('a price among the conditions is the price, a tax is none of them, and the others are on top', () => {
    const condition = (type: string, sign: string, amount: string, more = '') =>
      `<E1EDP05><ALCKZ>${sign}</ALCKZ><KSCHL>${type}</KSCHL><BETRG>${amount}</BETRG>${more}</E1EDP05>`;
    const item = `<E1EDP01><POSEX>10</POSEX><MENGE>10</MENGE><MENEE>PCE</MENEE>${condition('PR00', '+', '125.00', '<KRATE>1250</KRATE><UPRBS>100</UPRBS>')}
      ${condition('MWST', '+', '23.75')}${condition('K007', '-', '5.00')}<E1EDPT1><E1EDPT2><TDLINE>Fragile</TDLINE></E1EDPT2></E1EDPT1></E1EDP01>`;
    for (const type of ['INVOIC', 'ORDERS'])
      expect(read(type, `<E1EDK01><CURCY>EUR</CURCY><BELNR>1</BELNR></E1EDK01>${item}`)?.canonical?.data).toMatchObject(
        {
          lines: [
            {
              unitPrice: '1250',
              per: '100',
              allowanceCharges: [{ charge: false, code: 'K007', amount: { minor: 500 } }],
            },
          ],
        },
      );
  });

  it('without items, or with a quantity that is none, belongs in quarantine', () => {
    expect(read('DESADV', '<E1EDL20><VBELN>1</VBELN></E1EDL20>')?.faults.map(({ path }) => path)).toEqual([
      '/X05/IDOC/E1EDL20/E1EDL24',
    ]);
    const wrong = '<E1EDK01><BELNR>1</BELNR></E1EDK01><E1EDP01><MENGE>five</MENGE></E1EDP01>';
    expect(read('ORDERS', wrong)?.faults.map(({ code, path }) => [code, path])).toEqual([
      ['number-unreadable', '/X05/IDOC/E1EDP01/MENGE'],
    ]);
  });

  it('of a message that nobody mapped says so, and several in one file are several documents', () => {
    expect(read('MATMAS', '')?.faults.map(({ code }) => code)).toEqual(['message-unsupported']);
    const two = new TextEncoder().encode('<A><IDOC/><IDOC/></A>');
    expect(readIdoc(two, NO_CONTEXT).documents).toHaveLength(2);
  });
});

describe('a flat IDoc', () => {
  const put = (record: string, from: number, text: string): string =>
    record.slice(0, from) + text + record.slice(from + text.length);
  const control = [
    [0, 'EDI_DC40'],
    [10, '100'],
    [13, '0000000000012345'],
    [39, 'ORDERS05'],
    [99, 'ORDERS'],
    [162, 'ACMECLNT01'],
    [277, 'CROSSDOCK'],
  ].reduce((record, [from, text]) => put(record, Number(from), String(text)), ' '.repeat(524));

  it('is told by its control record, and waits for a person: nothing is guessed', () => {
    const bytes = new TextEncoder().encode(`${control}\r\nE2EDK01005                    1000000000000012345\r\n`);
    expect(translateBytes(bytes, NO_CONTEXT)).toMatchObject({
      standard: 'IDoc',
      interchanges: [
        {
          sender: 'ACMECLNT01',
          receiver: 'CROSSDOCK',
          documents: [
            {
              type: 'ORDERS',
              release: 'ORDERS05',
              control: '0000000000012345',
              faults: [{ code: 'message-unsupported' }],
            },
          ],
        },
      ],
    });
  });

  it('without its control record is told by its basic type, and its day by the number of the customer', () => {
    const order = `<E1EDK01><BELNR>1</BELNR></E1EDK01><E1EDK02><QUALF>001</QUALF><BELNR>PO-1</BELNR><DATUM>20260105</DATUM></E1EDK02>
      <E1EDP01><POSEX>10</POSEX><MENGE>5</MENGE></E1EDP01>`;
    const bytes = new TextEncoder().encode(`<ORDERS05><IDOC BEGIN="1">${order}</IDOC></ORDERS05>`);
    const [document] = readIdoc(bytes, NO_CONTEXT).documents;
    expect(document).toMatchObject({ type: 'ORDERS', number: 'PO-1', faults: [] });
    expect(document?.canonical?.data).toMatchObject({ issued: '2026-01-05' });
  });

  it('with a weight of no unit has no weight, never one in pieces', () => {
    const units = `<E1EDL37><EXIDV>1</EXIDV><BRGEW>10</BRGEW></E1EDL37><E1EDL37><EXIDV>2</EXIDV><BRGEW>10</BRGEW><GEWEI>KG</GEWEI></E1EDL37>`;
    const item = '<E1EDL24><POSNR>10</POSNR><LFIMG>1</LFIMG></E1EDL24>';
    const { data } = read('DESADV', `<E1EDL20><VBELN>8</VBELN>${item}${units}</E1EDL20>`)?.canonical ?? {};
    const { packages } = data as { packages: readonly { id: string; weight?: unknown }[] };
    expect(packages.map(({ weight }) => weight)).toEqual([undefined, { value: '10', unit: 'KGM', sentUnit: 'KG' }]);
  });
});
