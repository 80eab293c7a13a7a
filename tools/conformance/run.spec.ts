import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readFolder } from './folder.ts';
import type { Outcome } from './outcome.ts';
import { report } from './report.ts';
import { run } from './run.ts';
import { translationsReader, type ReadTracking, type Translate } from './translations.ts';

/** A translation that takes each line of a file as a document: its type and its id. */
const linewise: Translate = (bytes) => ({
  standard: 'UBL',
  interchanges: [
    {
      faults: [],
      documents: Buffer.from(bytes)
        .toString()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
          const [type = '', id = ''] = line.split(' ');
          const faults = id === 'bad' ? [{ code: 'count-differs', path: 'SE01', text: 'declares 5, counted 6' }] : [];
          return { standard: 'UBL', type, figures: { type, id }, faults };
        }),
    },
  ],
  faults: [],
});

const nobodys: ReadTracking = () => ({ status: 'UNKNOWN', events: [] });

describe('a folder of documents', () => {
  let root: string;
  const outcomesOf = ({
    translate = linewise,
    readTracking = nobodys,
    expected,
  }: { translate?: Translate; readTracking?: ReadTracking; expected?: string } = {}): Promise<readonly Outcome[]> =>
    run(readFolder(root, expected), translationsReader(translate, readTracking));
  const write = (file: string, content: unknown): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), typeof content === 'string' ? content : JSON.stringify(content));
  };
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'conformance-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const verdicts = async (): Promise<string[]> =>
    (await outcomesOf()).map(({ file, what, verdict }) => `${file} ${what}: ${verdict}`.replace('  ', ' '));

  it('is compared row by row, in the order of each file', async () => {
    write('EXPECTED.json', [
      { file: 'ubl/a.xml', standard: 'UBL', type: 'Order', id: '1' },
      { file: 'ubl/a.xml', standard: 'UBL', type: 'Order', id: '2' },
    ]);
    write('ubl/a.xml', 'Order 1\nOrder 3\n');
    write('ubl/unlisted.xml', 'Invoice 9\n');
    write('README.md', 'beside');
    expect(await verdicts()).toEqual([
      'ubl/a.xml Order: exact',
      'ubl/a.xml Order: wrong',
      'ubl/unlisted.xml Invoice: unlisted',
    ]);
  });

  it('is wrong where a row has no document, a document no row, or a file is missing', async () => {
    write('EXPECTED.json', [
      { file: 'gone.xml', id: '1' },
      { file: 'few.xml', id: '1' },
      { file: 'few.xml', id: '2' },
      { file: 'many.xml', id: '1' },
    ]);
    write('few.xml', 'Order 1\n');
    write('many.xml', 'Order 1\nOrder 2\n');
    expect(await verdicts()).toEqual([
      'gone.xml : wrong',
      'few.xml Order: exact',
      'few.xml : wrong',
      'many.xml Order: exact',
      'many.xml : wrong',
    ]);
  });

  it('pairs rows with documents by their ids where one or the other is missing', async () => {
    write('EXPECTED.json', [
      { file: 'a.xml', id: '1' },
      { file: 'a.xml', id: '3' },
    ]);
    write('a.xml', 'Order 1\nOrder 2\nOrder 3\n');
    expect(await verdicts()).toEqual(['a.xml Order: exact', 'a.xml : wrong', 'a.xml Order: exact']);
  });

  it('asks carriers about a file of no standard', async () => {
    write('answers/ups.json', '{}');
    const unknown: Translate = () => ({ interchanges: [], faults: [{ code: 'format-unknown', path: '/', text: '?' }] });
    const ups: ReadTracking = () => ({ status: 'DELIVERED', events: [1] });
    expect(await outcomesOf({ translate: unknown, readTracking: ups })).toMatchObject([
      { family: 'carriers', file: 'answers/ups.json', what: 'DELIVERED, 1 events', verdict: 'unlisted' },
    ]);
    expect(await outcomesOf({ translate: unknown })).toMatchObject([
      { family: 'unknown', quarantined: ['format-unknown at /: ?'] },
    ]);
  });

  it('takes its reference from another file when told so', async () => {
    write('a.xml', 'Order 1\n');
    const expected = join(root, '..', `rows-${process.pid}.json`);
    writeFileSync(expected, JSON.stringify([{ file: 'a.xml', id: '2' }]));
    const outcomes = await outcomesOf({ expected });
    rmSync(expected);
    expect(outcomes.map(({ differences }) => differences)).toEqual([[{ field: 'id', expected: '2', got: '1' }]]);
  });

  it('compares tracking payloads with the labels beside them, and leaves out what is not asserted', async () => {
    write('carrier-tracking/LABELS.json', {
      'ups/a.xml': { status: 'DELIVERED', events: 2 },
      'ups/b.xml': { status: 'DELIVERED', events: null },
      'ups/gone.xml': { status: 'DELIVERED', events: 1 },
    });
    write('carrier-tracking/ups/a.xml', '<a/>');
    write('carrier-tracking/ups/b.xml', '<b/>');
    write('carrier-tracking/ups/expected.b.json', {});
    const outcomes = await outcomesOf({ readTracking: () => ({ status: 'DELIVERED', events: [1] }) });
    expect(outcomes.map(({ file, verdict }) => [file.split('/').at(-1), verdict])).toEqual([
      ['a.xml', 'wrong'],
      ['b.xml', 'exact'],
      ['gone.xml', 'wrong'],
    ]);
  });

  it('is told of in a table, with what is wrong and why something goes to quarantine', async () => {
    write('EXPECTED.json', [{ file: 'a.xml', id: '2' }]);
    write('a.xml', 'Order bad\n');
    const text = report(await outcomesOf());
    expect(text).toContain('a.xml (Order): id: expected "2", got "bad"');
    expect(text).toContain('count-differs at SE01: declares 5, counted 6');
  });

  it('is told once of what is wrong in many places', () => {
    const reasons = ['1', '2', '3'].map((at) => `code-unmapped at PO1[${at}]/PO103: PO1[${at}]/PO103: unit "Q9"`);
    const outcome = {
      family: 'X12',
      file: 'a.edi',
      what: '850',
      verdict: 'unlisted',
      differences: [],
      unsettled: [],
    } as const;
    const text = report([{ ...outcome, quarantined: reasons }]);
    expect(text).toContain('unit "Q9" (3 times)');
    expect(text).not.toContain('PO1[2]');
  });

  it('is told of documents that wait for their partners apart, and of a hundred at most', () => {
    const reasons = ['cross-reference-missing at lines[0].item: item 4711'];
    const waiting: Outcome[] = Array.from({ length: 130 }, (_, at) => ({
      ...{ family: 'X12', file: `${at}.edi`, what: '850', verdict: 'exact', differences: [] },
      ...{ quarantined: [], unsettled: reasons, status: 'quarantined' },
    }));
    const text = report(waiting);
    expect(text).toMatch(/all +│ +130 │ +130 │ +0 │ +0 │ +0 │ +130 │/);
    expect(text).not.toContain('Quarantined');
    expect(text.split('\n').filter((line) => line.includes('4711'))).toHaveLength(100);
    expect(text).toContain('and 30 more');
  });
});
