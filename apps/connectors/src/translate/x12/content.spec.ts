import type { CanonicalOrder } from '../../canonical/order.js';
import { NO_CONTEXT, type TranslatedDocument, type TranslationContext } from '../translation.js';
import { translateX12 } from './translate.js';
import { aGroup, anInterchange, anOrder, aTransactionSet, bytesOf } from './x12.builders.js';

const documentOf = (set: readonly string[], context: TranslationContext = NO_CONTEXT): TranslatedDocument =>
  translateX12(bytesOf(anInterchange([aGroup([set])])), context)[0]?.documents[0] as TranslatedDocument;
const orderOf = (set: readonly string[], context?: TranslationContext): CanonicalOrder =>
  documentOf(set, context).canonical?.data as CanonicalOrder;
const LINE = 'PO1*1*5*EA*2.50**VN*TEA';

describe('what is wrong in an X12 document', () => {
  it('a line count that is not true names both numbers, and the lines are still read', () => {
    const document = documentOf(aTransactionSet('850', '0001', 'BEG*00*SA*PO-1**20260912', LINE, 'CTT*3'));
    expect(document.faults).toEqual([
      { code: 'count-differs', path: 'CTT01', text: 'CTT01 declares 3, counted 1 PO1 lines' },
    ]);
    expect((document.canonical?.data as CanonicalOrder).lines).toHaveLength(1);
  });

  it('a qualifier that is called constructor is one that nobody knows', () => {
    const set = aTransactionSet('850', '0001', 'BEG*00*SA*PO-1**20260912', 'N1*BY*Ann*constructor*77', LINE);
    expect(orderOf(set).buyer?.ids).toEqual([{ scheme: 'constructor', value: '77' }]);
  });

  it('a total of a warehouse document that is not true names both numbers', () => {
    const set = aTransactionSet(
      '940',
      '0001',
      'W05*N*SO-1',
      'LX*1',
      'W01*5*CA**VN*TEA',
      'LX*2',
      'W01*2*CA**VN*JAM',
      'W76*8',
    );
    expect(documentOf(set).faults).toEqual([
      { code: 'count-differs', path: 'W7601', text: 'W7601 declares 8, added up 7 of W0101' },
    ]);
  });

  it.each([
    ['element-missing', 'BEG03', aTransactionSet('850', '0001', 'BEG*00*SA***20260912', LINE)],
    ['element-missing', 'BEG', aTransactionSet('850', '0001', LINE)],
    ['element-missing', 'BEG05', aTransactionSet('850', '0001', 'BEG*00*SA*PO-1', LINE)],
    ['element-missing', 'PO1', aTransactionSet('850', '0001', 'BEG*00*SA*PO-1**20260912', 'CTT*0')],
    ['element-missing', 'TDS', aTransactionSet('810', '0001', 'BIG*20260912*I-1')],
    ['element-missing', 'W12', aTransactionSet('945', '0001', 'W06*F*SO-1*20260912*S-1')],
    ['date-unreadable', 'BEG05', aTransactionSet('850', '0001', 'BEG*00*SA*PO-1**20260230', LINE)],
    ['number-unreadable', 'PO102', anOrder('PO1*1*1,000*EA*2.50**VN*TEA')],
    ['number-unreadable', 'PO1[2]/PO104', anOrder(LINE, 'PO1*2*1*EA*free**VN*TEA')],
    ['code-unmapped', 'PO103', anOrder('PO1*1*5*Q9*2.50**VN*TEA')],
    ['element-missing', 'PO102', anOrder('PO1*1**EA*2.50**VN*TEA')],
    ['element-missing', 'HL', aTransactionSet('856', '0001', 'BSN*00*S-1*20260912*0900', 'LIN**VN*TEA')],
    ['message-unsupported', 'ST01', aTransactionSet('837', '0001')],
  ])('%s at %s', (code, path, set) => {
    expect(documentOf(set).faults).toMatchObject([{ code, path }]);
  });

  it('codes are read by the rows that hold on the day on which the document came', () => {
    const set = anOrder('PO1*1*5*LB*2.50**VN*TEA');
    expect(orderOf(set, { ...NO_CONTEXT, day: '2026-01-05' }).lines[0]?.quantity.unit).toBe('LBR');
    const before = documentOf(set, { ...NO_CONTEXT, day: '1999-12-31' });
    expect(before.faults).toMatchObject([{ code: 'code-unmapped', path: 'PO103' }]);
  });

  it('a unit that nobody mapped is kept as it was sent, until a cross reference says what it is', () => {
    const set = anOrder('PO1*1*5*Q9*2.50**VN*TEA');
    expect(orderOf(set).lines[0]?.quantity).toEqual({ value: '5', unit: 'ZZ', sentUnit: 'Q9' });
    const context = { ...NO_CONTEXT, units: { Q9: 'CS' } };
    expect(orderOf(set, context).lines[0]?.quantity).toEqual({ value: '5', unit: 'CS', sentUnit: 'Q9' });
    expect(documentOf(set, context).faults).toEqual([]);
  });
});

