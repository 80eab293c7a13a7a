import type { CanonicalInvoice } from '../../canonical/invoice.js';
import type { CanonicalOrder } from '../../canonical/order.js';
import { asSaid } from '../../../test/as-said.js';
import { translateX12 } from '../x12/translate.js';
import { writeX12 } from '../x12/write.js';
import { NO_CONTEXT, type TranslatedDocument, type TranslationContext } from '../translation.js';
import { aMessage, anInterchange, anOrders, ORDERS } from './edifact.builders.js';
import { translateEdifact } from './translate.js';
import { bytesOfEdifact, writeEdifact } from './write.js';

const documentOf = (message: readonly string[], context: TranslationContext = NO_CONTEXT): TranslatedDocument =>
  translateEdifact(bytesOfEdifact(anInterchange([message])), context)[0]?.documents[0] as TranslatedDocument;
const orderOf = (message: readonly string[], context?: TranslationContext): CanonicalOrder =>
  documentOf(message, context).canonical?.data as CanonicalOrder;

const HEAD = ['BGM+220+PO-1+9', 'DTM+137:20260912:102'];

describe('what is wrong in an EDIFACT document', () => {
  it('a line count that is not true names both numbers, and the lines are still read', () => {
    const document = documentOf(aMessage(ORDERS, '1', ...HEAD, 'LIN+1', 'QTY+21:3', 'UNS+S', 'CNT+2:4'));
    expect(document.faults).toEqual([
      { code: 'count-differs', path: 'CNT01-2', text: 'CNT01-2 declares 4, counted 1 LIN lines' },
    ]);
    expect((document.canonical?.data as CanonicalOrder).lines).toHaveLength(1);
  });

  it.each(['constructor', '__proto__', 'toString'])('a code that is called %s is one that nobody knows', (code) => {
    const head = ['BGM+220+PO-1+9', `DTM+137:20260912:${code}`, `NAD+BY+77:${code}:${code}`];
    const { canonical, faults } = documentOf(aMessage(ORDERS, '1', ...head, 'LIN+1', 'QTY+21:3', 'UNS+S', 'CNT+2:1'));
    expect(faults).toEqual([]);
    expect(canonical?.data).toMatchObject({ issued: '2026-09-12', buyer: { ids: [{ scheme: code, value: '77' }] } });
  });

  it.each([
    ['element-missing', 'BGM', aMessage(ORDERS, '1', 'DTM+137:20260912:102', 'LIN+1', 'QTY+21:3', 'UNS+S')],
    ['element-missing', 'DTM', aMessage(ORDERS, '1', 'BGM+220+PO-1', 'LIN+1', 'QTY+21:3', 'UNS+S')],
    ['element-missing', 'UNS', aMessage(ORDERS, '1', ...HEAD, 'LIN+1', 'QTY+21:3')],
    ['element-missing', 'BGM02', aMessage(ORDERS, '1', 'BGM+220', 'LIN+1', 'QTY+21:3')],
    ['date-unreadable', 'DTM01-2', aMessage(ORDERS, '1', 'BGM+220+PO-1', 'DTM+137:20260230:102', 'LIN+1')],
    ['number-unreadable', 'QTY01-2', anOrders('1', 'LIN+1', 'QTY+21:1.000,5')],
    ['code-unmapped', 'QTY01-3', anOrders('1', 'LIN+1', 'QTY+21:3:GBND')],
    ['element-missing', 'LIN[2]', anOrders('1', 'LIN+1', 'QTY+21:3', 'LIN+2')],
    ['message-unsupported', 'UNH02-1', aMessage('APERAK:D:96A:UN', '1', 'BGM+312')],
  ])('%s at %s', (code, path, message) => {
    expect(documentOf(message).faults.filter((fault) => fault.path === path)).toMatchObject([{ code, path }]);
  });
});

