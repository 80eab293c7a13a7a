/** Bytes as lines of text: UTF-8, and Windows-1252 when they are no UTF-8. */
import type { Readable } from 'node:stream';

export type Encoding = 'utf-8' | 'windows-1252';

const NOT_UTF8 = 'ERR_ENCODING_INVALID_ENCODED_DATA';
/** UTF-8 unless a byte of it can't be. Reads everything once. */
export const encodingOf = async (bytes: Readable): Promise<Encoding> => {
  const strict = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of bytes) strict.decode(chunk as Buffer, { stream: true });
    strict.decode();
    return 'utf-8';
  } catch (error) {
    if ((error as { readonly code?: string }).code === NOT_UTF8) return 'windows-1252';
    throw error;
  } finally {
    bytes.destroy();
  }
};

/** A line longer than this is cut: nothing of ours is that long, and memory is bounded. */
const LONGEST_LINE = 4 * 1024 * 1024;

/** CR alone ends lines where the first line of the text ends so (old Macintosh); then no LF does. */
const endOf = (text: string): '\n' | '\r' | undefined => {
  const first = /\r(?=[^\r\n])|\n/.exec(text);
  return first?.[0] as '\n' | '\r' | undefined;
};

/** Lines without their ends; a byte order mark at the start is no part of them. */
export async function* textLines(bytes: AsyncIterable<unknown>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let rest = '';
  let end: '\n' | '\r' | undefined;
  for await (const chunk of bytes) {
    const text = rest + decoder.decode(chunk as Buffer, { stream: true });
    end ??= endOf(text);
    const parts = text.split(end ?? '\n');
    rest = parts.pop() ?? '';
    for (const part of parts) yield part.endsWith('\r') ? part.slice(0, -1) : part;
    if (rest.length > LONGEST_LINE) rest = rest.slice(0, LONGEST_LINE);
  }
  rest += decoder.decode();
  if (rest) yield rest.endsWith('\r') ? rest.slice(0, -1) : rest;
}
