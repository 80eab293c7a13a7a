/** Bytes of an XML document to text, as its byte order mark or its declaration says (XML 1.0, appendix F). */
import { utf16Of } from '../utf16.js';

const HEAD_BYTES = 256;
const MARK = [0xef, 0xbb, 0xbf];

const declaredIn = (bytes: Uint8Array): string | undefined => {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD_BYTES));
  return /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(head)?.[1]?.toLowerCase();
};

/** A declaration of UTF-16 that can itself be read byte by byte is wrong about it; partners convert and forget. */
const encodingOf = (bytes: Uint8Array): string => {
  const marked = MARK.every((byte, at) => bytes[at] === byte) ? 'utf-8' : utf16Of(bytes);
  if (marked) return marked;
  const declared = declaredIn(bytes) ?? 'utf-8';
  return declared.startsWith('utf-16') || declared === 'ucs-2' ? 'utf-8' : declared;
};

export type Decoded = { readonly text: string } | { readonly problem: string };

const isKnown = (encoding: string): boolean => {
  try {
    return new TextDecoder(encoding).encoding !== '';
  } catch {
    return false;
  }
};

/** Text without byte order mark, or why there is none: an unknown encoding, or bytes that are not in it. */
export const decodeXml = (bytes: Uint8Array): Decoded => {
  const encoding = encodingOf(bytes);
  if (!isKnown(encoding)) return { problem: `encoding ${JSON.stringify(encoding)} is not known` };
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    return { problem: `bytes are not ${encoding}, as the document says it is` };
  }
};
