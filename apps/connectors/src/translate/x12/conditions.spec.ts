import type { CanonicalInvoiceLine } from '../../canonical/invoice.js';
import { NO_CONTEXT } from '../translation.js';
import { acknowledgeX12 } from './acknowledge.js';
import { brokenIn } from './conditions.js';
import { notesOf } from './syntax-notes.js';
import { translateX12 } from './translate.js';
import { writeX12 } from './write.js';
import { segment } from './writing.js';
import { aGroup, anInterchange, anOrder, aTransactionSet, bytesOf } from './x12.builders.js';

const fileOf = (set: readonly string[], version = '004010'): Uint8Array =>
  bytesOf(anInterchange([aGroup([set], '1', version)]));
const documentOf = (set: readonly string[], version?: string) =>
  translateX12(fileOf(set, version), NO_CONTEXT)[0]?.documents[0];
const LINE = 'PO1*1*5*EA*2.50**VN*TEA';

describe('conditions between elements of a segment', () => {
  it.each([
    ['P0607: both or none', 'PO1*1*5*EA*2.50**VN', 'PO107', 'P0607 of PO1 (X12 004010): if one of PO106 and PO107'],
    ['C0504: a basis needs its price', 'PO1*1*5*EA**PE*VN*TEA', 'PO104', 'C0504 of PO1 (X12 004010): if PO105'],
  ])('%s', (_, line, path, text) => {
    const { canonical, faults } = documentOf(anOrder(line)) ?? {};
    expect(faults).toEqual([{ code: 'element-conditional', path, text: expect.stringContaining(text) as string }]);
    expect(canonical?.data).toMatchObject({ lines: [{ quantity: { value: '5', unit: 'EA' } }] });
  });

  it.each([
    ['R0203: one of several', ['REF*DP'], 'REF02', 'element-conditional'],
    ['E0204: one alone', ['QTY*38*5**FIVE'], 'QTY04', 'element-excluded'],
    ['L130204: one of several with another', ['SAC*A**VI*310*500********5'], '', ''],
    ['a composite is there when a component of it is', ['REF*ZZ**TEXT*LT>L1'], '', ''],
  ])('%s', (_, segments, path, code) => {
    const faults = documentOf(aTransactionSet('850', '0001', 'BEG*00*SA*PO-1**20260912', ...segments, LINE))?.faults;
    expect(faults).toEqual(code ? [expect.objectContaining({ code, path }) as object] : []);
  });

  it('an L note wants at least one of the others', () => {
    const broken = brokenIn(
      [segment('SCH', '5', 'EA', undefined, undefined, '002', '20261001', undefined, '010')],
      '004010',
    );
    expect(broken).toMatchObject({
      code: 'element-conditional',
      path: 'SCH09',
      text: 'L080910 of SCH (X12 004010): if SCH08 is present, at least one of SCH09 or SCH10 is required',
    });
  });

  it('each line names its own place, and what is mandatory anyway is said once', () => {
    const faults = documentOf(anOrder(LINE, 'PO1*2*5*EA*1**VN', 'PO1*3**EA*1**VN*X'))?.faults;
    expect(faults?.map(({ code, path }) => [code, path])).toEqual([
      ['element-missing', 'PO1[3]/PO102'],
      ['element-conditional', 'PO1[2]/PO107'],
    ]);
  });

  it('are those of the release the group says', () => {
    const old = 'DTM*002****19*D8';
    const faultsIn = (version: string, dtm: string): readonly string[] =>
      (documentOf(aTransactionSet('850', '0001', 'BEG*00*SA*PO-1**20260912', dtm, LINE), version)?.faults ?? []).map(
        ({ text }) => text.slice(0, 7),
      );
    expect(faultsIn('003060', old)).toEqual(['P0607 o']);
    expect(faultsIn('004010VICS', 'DTM*002***ET*D8*20261001')).toEqual(['C0403 o']);
    expect(faultsIn('003010', old)).toEqual([]);
    expect(faultsIn('', 'DTM*002')).toEqual(['R020305']);
    expect(notesOf('TD5', '003020').map(({ text }) => text)).toEqual(['R020405', 'C0203', 'C0708']);
    expect(notesOf('TD5', '003040').map(({ text }) => text)).toEqual(['R0204050612', 'C0203', 'C0708', 'C1011']);
    expect(notesOf('PO1', '003060').map(({ text }) => text)).toContain('C0607');
    expect(notesOf('PO1', '008010').map(({ text }) => text)).toContain('P0607');
    expect(notesOf('PO1', '003040')).toEqual([]);
    expect(notesOf('XYZ', '004010')).toEqual([]);
  });

  it('are named in a 997: 2 for an element that is missing, 10 for one too many', () => {
    const set = aTransactionSet('850', '0001', 'BEG*00*SA*PO-1**20260912', 'QTY*38*5**FIVE', 'PO1*1*5*EA*2.50**VN');
    const [answer] = acknowledgeX12(fileOf(set), NO_CONTEXT);
    const data = answer?.outgoing[0]?.document.data;
    expect(data).toMatchObject({
      messages: [
        {
          status: 'accepted-with-errors',
          errors: [
            { code: '10', segment: 'QTY', element: '4', value: 'FIVE' },
            { code: '2', segment: 'PO1', element: '7' },
          ],
        },
      ],
    });
  });
});

describe('what is sent', () => {
  const written = (line: Partial<CanonicalInvoiceLine>) => {
    const quantity = { value: '3', unit: 'EA' };
    const lines = [{ lineNo: '1', item: { sellerItem: 'TEA' }, quantity, ...line }];
    const data = { number: 'I-1', issued: '2026-09-12', lines };
    const ends = { sender: { id: 'US' }, receiver: { id: 'THEM' }, control: 1, at: '2026-09-12T08:30:00' };
    return writeX12([{ type: '810', document: { kind: 'invoice', data } }], ends);
  };

  it('breaks no condition: an invoice line has the price of one from its amount', () => {
    expect(written({ amount: { minor: 1000, currency: 'USD' } }).text).toContain('IT1*1*3*EA*3.333333333333*PE*');
    const free = { quantity: { value: '0', unit: 'EA' }, amount: { minor: 0, currency: 'USD' } };
    expect(written(free).text).toContain('IT1*1*0*EA*0*PE*');
  });

  it('is not sent when it would', () => {
    expect(written({}).faults).toMatchObject([{ code: 'element-conditional', path: 'IT104' }]);
    const odd = { quantity: { value: '0', unit: 'EA' }, amount: { minor: 5, currency: 'USD' } };
    expect(written(odd).faults).toMatchObject([{ code: 'element-conditional', path: 'IT104' }]);
  });
});
