/** What is played: an order file as it is, or its documents one after the other at their times. */
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { slicesOf, type Dated, type Pace } from './pace.ts';

export type Layout = 'uci' | 'ndjson';
export interface Upload {
  /** of the file; a part of it has a number */
  readonly name: string;
  readonly layout: Layout;
  /** after the first */
  readonly afterMs: number;
  /** the bytes, from the start at every call */
  readonly open: () => Readable;
}

export const CONTENT_TYPE = { uci: 'text/csv', ndjson: 'application/x-ndjson' } as const;

/** The name as services and the sandbox take it. */
export const nameOf = (file: string): string => basename(file).replaceAll(/[^A-Za-z0-9._-]/g, '_');

/** JSON lines begin with a brace, whatever the file is called; everything else is read as the UCI layout. */
export async function layoutOf(file: string): Promise<Layout> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    const start = buffer.toString('utf8', 0, bytesRead).replace(/^\uFEFF/, '');
    return start.trimStart().startsWith('{') ? 'ndjson' : 'uci';
  } finally {
    await handle.close();
  }
}

/** The whole file at once, or in parts at the pace of its documents. */
export async function uploadsOf(file: string, layout: Layout, pace: Pace): Promise<readonly Upload[]> {
  const name = nameOf(file);
  if (pace.kind === 'max') return [{ name, layout, afterMs: 0, open: () => createReadStream(file) }];
  // Bytes as Latin-1 characters: whatever the encoding is, a part has the very bytes of the file.
  const text = await readFile(file, 'latin1');
  try {
    return partsOf(name, layout, text, pace);
  } catch {
    // What is no table at all is refused by the service, which says why.
    return uploadsOf(file, layout, { kind: 'max' });
  }
}

export const partsOf = (name: string, layout: Layout, text: string, pace: Pace): readonly Upload[] => {
  const { head, documents } = layout === 'uci' ? uciDocuments(text) : { head: '', documents: lineDocuments(text) };
  return slicesOf(documents, pace).map(({ afterMs, values }, at) => ({
    name: `${name}.${at + 1}`,
    layout,
    afterMs,
    open: () => Readable.from([Buffer.from(`${head}${values.join('')}`, 'latin1')]),
  }));
};

/** What is still to be sent of an interrupted run: at once, or with the first of it at once. */
export const remaining = (
  uploads: readonly Upload[],
  sent: Readonly<Record<string, unknown>>,
  pace: Pace,
): readonly Upload[] => {
  const first = uploads.find(({ name }) => !(name in sent));
  const before = first?.afterMs ?? 0;
  return uploads.map((upload) => ({
    ...upload,
    afterMs: pace.kind === 'max' ? 0 : Math.max(0, upload.afterMs - before),
  }));
};

interface RawRow {
  readonly record: Readonly<Record<string, string>>;
  readonly raw: string;
}

/** All rows of one invoice are one document; it arrives with its first row. */
const uciDocuments = (text: string): { head: string; documents: Dated<string>[] } => {
  const end = text.indexOf('\n') + 1;
  const rows = parse(text, {
    columns: (names: string[]) => names.map((name) => name.trim()),
    raw: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
  }) as unknown as RawRow[];
  const documents = new Map<string, { atMs: number | undefined; raw: string }>();
  rows.forEach(({ record, raw }, at) => {
    // A row without a number is a document by itself, to be refused as one.
    const number = record['InvoiceNo'] ?? `row ${at}`;
    const known = documents.get(number);
    const line = raw.endsWith('\n') ? raw : `${raw}\n`;
    if (known) known.raw += line;
    else documents.set(number, { atMs: timeOf(record['InvoiceDate']), raw: line });
  });
  return {
    head: text.slice(0, end),
    documents: [...documents.values()].map(({ atMs, raw }) => ({ atMs, value: raw })),
  };
};

/** `2010-12-01 08:26:00` and `12/1/2010 8:26` */
export const timeOf = (text: string | undefined): number | undefined => {
  const iso = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)/.exec(text ?? '');
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2})/.exec(text ?? '');
  const two = (part: string | undefined): string => (part ?? '').padStart(2, '0');
  const ms = iso
    ? Date.parse(`${iso[1]}T${iso[2]}Z`)
    : american
      ? Date.parse(`${american[3]}-${two(american[1])}-${two(american[2])}T${two(american[4])}:${american[5]}Z`)
      : NaN;
  return Number.isNaN(ms) ? undefined : ms;
};

const lineDocuments = (text: string): Dated<string>[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ atMs: undefined, value: `${line}\n` }));

/** A generated day as `GET /day` gives it: `{ at, document }` a line. */
export const dayUploads = (name: string, lines: string, pace: Pace): readonly Upload[] => {
  const documents = lines
    .split('\n')
    .filter(Boolean)
    .map((line): Dated<string> => {
      const { at, document } = JSON.parse(line) as { at: string; document: unknown };
      return { atMs: Date.parse(at), value: `${JSON.stringify(document)}\n` };
    });
  return slicesOf(documents, pace).map(({ afterMs, values }, at) => ({
    name: `${name}.${at + 1}.ndjson`,
    layout: 'ndjson',
    afterMs,
    open: () => Readable.from([values.join('')]),
  }));
};
