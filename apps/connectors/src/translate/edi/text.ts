/** Bytes to text for documents that seldom say, and often say wrongly, how they are encoded. */
import { utf16Of } from '../utf16.js';

/** Syntax identifiers of ISO 9735 (UNB S001/0001) and the character sets they stand for. */
const CHARSETS: Readonly<Record<string, string>> = {
  UNOA: 'iso-8859-1',
  UNOB: 'iso-8859-1',
  UNOC: 'iso-8859-1',
  UNOD: 'iso-8859-2',
  UNOE: 'iso-8859-5',
  UNOF: 'iso-8859-7',
  UNOG: 'iso-8859-3',
  UNOH: 'iso-8859-4',
  UNOI: 'iso-8859-6',
  UNOJ: 'iso-8859-8',
  UNOK: 'iso-8859-9',
  UNOL: 'iso-8859-15',
  UNOW: 'utf-8',
  UNOX: 'iso-2022-jp',
  UNOY: 'utf-8',
};
/** Where a syntax identifier may stand: UNA is 9 characters, UNB and a separator 4. */
const HEAD_BYTES = 64;

const declared = (bytes: Uint8Array): string => {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD_BYTES));
  const syntax = /UNB.(UNO[A-Z])/s.exec(head)?.[1];
  return CHARSETS[syntax ?? ''] ?? 'iso-8859-1';
};

const startsWith = (bytes: Uint8Array, ...mark: number[]): boolean => mark.every((byte, at) => bytes[at] === byte);

const MARK = [0xef, 0xbb, 0xbf];
const unmarked = (bytes: Uint8Array): Uint8Array => (startsWith(bytes, ...MARK) ? bytes.subarray(MARK.length) : bytes);
/**
 * Text of a document, without its byte order mark. Bytes that are valid UTF-8 are read as UTF-8 whatever the envelope
 * says (text in a one-byte set practically never is, and senders of UTF-8 keep writing UNOC); the others as declared,
 * ISO 8859-1 where nothing is.
 */
export const textOf = (bytes: Uint8Array): string => {
  const said = utf16Of(bytes);
  if (said) return new TextDecoder(said).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const body = unmarked(bytes);
    return new TextDecoder(declared(body)).decode(body);
  }
};

export type Bytes = AsyncIterable<Uint8Array>;

/** How a stream is encoded: by its mark, else UTF-8 if all of it is, else as declared. */
const encodingOf = async (bytes: Bytes): Promise<string> => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let head = new Uint8Array();
  try {
    for await (const chunk of bytes) {
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES + MARK.length)]);
      const said = utf16Of(head);
      if (said) return said;
      decoder.decode(chunk, { stream: true });
    }
    decoder.decode();
    return 'utf-8';
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    return declared(unmarked(head));
  }
};

/**
 * The same text, as a stream. It is gone through twice, the first time to see how it is encoded: what is not UTF-8 may
 * tell so in its last line only.
 */
export async function* textsOf(open: () => Promise<Bytes>): AsyncGenerator<string> {
  const encoding = await encodingOf(await open());
  const decoder = new TextDecoder(encoding);
  let isFirst = true;
  for await (const chunk of await open()) {
    // Other decoders know nothing of the mark of UTF-8.
    yield decoder.decode(isFirst && !encoding.startsWith('utf') ? unmarked(chunk) : chunk, { stream: true });
    isFirst = false;
  }
  yield decoder.decode();
}
