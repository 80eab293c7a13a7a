/** Bytes of anybody to interchanges: detects the standard and reads. Never throws: what can't be read is a fault. */
import { detect } from './detect.js';
import type { Fault, Interchange, Standard, TranslationContext } from './translation.js';
import { translate } from './translations.js';

export interface Translated {
  readonly standard?: Standard;
  readonly interchanges: readonly Interchange[];
  /** of the bytes as a whole: nothing tells what they are */
  readonly faults: readonly Fault[];
}

/** First bytes of ZIP, gzip, 7z, xz and bzip2: what they unfold to is nobody's promise, so nothing is unfolded. */
const COMPRESSED: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
  [0x1f, 0x8b],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0xfd, 0x37, 0x7a, 0x58],
  [0x42, 0x5a, 0x68],
];
const isCompressed = (bytes: Uint8Array): boolean =>
  COMPRESSED.some((mark) => mark.every((byte, at) => bytes[at] === byte));

const fault = (code: string, text: string): Fault => ({ code, path: '/', text });

/** The standard that the first bytes of a document tell, or why it is not read. */
export const recognise = (beginning: Uint8Array): Standard | Fault => {
  if (isCompressed(beginning))
    return fault('document-unsafe', 'compressed documents are not unpacked: send it as it is');
  return detect(beginning) ?? fault('format-unknown', 'the beginning tells no standard that is known here');
};

/** An interchange may be whole and hold nothing. */
const EMPTY = fault('no-document-found', 'there is no document in this file');
const NO_BYTES = fault('document-unreadable', 'the document is empty');

export const translateBytes = (bytes: Uint8Array, context: TranslationContext): Translated => {
  if (bytes.length === 0) return { interchanges: [], faults: [NO_BYTES] };
  const standard = recognise(bytes);
  if (typeof standard !== 'string') return { interchanges: [], faults: [standard] };
  const interchanges = translate(standard, bytes, context);
  if (!interchanges)
    return { standard, interchanges: [], faults: [fault('message-unsupported', `no mapping for ${standard}`)] };
  const isEmpty = interchanges.every(({ documents, faults }) => documents.length + faults.length === 0);
  return { standard, interchanges, faults: isEmpty ? [EMPTY] : [] };
};
