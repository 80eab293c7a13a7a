/** UTF-8, else Windows-1252: decided over the whole file, because one stray byte is enough. */
import { createReadStream } from 'node:fs';

export type Encoding = 'utf-8' | 'windows-1252';

export const encodingOf = async (path: string): Promise<Encoding> => {
  const strict = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const part of createReadStream(path)) strict.decode(part as Buffer, { stream: true });
    strict.decode();
    return 'utf-8';
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'windows-1252';
    throw error;
  }
};

/** The file's text, part by part, without a byte order mark. */
async function* textOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(await encodingOf(path));
  for await (const part of createReadStream(path)) yield decoder.decode(part as Buffer, { stream: true });
  yield decoder.decode();
}

/** The file's lines, without their ends. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const part of textOf(path)) {
    const lines = (rest + part).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  if (rest) yield rest;
}
