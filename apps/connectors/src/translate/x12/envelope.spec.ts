import fc from 'fast-check';
import { NO_CONTEXT, type Interchange } from '../translation.js';
import { translateX12 } from './translate.js';
import { aGroup, anInterchange, anOrder, aTransactionSet, bytesOf, type X12Shape } from './x12.builders.js';

const read = (text: string): readonly Interchange[] => translateX12(bytesOf(text), NO_CONTEXT);
const ORDER = anOrder('PO1*1*5*EA*2.50**VN*TEA', 'PO1*2*3*EA*1.25**VN*JAM');
const ONE = anInterchange([aGroup([ORDER])]);
const faultsOf = (text: string): readonly string[] =>
  read(text).flatMap(({ faults, documents }) =>
    [...faults, ...documents.flatMap((one) => one.faults)].map(({ code }) => code),
  );
const figuresOf = (text: string): Readonly<Record<string, unknown>> => read(text)[0]?.documents[0]?.figures ?? {};

describe('an X12 interchange', () => {
  it('says what stands in its order', () => {
    expect(figuresOf(ONE)).toMatchObject({
      type: '850',
      stControl: '0001',
      sender: 'NORTHWIND',
      receiver: 'CONTOSO',
      interchangeControl: '000000850',
      lines: 2,
      qty: '8',
      ext: '16.25',
      cttLines: '2',
      segmentCountDeclared: '6',
      segmentCountActual: 6,
      envelopeOk: true,
      ids: { purpose: '00', poType: 'SA', po: 'PO-1', date: '20260912' },
    });
    expect(faultsOf(ONE)).toEqual([]);
  });

  const SHAPES: Readonly<Record<string, X12Shape>> = {
    'line ends as terminators': { terminator: '\n' },
    'CR LF as terminators': { terminator: '\r\n' },
    'CR as terminators': { terminator: '\r' },
    'group separators as terminators': { terminator: '\u001d' },
    'a terminator of several bytes': { terminator: '…' },
    'a tilde between elements and an asterisk at the end': { element: '~', terminator: '*' },
    'a tilde between components': { component: '~', terminator: '|' },
    'control characters as separators': { element: '\u001d', component: '\u001f', terminator: '\u001c' },
    'a tab between elements': { element: '\t', terminator: '\n' },
    'an underscore between elements': { element: '_', component: '\t' },
    'line ends after every terminator': { terminator: '~\r\n    ' },
  };
  it.each(Object.entries(SHAPES))('is the same with %s', (_, shape) => {
    const text = anInterchange([aGroup([ORDER])], shape);
    const { segmentTerminator: _1, elementSeparator: _2, ...figures } = figuresOf(text);
    expect(figuresOf(ONE)).toMatchObject(figures);
    expect(faultsOf(text)).toEqual([]);
  });

  it('is the same with any three signs as separators, in one byte or several', () => {
    const signs = [
      ...'!"#$%&\'()*+,/:;<=>?@[\\]^_`{|}~\t',
      '\u0007',
      '\u0015',
      '\u001c',
      '\u001d',
      '\u001e',
      '\u001f',
      '§',
    ];
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...signs), { minLength: 3, maxLength: 3 }), (chosen) => {
        const [element = '*', component = '>', terminator = '~'] = chosen;
        const text = anInterchange([aGroup([ORDER])], { element, component, terminator });
        for (const bytes of [bytesOf(text), Uint8Array.from(Buffer.from(text, 'latin1'))]) {
          const [interchange] = translateX12(bytes, NO_CONTEXT);
          expect(interchange?.documents[0]?.figures).toMatchObject({
            ...{ lines: 2, qty: '8', ext: '16.25', ids: { po: 'PO-1' }, sender: 'NORTHWIND' },
            ...{ elementSeparator: element, segmentTerminator: terminator, envelopeOk: true },
          });
          expect(interchange?.faults).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is the same behind a byte order mark and without its last terminator', () => {
    expect(figuresOf(`\ufeff${ONE}`)).toEqual(figuresOf(ONE));
    expect(figuresOf(ONE.slice(0, -1))).toEqual(figuresOf(ONE));
    expect(faultsOf(ONE.slice(0, -1))).toEqual([]);
  });

  it('is the same with padding before its line ends', () => {
    const text = anInterchange([aGroup([ORDER])], { terminator: ' \n' });
    expect(figuresOf(text)).toMatchObject({ segmentTerminator: '\n', qty: '8', envelopeOk: true });
    expect(faultsOf(text)).toEqual([]);
  });

  it('is the same when it was cut into records of 80 characters', () => {
    const wrapped = (ONE.match(/.{1,80}/gs) ?? []).join('\r\n');
    expect(figuresOf(wrapped)).toEqual(figuresOf(ONE));
    expect(read(wrapped)[0]?.documents[0]?.canonical).toEqual(read(ONE)[0]?.documents[0]?.canonical);
    expect(faultsOf(wrapped)).toEqual([]);
  });

  it('reads line ends as LF, however they are written', () => {
    for (const terminator of ['\n', '\r\n', '\r'])
      expect(figuresOf(anInterchange([aGroup([ORDER])], { terminator }))['segmentTerminator']).toBe('\n');
  });

  it('takes several interchanges, each with separators of its own, and several groups and sets', () => {
    const second = anInterchange([aGroup([ORDER, anOrderNumbered('0002')]), aGroup([ORDER], '2')], {
      element: '|',
      terminator: '\n',
      control: '000000851',
    });
    const interchanges = read(`${ONE}\r\n${second}`);
    expect(interchanges.map(({ control, documents }) => [control, documents.length])).toEqual([
      ['000000850', 1],
      ['000000851', 3],
    ]);
    expect(faultsOf(`${ONE}\r\n${second}`)).toEqual([]);
  });

  it('does not take letters in a name for a new interchange', () => {
    const names = ['N1*BT*ISA HOLDINGS', 'N2*ISA', 'N3*12 ISA STREET'];
    const text = anInterchange(
      [aGroup([aTransactionSet('850', '0001', 'BEG*00*SA*PO-1**20260912', ...names, 'PO1*1*1*EA')])],
      {
        terminator: '\n',
      },
    );
    expect(read(text)).toHaveLength(1);
    expect(faultsOf(text)).toEqual([]);
  });

  it('keeps acknowledgements that stand between ISA and GS', () => {
    const text = anInterchange([aGroup([ORDER])], { before: ['TA1*000000007*260911*1200*A*000'] });
    const documents = read(text)[0]?.documents ?? [];
    expect(documents.map(({ type }) => type)).toEqual(['850', 'TA1']);
    expect(documents[1]?.figures).toEqual({});
  });

  it('reads an interchange of acknowledgements alone', () => {
    const text = anInterchange([], { before: ['TA1*000000007*260911*1200*A*000'] });
    expect(figuresOf(text)).toMatchObject({ type: 'TA1', parse: 'NO TRANSACTION SET', sender: 'NORTHWIND' });
    expect(faultsOf(text)).toEqual([]);
  });
});