describe('what an X12 document says', () => {
  it.each([
    ['CA', 'CS'],
    ['LB', 'LBR'],
    ['DZ', 'DZN'],
    ['EA', 'EA'],
    ['KG', 'KGM'],
  ])('unit %s is %s', (sent, unit) => {
    expect(orderOf(anOrder(`PO1*1*5*${sent}`)).lines[0]?.quantity.unit).toBe(unit);
  });

  it('negative quantities stay negative', () => {
    expect(orderOf(anOrder('PO1*1*-5*EA*2.50**VN*TEA')).lines[0]?.quantity.value).toBe('-5');
  });

  it('times stay local, and become UTC only when their code says so', () => {
    const at = (time: string): unknown =>
      orderOf(aTransactionSet('850', '0001', 'BEG*00*SA*PO-1**20260912', `DTM*004*20260912*${time}`, LINE)).issuedAt;
    expect([at('0830'), at('083015*ET'), at('0830*UT')]).toEqual([
      '2026-09-12T08:30:00',
      '2026-09-12T08:30:15',
      '2026-09-12T08:30:00Z',
    ]);
  });

  it('dates without a century are of this one, or of the last from 1970 on', () => {
    const issued = (date: string): unknown =>
      orderOf(aTransactionSet('850', '0001', `BEG*00*SA*PO-1**${date}`, LINE)).issued;
    expect([issued('260912'), issued('990912'), issued('20260912')]).toEqual([
      '2026-09-12',
      '1999-09-12',
      '2026-09-12',
    ]);
  });

  it('amounts are in the currency of the document, of the agreement, or in none', () => {
    const total = (more: readonly string[], context?: TranslationContext): unknown =>
      orderOf(
        aTransactionSet('850', '0001', 'BEG*00*SA*PO-1**20260912', ...more, LINE, 'CTT*1', 'AMT*TT*12.5'),
        context,
      ).totals?.payable;
    expect(total(['CUR*BY*USD'])).toEqual({ minor: 1250, currency: 'USD' });
    expect(total([], { ...NO_CONTEXT, currency: 'GBP' })).toEqual({ minor: 1250, currency: 'GBP' });
    expect(total([])).toEqual({ minor: 1250, currency: 'XXX' });
  });

  it('levels of a ship notice without parents belong to what stands before them', () => {
    const set = aTransactionSet(
      ...([
        '856',
        '0001',
        'BSN*00*S-1*20260912*0900',
        'HL*1**S',
        'HL*2**O',
        'PRF*PO-1',
        'HL*3**P',
        'MAN*GM*00123456789012345675',
      ] as const),
      ...[
        'HL*4**I',
        'LIN*1*VN*TEA',
        'SN1**5*EA',
        'HL*5**O',
        'PRF*PO-2',
        'HL*6**I',
        'LIN*2*VN*JAM',
        'SN1**1*EA',
        'CTT*2',
      ],
    );
    expect(documentOf(set)).toMatchObject({
      faults: [],
      canonical: {
        data: {
          lines: [
            { lineNo: '1', orderNumber: 'PO-1', packages: ['123456789012345675'] },
            { lineNo: '2', orderNumber: 'PO-2' },
          ],
        },
      },
    });
  });

  it('a line without a quantity has that of its stores or schedules', () => {
    const quantity = (...segments: string[]): unknown =>
      orderOf(aTransactionSet('850', '0001', 'BEG*00*SA*PO-1**00000000', 'PO1*1**CA', ...segments)).lines[0]?.quantity;
    expect(quantity('SDQ*CA*92*0001*4*0002*7')).toEqual({ value: '11', unit: 'CS', sentUnit: 'CA' });
    expect(quantity('SCH*2*CA***002*20261001', 'SCH*3*CA***002*20261008')).toMatchObject({ value: '5' });
  });

  it('bytes in ISO 8859-1 and in UTF-8 are the same name', () => {
    const text = anInterchange([aGroup([aTransactionSet('850', '0001', 'BEG*00*SA*PO-1', 'N1*BY*KÄSEHAUS', LINE)])]);
    const names = [bytesOf(text), Uint8Array.from(text, (character) => character.charCodeAt(0))].map(
      (bytes) => (translateX12(bytes, NO_CONTEXT)[0]?.documents[0]?.canonical?.data as CanonicalOrder).buyer?.name,
    );
    expect(names).toEqual(['KÄSEHAUS', 'KÄSEHAUS']);
  });

  it('an 865 without ACK says by its change codes what becomes of the lines', () => {
    const set = aTransactionSet(
      '865',
      '0001',
      'BCA*00*AT*PO-1***20260912',
      'POC*1*NC*5*5*EA',
      'POC*2*DI*0*0*EA',
      'POC*3*QD*4*4*EA',
    );
    expect(documentOf(set).canonical?.data).toMatchObject({
      lines: [{ status: 'accepted' }, { status: 'rejected' }, { status: 'changed' }],
    });
  });

  it('an 852 with stores between its lines tells where each was', () => {
    const lines = ['N1*RL**92*0001', 'LIN**VN*TEA', 'ZA*QA*10*EA', 'N1*RL**92*0002', 'LIN**VN*TEA', 'ZA*QO*4*EA'];
    expect(documentOf(aTransactionSet('852', '0001', 'XQ*G*20260912', ...lines, 'CTT*2'))).toMatchObject({
      faults: [],
      canonical: {
        data: { lines: [{ location: { ids: [{ value: '0001' }] } }, { location: { ids: [{ value: '0002' }] } }] },
      },
    });
  });

  it('a line is completed by its LIN, CTP and SCH', () => {
    const set = anOrder('PO1*1*5*EA', 'LIN**VN*TEA*UP*012345678905', 'CTP**UCP*2.50', 'SCH*5*EA***002*20261001');
    expect(orderOf(set.filter((segment) => !segment.startsWith('CTT'))).lines).toMatchObject([
      { item: { sellerItem: 'TEA', gtin: '012345678905' }, unitPrice: '2.5', requestedDate: '2026-10-01' },
    ]);
  });

  it('a note may be MSG, MTX or NTE', () => {
    const notes = (...segments: string[]): unknown =>
      orderOf(aTransactionSet('850', '0001', 'BEG*00*SA*PO-1**20260912', ...segments, LINE)).notes;
    expect(notes('N9*ZZ*DELIVERY', 'MTX*GEN*RING TWICE', 'MTX**THEN WAIT')).toEqual(['RING TWICE THEN WAIT']);
    expect(notes('N9*L1*NOTE', 'MSG*RING TWICE')).toEqual(['RING TWICE']);
    expect(notes('NTE*GEN*RING TWICE')).toEqual(['RING TWICE']);
  });

  it('a price that the buyer’s customers pay is not the price of the line', () => {
    const price = (...segments: string[]): unknown => orderOf(anOrder('PO1*1*5*EA', ...segments)).lines[0]?.unitPrice;
    expect(price('CTP**RTL*9.99', 'CTP**UCP*2.50')).toBe('2.5');
    expect(price('CTP**MSR*9.99')).toBeUndefined();
  });

  it('an invoice line has the price of its CTP where its IT1 has none', () => {
    const set = aTransactionSet('810', '0001', 'BIG*20260912*I-1', 'IT1*1*4*EA', 'CTP**UCP*2.50', 'TDS*1000', 'CTT*1');
    expect(documentOf(set)).toMatchObject({
      faults: [{ code: 'element-conditional', path: 'IT104' }],
      canonical: { data: { lines: [{ unitPrice: '2.5', amount: { minor: 1000 } }] } },
    });
  });

  it('what is neither allowance nor charge is none', () => {
    const sacs = ['SAC*A*C310***500', 'SAC*C*D240***300', 'SAC*N*D240***900'];
    expect(
      orderOf(aTransactionSet('850', '0001', 'BEG*00*SA*PO-1**20260912', ...sacs, LINE)).allowanceCharges,
    ).toMatchObject([
      { charge: false, amount: { minor: 500 } },
      { charge: true, amount: { minor: 300 } },
    ]);
  });

  it('parties of a ship notice may stand below its order', () => {
    const set = aTransactionSet(
      ...['856', '0001', 'BSN*00*S-1*20260912*0900', 'HL*1**S', 'N1*ST**92*0001', 'HL*2*1*O', 'PRF*PO-1'],
      ...['N1*BY*CONTOSO*92*0042', 'HL*3*2*I', 'LIN**VN*TEA', 'SN1**5*EA', 'CTT*3'],
    );
    expect(documentOf(set)).toMatchObject({
      faults: [],
      canonical: { data: { buyer: { name: 'CONTOSO' }, deliverTo: { ids: [{ value: '0001' }] } } },
    });
  });

  it('an order of 5,000 lines is read whole', () => {
    const lines = Array.from({ length: 5_000 }, (_, at) => `PO1*${at + 1}*${at + 1}*EA*1.25**VN*SKU-${at}`);
    const document = documentOf(anOrder(...lines));
    expect(document.faults).toEqual([]);
    expect(document.figures).toMatchObject({ lines: 5_000, qty: '12502500', ext: '15628125' });
    expect((document.canonical?.data as CanonicalOrder).lines.at(-1)).toMatchObject({
      lineNo: '5000',
      item: { sellerItem: 'SKU-4999' },
    });
  });
});