describe('what an EDIFACT document says', () => {
  it.each([
    ['1,5:KGM', { value: '1.5', unit: 'KGM' }],
    ['1.5:KGM', { value: '1.5', unit: 'KGM' }],
    ['-2', { value: '-2', unit: 'EA' }],
    ['3:PCE', { value: '3', unit: 'H87', sentUnit: 'PCE' }],
  ])('quantity %s', (sent, quantity) => {
    expect(orderOf(anOrders('1', 'LIN+1', `QTY+21:${sent}`)).lines[0]?.quantity).toEqual(quantity);
  });

  it('a message without UNS has its counts checked too', () => {
    const { faults } = documentOf(aMessage(ORDERS, '1', ...HEAD, 'LIN+1', 'QTY+21:3', 'CNT+2:4'));
    expect(faults).toMatchObject([{ path: 'UNS' }, { code: 'count-differs', path: 'CNT01-2' }]);
  });

  it.each([
    ['20260911:102', undefined, '2026-09-11'],
    ['260911:101', undefined, '2026-09-11'],
    ['202609111415:203', '2026-09-11T14:15:00', '2026-09-11'],
    ['20260911141530:204', '2026-09-11T14:15:30', '2026-09-11'],
    ['202609111415UTC:303', '2026-09-11T14:15:00Z', '2026-09-11'],
    ['202609111415CET:303', '2026-09-11T14:15:00', '2026-09-11'],
    ['11092026:4', undefined, '2026-09-11'],
    ['091126:3', undefined, '2026-09-11'],
    ['2609111415UTC:301', '2026-09-11T14:15:00Z', '2026-09-11'],
    ['2026091120260918:711', undefined, '2026-09-11'],
    ['202609111415202609111600:719', '2026-09-11T14:15:00', '2026-09-11'],
    ['36:615', undefined, undefined],
    ['1415:401', undefined, undefined],
    ['20260911', undefined, '2026-09-11'],
  ])('document date %s', (sent, issuedAt, issued) => {
    const order = orderOf(aMessage(ORDERS, '1', 'BGM+220+PO-1+9', `DTM+137:${sent}`, 'LIN+1', 'QTY+21:1', 'UNS+S'));
    expect([order.issuedAt, order.issued]).toEqual([issuedAt, issued]);
  });
});

describe('what a despatch advice says', () => {
  const DESADV = 'DESADV:D:96A:UN:EAN005';
  const adviceOf = (...segments: readonly string[]) => {
    const { canonical, faults } = documentOf(
      aMessage(DESADV, '1', 'BGM+351+S-1+9', 'DTM+137:20260912:102', ...segments),
    );
    return { faults, advice: canonical?.data };
  };

  it('a line that stands below no packing is a line all the same', () => {
    expect(
      adviceOf('LIN+1++5790000000012:EN', 'QTY+12:4', 'LIN+2', 'PIA+1+TEA:SA', 'QTY+12:6', 'CNT+2:2'),
    ).toMatchObject({
      faults: [],
      advice: { lines: [{ quantity: { value: '4' } }, { item: { sellerItem: 'TEA' }, quantity: { value: '6' } }] },
    });
  });

  it('a batch is told by PIA, GIN or RFF, a serial number by PIA or GIN', () => {
    const line = (...segments: readonly string[]) => ['CPS+1', 'LIN+1', 'QTY+12:1', ...segments];
    for (const batch of ['PIA+1+L-7:NB', 'GIN+BX+L-7', 'RFF+BT:L-7'])
      expect(adviceOf(...line(batch)).advice).toMatchObject({ lines: [{ instances: [{ lot: 'L-7' }] }] });
    expect(adviceOf(...line('PIA+1+L-7:NB+S-9:SN')).advice).toMatchObject({
      lines: [{ instances: [{ lot: 'L-7', serial: 'S-9' }] }],
    });
  });

  it('the name in a TDT is the carrier’s, unless a party is', () => {
    const TDT = 'TDT+20++30:ROAD EXPRESS+31+DSV::87:DSV ROAD';
    expect(adviceOf(TDT).advice).toMatchObject({
      carrierCode: 'DSV',
      service: 'ROAD EXPRESS',
      carrier: { name: 'DSV ROAD' },
    });
    expect(adviceOf('NAD+CA+++OTHER', TDT).advice).toMatchObject({ carrier: { name: 'OTHER' } });
  });
});

