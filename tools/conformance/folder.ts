/** What lies in a folder of fixtures: documents, and the references that say what they hold. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { Row } from './compare.ts';

/** Beside documents: how to read them, where they came from, what others made of them. */
const BESIDE = /^(EXPECTED\.json|LABELS\.json|expected\..*\.json|.*\.md)$/;
/** Folders whose files no partner sends: golden postings of finance and the order files of the sandbox. */
const OTHERS = ['datasets', 'finance-golden'];
const TRACKING = 'carrier-tracking';

export interface Label {
  readonly status: string | null;
  readonly events: number | null;
}
export interface Folder {
  readonly root: string;
  /** relative paths with `/`, sorted */
  readonly documents: readonly string[];
  readonly trackings: readonly string[];
  readonly beside: number;
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  readonly labels: ReadonlyMap<string, Label>;
}

const filesBelow = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();

const readRows = (file: string): Row[] => {
  const rows: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(rows)) throw new Error(`${file} is no list of rows`);
  return rows as Row[];
};

const grouped = (rows: readonly Row[]): Map<string, Row[]> => {
  const byFile = new Map<string, Row[]>();
  for (const row of rows) {
    const same = byFile.get(row.file);
    if (same) same.push(row);
    else byFile.set(row.file, [row]);
  }
  return byFile;
};

/** Labels name payloads from where they lie. */
const readLabels = (root: string, files: readonly string[]): Map<string, Label> => {
  const labels = new Map<string, Label>();
  for (const file of files.filter((one) => basename(one) === 'LABELS.json')) {
    const folder = file.slice(0, -'LABELS.json'.length);
    const read = JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, Label>;
    for (const [name, label] of Object.entries(read)) labels.set(`${folder}${name}`, label);
  }
  return labels;
};

/** `expected` defaults to EXPECTED.json of the folder; a folder without one has no rows. */
export const readFolder = (root: string, expected?: string): Folder => {
  const files = filesBelow(root);
  const reference = expected ?? join(root, 'EXPECTED.json');
  if (expected !== undefined && !existsSync(expected)) throw new Error(`${expected} is missing`);
  const labels = readLabels(root, files);
  const isOther = (file: string): boolean => OTHERS.includes(file.split('/')[0] ?? '');
  const sent = files.filter((file) => !BESIDE.test(basename(file)) && !isOther(file));
  const isTracking = (file: string): boolean => labels.has(file) || file.split('/').includes(TRACKING);
  return {
    root,
    documents: sent.filter((file) => !isTracking(file)),
    trackings: sent.filter(isTracking),
    beside: files.length - sent.length,
    rows: existsSync(reference) ? grouped(readRows(reference)) : new Map(),
    labels,
  };
};
