import { wrongWithFaults, wrongWithFile, type SeenDocument, type SeenFile } from './judge.ts';

const FAULT = { code: 'count-differs', text: 'SE01 says 9, 8 were counted' };
const aFile = (more: Partial<SeenFile> = {}): SeenFile => ({ status: 'parsed', documentIds: ['D1'], ...more });
const aDocument = (more: Partial<SeenDocument> = {}): SeenDocument => ({
  ...{ documentId: 'D1', status: 'mapped', standard: 'X12', type: '850' },
  ...more,
});
const putAside = { status: 'quarantined', reason: FAULT.code, faults: [FAULT] };
const always = (): boolean => true;
const never = (): boolean => false;

describe('a file that was handed in', () => {
  it('is well when it was read and each of its documents is where one may stay', () => {
    expect(wrongWithFile('F1', aFile(), [aDocument()], never)).toBeUndefined();
    expect(wrongWithFile('F1', aFile(), [aDocument(putAside)], always)).toBeUndefined();
    expect(wrongWithFile('F1', aFile({ status: 'quarantined', faults: [FAULT], documentIds: [] }), [], always)).toBe(
      undefined,
    );
  });

  it.each<[string, SeenFile | undefined, SeenDocument[], boolean]>([
    ['is not known', undefined, [], true],
    ['is left received', aFile({ status: 'received' }), [], true],
    ['has no document', aFile({ documentIds: [] }), [], true],
    ['document D1 of the file is not known', aFile(), [], true],
    ['is left validated', aFile(), [aDocument({ status: 'validated' })], true],
    ['quarantined without a fault', aFile({ status: 'quarantined' }), [], true],
    ['no case tells of it', aFile({ status: 'quarantined', faults: [FAULT], documentIds: [] }), [], false],
    ['no case tells of it', aFile(), [aDocument(putAside)], false],
    ['is no reason', aFile(), [aDocument({ ...putAside, reason: 'nobody-knows' })], true],
    ['stands in no catalogue', aFile(), [aDocument({ ...putAside, faults: [{ ...FAULT, code: 'nope' }] })], true],
    [
      'translation-failed: it broke',
      aFile({ status: 'quarantined', faults: [{ code: 'translation-failed', text: 'it broke' }] }),
      [],
      true,
    ],
  ])('%s', (what, file, documents, isOpen) => {
    expect(wrongWithFile('F1', file, documents, () => isOpen)).toContain(what);
  });
});

it('a fault that says nothing, or tells of a defect of ours, is wrong', () => {
  expect(wrongWithFaults([FAULT])).toBeUndefined();
  expect(wrongWithFaults([{ code: 'count-differs', text: ' ' }])).toContain('says nothing');
  expect(wrongWithFaults([{ code: 'mapping-failed', text: 'no' }])).toBe('mapping-failed: no');
});