it.each(['2', '4'])('what an assortment is made of comes with it, and is not ordered besides (CNT %s)', (count) => {
  const assortment = ['LIN+1++5790000000012:EN', 'QTY+21:10', 'LIN+2++5790000000029:EN+1:1', 'QTY+21:6'];
  const more = ['LIN+3++5790000000036:EN+1:1', 'QTY+21:6', 'LIN+4++5790000000043:EN', 'QTY+21:1'];
  const { faults, canonical } = documentOf(
    aMessage(ORDERS, '1', ...HEAD, ...assortment, ...more, 'UNS+S', `CNT+2:${count}`),
  );
  expect(faults).toEqual([]);
  expect((canonical?.data as CanonicalOrder).lines.map(({ lineNo }) => lineNo)).toEqual(['1', '4']);
});

it.each(['QVA', 'QVR'])('a receipt that differs says in %s by how much and why', (tag) => {
  const line = ['LIN+1++4000862141404:EN', 'QTY+12:48', 'QTY+48:46', `${tag}+-2+CP+AUE:::BOX WET`];
  expect(
    documentOf(aMessage('RECADV:D:96A:UN:EAN003', '1', 'BGM+632+R-1+9', 'CPS+1', ...line)).canonical?.data,
  ).toMatchObject({
    lines: [{ received: { value: '46' }, short: { value: '2' }, reasonCode: 'AUE', reason: 'BOX WET' }],
  });
});

it('an amount is in its own currency where it names one', () => {
  const [line, total] = ['MOA+203:12.5:USD', 'MOA+86:9:EUR'];
  const order = orderOf(aMessage(ORDERS, '1', ...HEAD, 'CUX+2:GBP:9', 'LIN+1', 'QTY+21:1', line, 'UNS+S', total));
  expect(order.lines[0]?.amount).toEqual({ minor: 1250, currency: 'USD' });
  expect(order.totals?.payable).toEqual({ minor: 900, currency: 'EUR' });
  expect(order.currency).toBe('GBP');
});

it('several addresses in one COM are told apart', () => {
  const contact = ['CTA+PD+:ANN', 'COM+4512345678:TE+ann@contoso.example:EM'];
  expect(
    orderOf(aMessage(ORDERS, '1', ...HEAD, 'NAD+BY+++CONTOSO', ...contact, 'LIN+1', 'QTY+21:1', 'UNS+S')).buyer,
  ).toEqual({ name: 'CONTOSO', contact: 'ANN', phone: '4512345678', email: 'ann@contoso.example' });
});

const PARTY = {
  gln: '5790000000012',
  name: 'CONTOSO RETAIL',
  address: { city: 'AARHUS', postcode: '8000', country: 'DK' },
};
const ORDER: CanonicalOrder = {
  number: '4500017712',
  purpose: 'original',
  issued: '2026-09-11',
  currency: 'EUR',
  buyer: PARTY,
  lines: [
    {
      lineNo: '1',
      item: { gtin: '4000862141404', sellerItem: 'TEA' },
      quantity: { value: '1.5', unit: 'KGM' },
      unitPrice: '45.5',
    },
    { lineNo: '2', item: { buyerItem: '778' }, quantity: { value: '12', unit: 'CS' }, unitPrice: '1250', per: '100' },
  ],
};
const money = (minor: number) => ({ minor, currency: 'EUR' });
const INVOICE: CanonicalInvoice = {
  issued: '2026-09-12',
  number: 'INV-1',
  currency: 'EUR',
  lines: [
    {
      lineNo: '1',
      item: { sellerItem: 'TEA' },
      quantity: { value: '10', unit: 'EA' },
      unitPrice: '45.5',
      amount: money(45500),
    },
  ],
  taxes: [{ category: 'S', percent: '20', tax: money(9100) }],
  totals: { lines: money(45500), net: money(45500), tax: money(9100), gross: money(54600), payable: money(54600) },
};
const AT = { at: '2026-09-12T08:30:00', sender: { id: 'A' }, receiver: { id: 'B' } };
const throughX12 = (type: string, document: Parameters<typeof writeX12>[0][number]['document']): unknown => {
  const { text } = writeX12([{ type, document }], { ...AT, control: 1 });
  return translateX12(new TextEncoder().encode(text), NO_CONTEXT)[0]?.documents[0]?.canonical?.data;
};
const throughEdifact = (type: string, document: Parameters<typeof writeEdifact>[0][number]['document']): unknown => {
  const { text } = writeEdifact([{ type, document }], { ...AT, control: '1' });
  return translateEdifact(bytesOfEdifact(text), NO_CONTEXT)[0]?.documents[0]?.canonical?.data;
};