const anOrderNumbered = (control: string): readonly string[] =>
  aTransactionSet('850', control, `BEG*00*SA*PO-${control}**20260912`, 'PO1*1*1*EA*1**VN*TEA', 'CTT*1');

describe('an X12 envelope that is not whole', () => {
  it('names both numbers of a wrong segment count, and its content is still read', () => {
    const [interchange] = read(ONE.replace('SE*6', 'SE*7'));
    expect(interchange?.documents[0]).toMatchObject({
      figures: { qty: '8', segmentCountDeclared: '7', segmentCountActual: 6, envelopeOk: false },
      faults: [{ code: 'count-differs', path: 'SE01', text: 'SE01 declares 7, counted 6 segments from ST to SE' }],
    });
  });

  const BROKEN: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    'another control number in SE': [ONE.replace('SE*6*0001', 'SE*6*0002'), ['control-number-differs']],
    'a wrong number of sets': [ONE.replace('GE*1', 'GE*2'), ['count-differs']],
    'another control number in GE': [ONE.replace('GE*1*1', 'GE*1*9'), ['control-number-differs']],
    'a wrong number of groups': [ONE.replace('IEA*1', 'IEA*2'), ['count-differs']],
    'another control number in IEA': [ONE.replace('IEA*1*000000850', 'IEA*1*850000000'), ['control-number-differs']],
    'no SE': [ONE.replace('SE*6*0001~', ''), ['envelope-incomplete']],
    'no GE': [ONE.replace('GE*1*1~', ''), ['envelope-incomplete']],
    'no IEA': [ONE.replace('IEA*1*000000850~', ''), ['envelope-incomplete']],
    'no ISA': [ONE.slice(ONE.indexOf('GS*')), ['envelope-incomplete']],
    'a segment outside of a set': [ONE.replace('GE*', 'N1*BT*LOST~GE*'), ['envelope-incomplete']],
    'a control number twice in the file': [ONE + ONE, ['control-number-repeated']],
    'a control number of two groups': [
      anInterchange([aGroup([ORDER], '7'), aGroup([ORDER], '07')]),
      ['control-number-repeated'],
    ],
    'a control number twice in a group': [anInterchange([aGroup([ORDER, ORDER])]), ['control-number-repeated']],
    'nothing of X12': ['{"order": 1}', ['envelope-unreadable']],
    'half an ISA': [ONE.slice(0, 80), ['envelope-unreadable']],
  };
  it.each(Object.entries(BROKEN))('is told: %s', (_, [text, codes]) => {
    expect(faultsOf(text)).toEqual(codes);
  });

  it('says a hundred faults of one document, and cuts what it shows of long values', () => {
    const lines = Array.from({ length: 300 }, (_, at) => `PO1*${at + 1}*${'x'.repeat(500)}*EA`);
    const [interchange] = read(anInterchange([aGroup([anOrder(...lines)])]));
    const faults = interchange?.documents[0]?.faults ?? [];
    expect(faults).toHaveLength(101);
    expect(faults.at(-1)).toMatchObject({ code: 'too-many-faults' });
    expect(Math.max(...faults.map(({ text }) => text.length))).toBeLessThan(200);
  });

  it('reads ten thousand interchanges of a file and says that it goes on', () => {
    const interchanges = read(`ISA${'*x'.repeat(15)}*>~`.repeat(10_001));
    expect(interchanges).toHaveLength(10_000);
    expect(interchanges.at(-1)?.faults.map(({ code }) => code)).toContain('envelope-unreadable');
  });

  it('reads U in ISA11 as no separator, and one from 00402 on', () => {
    const withU = anInterchange([aGroup([anOrder('PO1*1*5*EA*2**VN*UUU')])]);
    expect(figuresOf(withU)).toMatchObject({ qty: '5' });
    expect(faultsOf(anInterchange([aGroup([ORDER])], { version: '00501', isa11: '^' }))).toEqual([]);
  });
});

describe('any bytes', () => {
  it('never throw, however an interchange was changed', () => {
    const original = bytesOf(ONE);
    const mutation = fc.tuple(fc.nat(original.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 12 }), fc.nat(original.length), (mutations, end) => {
        const bytes = Uint8Array.from(original);
        for (const [at, byte] of mutations) bytes[at] = byte;
        expect(translateX12(bytes.subarray(0, end), NO_CONTEXT).length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(translateX12(bytes, NO_CONTEXT).length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});
