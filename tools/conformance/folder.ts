/** What lies in a folder of fixtures: documents, and the references that say what they hold. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Row } from './compare.ts';
import { fileNamed, readJson, rowsOf } from './reference.ts';

const EXPECTED = 'EXPECTED.json';
const LABELS = 'LABELS.json';
/** Beside documents: how to read them, where they came from, what others made of them. */
const BESIDE = /^(EXPECTED\.json|LABELS\.json|expected\..*\.json|.*\.md|\..*)$/;
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
  /** what a reader of the table should know first: no reference, for one */
  readonly notes: readonly string[];
}

const isFile = (path: string): boolean => {
  try {
    return statSync(path).isFile();
  } catch {
    return false; // a link to nowhere
  }
};
const filesBelow = (root: string): string[] => {
  if (!existsSync(root)) throw new Error(`${root} is missing`);
  if (!statSync(root).isDirectory()) throw new Error(`${root} is no folder`);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => isFile(join(root, file)))
    .map((file) => file.split(sep).join('/'))
    .toSorted();
};
/** `a/b/` of `a/b/EXPECTED.json`, '' at the root. */
const folderOf = (file: string): string => file.slice(0, -basename(file).length);

const grouped = (rows: readonly Row[]): Map<string, Row[]> => {
  const byFile = new Map<string, Row[]>();
  for (const row of rows) {
    const same = byFile.get(row.file);
    if (same) same.push(row);
    else byFile.set(row.file, [row]);
  }
  return byFile;
};

/** Names in a reference are read from where it lies; those of one that lies elsewhere from the folder. */
const readRows = (root: string, files: ReadonlySet<string>, expected: string | undefined): readonly Row[] => {
  const references =
    expected === undefined ? [...files].filter((file) => basename(file) === EXPECTED) : [relative(root, expected)];
  return references.flatMap((reference) => {
    const from = expected === undefined ? folderOf(reference) : '';
    return rowsOf(readJson(join(root, reference)), reference).map((row) => ({
      ...row,
      file: fileNamed(row.file, from, files),
    }));
  });
};

const readLabels = (root: string, files: ReadonlySet<string>): Map<string, Label> => {
  const labels = new Map<string, Label>();
  for (const file of [...files].filter((one) => basename(one) === LABELS)) {
    for (const { file: name, ...label } of rowsOf(readJson(join(root, file)), file)) {
      const { status = null, events = null } = label as Partial<Label>;
      labels.set(fileNamed(name, folderOf(file), files), { status, events });
    }
  }
  return labels;
};

/** `expected` defaults to every EXPECTED.json of the folder; a folder without one has no rows. */
export const readFolder = (root: string, expected?: string): Folder => {
  const files = filesBelow(root);
  if (expected !== undefined && !existsSync(expected)) throw new Error(`${expected} is missing`);
  const known = new Set(files);
  const isBeside = (file: string): boolean =>
    BESIDE.test(basename(file)) ||
    dirname(file)
      .split('/')
      .some((part) => OTHERS.includes(part)) ||
    (expected !== undefined && join(root, file) === expected);
  const sent = files.filter((file) => !isBeside(file));
  const labels = readLabels(root, known);
  const rows = grouped(readRows(root, known, expected));
  const isTracking = (file: string): boolean =>
    labels.has(file) || (!rows.has(file) && file.split('/').includes(TRACKING));
  return {
    root,
    documents: sent.filter((file) => !isTracking(file)),
    trackings: sent.filter(isTracking),
    beside: files.length - sent.length,
    rows,
    labels,
    notes: [
      ...(sent.length === 0 ? [`${root} holds no document.`] : []),
      ...(rows.size + labels.size === 0
        ? [`Neither ${EXPECTED} nor ${LABELS} is there: documents are read, and compared with nothing.`]
        : []),
    ],
  };
};