describe('one document in both standards', () => {
  it('an order is the same order as 850 and as ORDERS', () => {
    const document = { kind: 'order', data: ORDER } as const;
    expect(asSaid(throughX12('850', document))).toEqual(asSaid(ORDER));
    expect(asSaid(throughEdifact('ORDERS', document))).toEqual(asSaid(ORDER));
  });

  it('an invoice has the same totals as 810 and as INVOIC', () => {
    const document = { kind: 'invoice', data: INVOICE } as const;
    expect(throughX12('810', document)).toMatchObject({ totals: INVOICE.totals, taxes: INVOICE.taxes });
    expect(throughEdifact('INVOIC', document)).toMatchObject({ totals: INVOICE.totals, taxes: INVOICE.taxes });
  });

  it('a document that a message is not for is not written, and the others are', () => {
    const outgoing = [
      { type: 'INVOIC', document: { kind: 'order', data: ORDER } as const },
      { type: 'ORDERS', document: { kind: 'order', data: ORDER } as const },
    ];
    const { text, faults } = writeEdifact(outgoing, { ...AT, control: '1' });
    expect(faults).toMatchObject([{ code: 'message-unsupported', path: 'INVOIC' }]);
    expect(text).toContain('UNZ+1+1');
  });
});

describe('an instruction to move goods', () => {
  const instruction = (...segments: readonly string[]) =>
    documentOf(aMessage('IFTMIN:D:96A:UN', '1', 'BGM+610+J-1+9', ...segments)).canonical?.data;
  it('names its carrier by the means of transport where no party does, and references that stand there', () => {
    expect(instruction('RFF+CU:C-1', 'TDT+20+V01+1++MSCU:172:20:MSC', 'RFF+BM:MBL-1', 'GID+1+2:CT')).toMatchObject({
      carrier: { ids: [{ value: 'MSCU' }], name: 'MSC' },
      references: [{ number: 'C-1' }, { kind: 'bill-of-lading', number: 'MBL-1' }],
    });
    expect(instruction('TDT+20+V01+1++MSCU', 'NAD+CA+4598763450009::9', 'GID+1+2:CT')).toMatchObject({
      carrier: { gln: '4598763450009' },
    });
  });
});

describe('lines of an answer or a delivery', () => {
  const dataOf = (type: string, ...segments: readonly string[]) =>
    documentOf(aMessage(`${type}:D:96A:UN`, '1', ...segments)).canonical?.data;
  it('name the line of the order within its reference, or in one of its own', () => {
    const line = ['LIN+9++4006381333931:EN', 'QTY+113:5'];
    for (const reference of ['RFF+ON:PO-1:3', 'RFF+LI:3'])
      expect(dataOf('ORDRSP', 'BGM+231+R-1+29', 'DTM+137:20260105:102', ...line, reference, 'UNS+S')).toMatchObject({
        lines: [{ lineNo: '9', orderLineNo: '3' }],
      });
  });
  it('tell what follows by a quantity, or by a variance that is back-ordered', () => {
    const line = (...more: readonly string[]) =>
      dataOf('DESADV', 'BGM+351+D-1+9', 'CPS+1', 'LIN+1++4006381333931:EN', 'QTY+12:5.5:KGM', ...more);
    expect(line('QVR+-0.5:21+BP')).toMatchObject({ lines: [{ outstanding: { value: '0.5', unit: 'KGM' } }] });
    expect(line('QTY+83:2:KGM')).toMatchObject({ lines: [{ outstanding: { value: '2', unit: 'KGM' } }] });
    expect(JSON.stringify(line('QVR+-0.5:21+CP'))).not.toContain('outstanding');
  });
});
