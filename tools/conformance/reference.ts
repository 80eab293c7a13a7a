/** Reference rows, however they are laid out, and the files that they mean. */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import type { Row } from './compare.ts';

type Json = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a row calls its file. */
const FILE_FIELDS = ['file', 'path', 'filename', 'name'] as const;
/** Where rows stand in a reference that is no plain list. */
const LISTS = ['rows', 'documents', 'files', 'expected'] as const;

export const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw new Error(`${file} can't be read as JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
};

const rowOf = (value: unknown, at: number, reference: string, named?: string): Row => {
  if (!isRecord(value)) throw new Error(`${reference}: row ${at + 1} is no object`);
  const field = FILE_FIELDS.find((name) => typeof value[name] === 'string');
  const file = named ?? (field === undefined ? undefined : String(value[field]));
  if (file === undefined) throw new Error(`${reference}: row ${at + 1} names no file (${FILE_FIELDS.join(', ')})`);
  const { [field ?? 'file']: _, ...fields } = value;
  return { ...(named === undefined ? fields : value), file };
};

/** Rows of a list, of a list within an object, or of an object that has them by file. */
export const rowsOf = (content: unknown, reference: string): readonly Row[] => {
  if (Array.isArray(content)) return content.map((value, at) => rowOf(value, at, reference));
  if (!isRecord(content)) throw new Error(`${reference} holds neither a list of rows nor rows by file`);
  const list = LISTS.find((name) => Array.isArray(content[name]));
  if (list !== undefined) return rowsOf(content[list], reference);
  // What is no row beside rows is a remark.
  const byFile = Object.entries(content).filter(([, value]) => typeof value === 'object' && value !== null);
  if (byFile.length === 0 && Object.keys(content).length > 0) throw new Error(`${reference} holds no row`);
  return byFile.flatMap(([file, value]) =>
    (Array.isArray(value) ? value : [value]).map((one, at) => rowOf(one, at, reference, file)),
  );
};

/** `./a\b.edi` as `a/b.edi`. */
const plain = (name: string): string => posix.normalize(name.replaceAll('\\', '/')).replace(/^\/+/, '');

/**
 * The file that a name means: the one of this path below `folder`, else the only one whose path ends so or that ends a
 * longer name; the name itself where none or several do.
 */
export const fileNamed = (name: string, folder: string, files: ReadonlySet<string>): string => {
  const own = plain(name);
  for (const candidate of [plain(`${folder}${own}`), own]) if (files.has(candidate)) return candidate;
  const alike = [...files].filter((file) => file.endsWith(`/${own}`) || own.endsWith(`/${file}`));
  return alike.length === 1 && alike[0] !== undefined ? alike[0] : plain(`${folder}${own}`);
};
