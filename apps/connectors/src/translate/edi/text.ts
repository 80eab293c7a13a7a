/** Bytes to text for documents that seldom say, and often say wrongly, how they are encoded. */

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
  UNOW: 'utf-8',
  UNOX: 'iso-2022-jp',
};
/** Where a syntax identifier may stand: UNA is 9 characters, UNB and a separator 4. */
const HEAD_BYTES = 64;

const declared = (bytes: Uint8Array): string => {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD_BYTES));
  const syntax = /UNB.(UNO[A-Z])/s.exec(head)?.[1];
  return CHARSETS[syntax ?? ''] ?? 'iso-8859-1';
};

const startsWith = (bytes: Uint8Array, ...mark: number[]): boolean => mark.every((byte, at) => bytes[at] === byte);

/**
 * Text of a document, without its byte order mark. Bytes that are valid UTF-8 are read as UTF-8 whatever the envelope
 * says (text in a one-byte set practically never is, and senders of UTF-8 keep writing UNOC); the others as declared,
 * ISO 8859-1 where nothing is.
 */
export const textOf = (bytes: Uint8Array): string => {
  if (startsWith(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes);
  if (startsWith(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const body = startsWith(bytes, 0xef, 0xbb, 0xbf) ? bytes.subarray(3) : bytes;
    return new TextDecoder(declared(body)).decode(body);
  }
};
