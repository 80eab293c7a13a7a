/** Runs documents through the translations of the connectors, as built. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../stack/files.ts';
import { differences, type Row } from './compare.ts';
import type { Folder } from './folder.ts';
import type { Outcome } from './outcome.ts';

/** As much of apps/connectors/src/translate as is used here; apps are loaded as built, not imported. */
interface Fault {
  readonly code: string;
  readonly path: string;
  readonly text: string;
}
interface Read {
  readonly standard: string;
  readonly type: string;
  readonly number?: string;
  readonly control?: string;
  readonly figures: Readonly<Record<string, unknown>>;
  readonly canonical?: { readonly kind: string };
  readonly faults: readonly Fault[];
}
interface Interchange {
  readonly documents: readonly Read[];
  readonly faults: readonly Fault[];
}
interface Translated {
  readonly standard?: string;
  readonly interchanges: readonly Interchange[];
  readonly faults: readonly Fault[];
}
export type Translate = (bytes: Uint8Array) => Translated;

const built = (...path: string[]): string =>
  pathToFileURL(join(ROOT, 'apps', 'connectors', 'dist', 'src', ...path)).href;

export const loadTranslate = async (): Promise<Translate> => {
  const { translateBytes } = (await import(built('translate', 'translate-bytes.js'))) as {
    translateBytes: (bytes: Uint8Array, context: unknown) => Translated;
  };
  const { NO_CONTEXT } = (await import(built('translate', 'translation.js'))) as { NO_CONTEXT: unknown };
  return (bytes) => translateBytes(bytes, NO_CONTEXT);
};

const FAMILIES: Readonly<Record<string, string>> = {
  Shopify: 'shops',
  WooCommerce: 'shops',
  BigCommerce: 'shops',
  Amazon: 'shops',
  IDoc: 'ERP files',
  NetSuite: 'ERP files',
  QuickBooks: 'ERP files',
};
const familyOf = (standard: string | undefined): string => FAMILIES[standard ?? ''] ?? standard ?? 'unknown';
const said = ({ code, path, text }: Fault): string => `${code} at ${path}: ${text}`;

/** Acknowledgements within an interchange have no figures and no row. */
const comparable = ({ figures }: Read): boolean => Object.keys(figures).length > 0;

const outcomeOf = (file: string, read: Read, row: Row | undefined, around: readonly string[]): Outcome => {
  const figures = { standard: read.standard, type: read.type, ...read.figures };
  const found = row ? differences(row, figures) : [];
  return {
    family: familyOf(read.standard),
    file,
    what: [read.type, read.number ?? read.control].filter(Boolean).join(' '),
    verdict: row ? (found.length > 0 ? 'wrong' : 'exact') : 'unlisted',
    differences: found,
    quarantined: [...read.faults.map(said), ...around],
  };
};

/** A row that no document stands for, or a document that no row does, is wrong. */
const unpaired = (
  file: string,
  family: string,
  expected: unknown,
  got: unknown,
  faults: readonly string[],
): Outcome => ({
  family,
  file,
  what: '',
  verdict: 'wrong',
  differences: [{ field: 'document', expected, got }],
  quarantined: faults,
});

/** Files of no standard are asked of `otherwise`: a carrier's answer may lie anywhere. */
export const readDocuments = (
  folder: Folder,
  translate: Translate,
  otherwise: (file: string, bytes: Uint8Array) => Outcome | undefined = () => undefined,
): readonly Outcome[] => {
  const known = new Set(folder.documents);
  const missing = [...folder.rows.keys()].filter((file) => !known.has(file));
  return [
    ...missing.map((file) => unpaired(file, 'missing', file, null, [])),
    ...folder.documents.flatMap((file) => {
      const bytes = bytesOf(join(folder.root, file));
      if (!(bytes instanceof Uint8Array)) return outcomesOf(folder, file, bytes);
      const read = translate(bytes);
      const other = read.standard === undefined && !folder.rows.has(file) ? otherwise(file, bytes) : undefined;
      return other ? [other] : outcomesOf(folder, file, read);
    }),
  ];
};

/** What tells the documents of one file apart, in a row and in figures. */
const KEYS = ['stControl', 'msgRef', 'id'] as const;
const isOf = (row: Row, { figures }: Read): boolean =>
  KEYS.some((key) => row[key] !== undefined && row[key] === figures[key]) &&
  KEYS.every((key) => row[key] === undefined || row[key] === figures[key]);

/** Rows are in the order of the file. Where their numbers differ, each belongs to the document with its own control or id. */
const paired = (reads: readonly Read[], rows: readonly Row[]): readonly (Row | undefined)[] => {
  if (reads.length === rows.length) return rows;
  const left = new Set(rows);
  const own = reads.map((read) => {
    const row = [...left].find((one) => isOf(one, read));
    if (row) left.delete(row);
    return row;
  });
  const rest = [...left];
  return own.map((row) => row ?? rest.shift());
};

const outcomesOf = (
  folder: Folder,
  file: string,
  { standard, interchanges, faults }: Translated,
): readonly Outcome[] => {
  const rows = folder.rows.get(file) ?? [];
  const family = familyOf(standard);
  const around = [...faults, ...interchanges.flatMap((one) => one.faults)].map(said);
  const reads = interchanges.flatMap(({ documents }) => documents).filter(comparable);
  const pairs = paired(reads, rows);
  const outcomes = reads.map((read, at) => outcomeOf(file, read, pairs[at], at === 0 ? around : []));
  if (rows.length === 0)
    return outcomes.length > 0
      ? outcomes
      : [{ family, file, what: '', verdict: 'unlisted', differences: [], quarantined: around }];
  const tooFew = rows
    .filter((row) => !pairs.includes(row))
    .map((row) => unpaired(file, family, row.type ?? row.standard, null, around));
  return outcomes
    .map((outcome, at) => (pairs[at] ? outcome : unpaired(file, family, null, reads[at]?.type, around)))
    .concat(tooFew);
};

/** Bytes of a file; a fault where they can't be read at all. */
const bytesOf = (path: string): Uint8Array | Translated => {
  try {
    return readFileSync(path);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { interchanges: [], faults: [{ code: 'document-unreadable', path: '/', text }] };
  }
};
