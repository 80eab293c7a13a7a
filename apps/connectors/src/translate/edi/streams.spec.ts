/** A file read as its bytes come says the same as the file read whole, wherever it was cut. */
import { readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { bytesOf } from '../x12/x12.builders.js';
import { NO_CONTEXT, type Interchange, type TranslatedDocument } from '../translation.js';
import { STREAMED, translate } from '../translations.js';
import { SEGMENTS_MAX } from './faults.js';
import { textOf, textsOf } from './text.js';

type Standard = 'X12' | 'EDIFACT';

const cutAt = (bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] => {
  const chunks: Uint8Array[] = [];
  for (let at = 0, nth = 0; at < bytes.length; nth++) {
    const size = sizes[nth % sizes.length] as number;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
};
const streamOf = (bytes: Uint8Array, sizes: readonly number[]) => () =>
  Promise.resolve(Readable.from(cutAt(bytes, sizes)));

/** As a consumer does it: documents are taken away as soon as they are there. */
const streamed = async (standard: Standard, bytes: Uint8Array, sizes: readonly number[]): Promise<Interchange[]> => {
  const reader = STREAMED[standard]?.reader(NO_CONTEXT);
  if (!reader) throw new Error(`${standard} is not streamed`);
  const read: Interchange[] = [];
  let drained: TranslatedDocument[] = [];
  const take = (text: string, isLast: boolean): void => {
    for (const one of reader.take(text, isLast)) {
      read.push({ ...one, documents: [...drained, ...one.documents] });
      drained = [];
    }
    for (const { document, head } of reader.drain()) {
      expect(head.standard).toBe(standard);
      drained.push(document);
    }
  };
  for await (const text of textsOf(streamOf(bytes, sizes))) take(text, false);
  take('', true);
  expect(drained).toEqual([]);
  return read;
};

/** Every document of our own, one after the other and all of it again: many interchanges, separators and line ends. */
const goldens = (folder: string): Uint8Array => {
  const path = fileURLToPath(new URL(`../${folder}/golden/`, import.meta.url));
  const files = readdirSync(path).filter((name) => name.endsWith('.edi'));
  const all = files.map((name) => readFileSync(`${path}${name}`));
  return Buffer.concat([...all, ...all, ...all]);
};
const FILES: Readonly<Record<Standard, Uint8Array>> = { X12: goldens('x12'), EDIFACT: goldens('edifact') };
const sizes = fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 8 });

describe.each(['X12', 'EDIFACT'] as const)('a stream of %s', (standard) => {
  const bytes = FILES[standard];
  const whole = translate(standard, bytes, NO_CONTEXT);

  it('says what the whole file says, wherever it is cut', async () => {
    expect(bytes.length).toBeGreaterThan(8_000);
    expect(whole?.length).toBeGreaterThan(3);
    await fc.assert(
      fc.asyncProperty(sizes, async (some) => expect(await streamed(standard, bytes, some)).toEqual(whole)),
      { numRuns: 10 },
    );
  });

  it('also when it breaks off, has no terminator, or is something else', async () => {
    const cuts = [bytes.length - 3, Math.floor(bytes.length / 2), 9_000, 200, 3, 0];
    const others = [Buffer.from(`hello ${'x'.repeat(20_000)}`), Buffer.alloc(9_000, ' ')];
    for (const part of [...cuts.map((to) => bytes.subarray(0, to)), ...others])
      expect(await streamed(standard, part, [700])).toEqual(translate(standard, part, NO_CONTEXT));
  });
});

describe('the text of a stream', () => {
  const late = `${'plain text '.repeat(2_000)}Käse`;
  it.each([
    ['UTF-8', Buffer.from(late)],
    ['UTF-8 with a mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(late)])],
    ['ISO 8859-1 that is not UTF-8 in its last line only', Buffer.from(late, 'latin1')],
    [
      'ISO 8859-1 behind a mark of UTF-8',
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(`${late}!`, 'latin1')]),
    ],
    ['a declared character set', Buffer.from(`UNB+UNOE:3+${late}`, 'latin1')],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(late, 'utf16le')])],
    ['nothing', Buffer.alloc(0)],
  ])('is that of the whole: %s', async (_, bytes) => {
    for (const some of [[1_000], [7, 1], [64 * 1024]]) {
      let text = '';
      for await (const part of textsOf(streamOf(bytes, some))) text += part;
      expect(text).toBe(textOf(bytes));
    }
  });
});

it('a message of more segments than any has is counted and put aside, and the next one is read', () => {
  const set = (control: string, lines: number): string[] => [
    `ST*850*${control}`,
    `BEG*00*NE*PO-${control}**20260302`,
    ...Array.from({ length: lines }, (_, at) => `PO1*${at + 1}*1*EA***BP*A`),
    `SE*${lines + 3}*${control}`,
  ];
  const text = [
    'ISA*00*          *00*          *ZZ*A              *ZZ*B              *260302*0900*U*00401*000000001*0*P*>',
    'GS*PO*A*B*20260302*0900*1*X*004010',
    ...set('0001', SEGMENTS_MAX),
    ...set('0002', 2),
    'GE*2*1',
    'IEA*1*000000001',
    '',
  ].join('~');
  const [interchange] = translate('X12', bytesOf(text), NO_CONTEXT) ?? [];
  expect(interchange?.faults).toEqual([]);
  const [large, small] = interchange?.documents ?? [];
  expect(large?.canonical).toBeUndefined();
  expect(large?.faults).toEqual([
    { code: 'document-too-large', path: 'ST', text: expect.stringContaining(String(SEGMENTS_MAX + 3)) },
  ]);
  expect(large?.figures).toMatchObject({ segmentCountActual: SEGMENTS_MAX + 3, envelopeOk: true });
  expect(small).toMatchObject({ number: 'PO-0002', faults: [] });
});
