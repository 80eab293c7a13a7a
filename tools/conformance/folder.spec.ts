import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readFolder } from './folder.ts';

describe('a folder that is laid out in its own way', () => {
  let root: string;
  const write = (file: string, content: unknown): string => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), typeof content === 'string' ? content : JSON.stringify(content));
    return join(root, file);
  };
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'conformance-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const files = (expected?: string): string[] => [...readFolder(root, expected).rows.keys()];

  it('has rows in a list, in a list within an object, or by file', () => {
    write('a.edi', '');
    for (const content of [
      [{ file: 'a.edi', id: '1' }],
      { rows: [{ path: 'a.edi', id: '1' }] },
      { note: 'made by hand', 'a.edi': { id: '1' } },
      { 'a.edi': [{ id: '1' }] },
    ]) {
      write('EXPECTED.json', content);
      expect(readFolder(root).rows.get('a.edi')).toEqual([{ file: 'a.edi', id: '1' }]);
    }
  });

  it('has references in folders of its own, with names from there', () => {
    write('x12/one.edi', '');
    write('x12/EXPECTED.json', [{ file: 'one.edi', id: '1' }]);
    write('ubl/two.xml', '');
    write('ubl/EXPECTED.json', [{ file: '.\\two.xml', id: '2' }]);
    expect(files()).toEqual(['ubl/two.xml', 'x12/one.edi']);
  });

  it('names files by their last part, or by a longer path, as long as that means one file', () => {
    write('deep/down/one.edi', '');
    write('a/same.edi', '');
    write('b/same.edi', '');
    write('EXPECTED.json', [{ file: 'one.edi' }, { file: 'fixtures/deep/down/one.edi' }, { file: 'same.edi' }]);
    expect(files()).toEqual(['deep/down/one.edi', 'same.edi']);
  });

  it('has no reference at all: that is said, and every file is a document', () => {
    write('one.edi', '');
    write('.hidden', '');
    symlinkSync(join(root, 'one.edi'), join(root, 'link.edi'));
    symlinkSync(join(root, 'gone.edi'), join(root, 'broken.edi'));
    expect(readFolder(root)).toMatchObject({
      documents: ['link.edi', 'one.edi'],
      notes: [expect.stringContaining('compared with nothing')],
    });
  });

  it('has labels by name or with their path, and a listed file of a carrier is a document', () => {
    write('carrier-tracking/LABELS.json', { 'ups/a.json': { status: 'DELIVERED' }, remark: 'by hand' });
    write('carrier-tracking/ups/a.json', '{}');
    write('carrier-tracking/x12/214.edi', '');
    write('EXPECTED.json', [{ file: 'carrier-tracking/x12/214.edi' }]);
    expect(readFolder(root)).toMatchObject({
      documents: ['carrier-tracking/x12/214.edi'],
      trackings: ['carrier-tracking/ups/a.json'],
      labels: new Map([['carrier-tracking/ups/a.json', { status: 'DELIVERED', events: null }]]),
    });
  });

  it('says what is wrong with it', () => {
    expect(() => readFolder(join(root, 'nowhere'))).toThrow('is missing');
    expect(() => readFolder(write('one.edi', ''))).toThrow('is no folder');
    expect(() => readFolder(root, join(root, 'rows.json'))).toThrow('rows.json is missing');
    write('EXPECTED.json', '[{"file":');
    expect(() => readFolder(root)).toThrow(/EXPECTED\.json can't be read as JSON/);
    write('EXPECTED.json', [{ id: '1' }]);
    expect(() => readFolder(root)).toThrow('row 1 names no file');
    write('EXPECTED.json', '7');
    expect(() => readFolder(root)).toThrow('neither a list of rows nor rows by file');
  });
});
