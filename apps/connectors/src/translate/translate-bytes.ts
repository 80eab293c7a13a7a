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
export const isCompressed = (bytes: Uint8Array): boolean =>
  COMPRESSED.some((mark) => mark.every((byte, at) => bytes[at] === byte));

const refused = (code: string, text: string): Translated => ({
  interchanges: [],
  faults: [{ code, path: '/', text }],
});

/** An interchange may be whole and hold nothing. */
const EMPTY: Fault = { code: 'no-document-found', path: '/', text: 'there is no document in this file' };

export const translateBytes = (bytes: Uint8Array, context: TranslationContext): Translated => {
  if (bytes.length === 0) return refused('document-unreadable', 'the document is empty');
  if (isCompressed(bytes)) return refused('document-unsafe', 'compressed documents are not unpacked: send it as it is');
  const standard = detect(bytes);
  if (!standard) return refused('format-unknown', 'the beginning tells no standard that is known here');
  const interchanges = translate(standard, bytes, context);
  if (!interchanges) return { ...refused('message-unsupported', `no mapping for ${standard}`), standard };
  const isEmpty = interchanges.every(({ documents, faults }) => documents.length + faults.length === 0);
  return { standard, interchanges, faults: isEmpty ? [EMPTY] : [] };
};
