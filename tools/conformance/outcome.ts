/** What came of one document or tracking payload, held against its row of the reference. */
import { canonicalDifferences } from './canonical.ts';
import { differences, type Difference, type Row } from './compare.ts';
import type { Folder } from './folder.ts';
import type { Fault, ReadDocument, ReadFile, ReadTracking } from './reading.ts';

export interface Outcome {
  readonly family: string;
  readonly file: string;
  /** which document of the file */
  readonly what: string;
  /** exact or wrong where the reference has a row; `unlisted` where it has none */
  readonly verdict: 'exact' | 'wrong' | 'unlisted';
  readonly differences: readonly Difference[];
  /** what is wrong with it, so that it is in quarantine; its figures are compared all the same */
  readonly quarantined: readonly string[];
  /** what its partner's data would settle */
  readonly unsettled: readonly string[];
  /** where the document stands in the edge, or the package by its tracker */
  readonly status?: string;
}

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
const said = ({ code, path, text }: Fault): string => `${code} at ${path || '/'}: ${text}`;
const verdictOf = (row: Row | undefined, found: readonly Difference[]): Outcome['verdict'] =>
  found.length > 0 ? 'wrong' : row ? 'exact' : 'unlisted';

/** Acknowledgements within an interchange have no figures and no row. */
const comparable = ({ figures }: ReadDocument): boolean => Object.keys(figures).length > 0;

interface Around {
  readonly faults: readonly string[];
  readonly amiss: readonly Difference[];
}
const NOTHING_AROUND: Around = { faults: [], amiss: [] };

const documentOutcome = (file: string, read: ReadDocument, row: Row | undefined, around: Around): Outcome => {
  const { canonical, faults, unsettled = [], status } = read;
  const figures = { standard: read.standard, type: read.type, ...read.figures };
  const isWhole = faults.length + around.faults.length === 0;
  const found = [
    ...(row ? differences(row, figures) : []),
    ...(row && canonical && isWhole ? canonicalDifferences(row, read, canonical) : []),
    ...(read.amiss ?? []),
    ...around.amiss,
  ];
  return {
    family: familyOf(read.standard),
    file,
    what: [read.type, read.number ?? read.control].filter(Boolean).join(' '),
    verdict: verdictOf(row, found),
    differences: found,
    quarantined: [...faults.map(said), ...around.faults],
    unsettled: unsettled.map(said),
    ...(status ? { status } : {}),
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
  unsettled: [],
});
export const missing = (family: string, file: string): Outcome => unpaired(file, family, file, null, []);

/** What tells the documents of one file apart, in a row and in figures. */
const KEYS = ['stControl', 'msgRef', 'id'] as const;
const isOf = (row: Row, { figures }: ReadDocument): boolean =>
  KEYS.some((key) => row[key] !== undefined && row[key] === figures[key]) &&
  KEYS.every((key) => row[key] === undefined || row[key] === figures[key]);

/** Rows are in the order of the file. Where their numbers differ, each belongs to the document with its own control or id. */
const paired = (reads: readonly ReadDocument[], rows: readonly Row[]): readonly (Row | undefined)[] => {
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

/** Of every document of a file that has a row or figures; of the file itself where it has none. */
export const fileOutcomes = (
  folder: Folder,
  file: string,
  { standard, documents, faults, amiss = [] }: ReadFile,
): readonly Outcome[] => {
  const rows = folder.rows.get(file) ?? [];
  const family = familyOf(standard);
  const around: Around = { faults: faults.map(said), amiss };
  const reads = documents.filter(comparable);
  const pairs = paired(reads, rows);
  const outcomes = reads.map((read, at) => documentOutcome(file, read, pairs[at], at === 0 ? around : NOTHING_AROUND));
  if (rows.length === 0) {
    if (outcomes.length > 0) return outcomes;
    const verdict = verdictOf(undefined, amiss);
    return [{ family, file, what: '', verdict, differences: amiss, quarantined: around.faults, unsettled: [] }];
  }
  const tooFew = rows
    .filter((row) => !pairs.includes(row))
    .map((row) => unpaired(file, family, row.type ?? row.standard, null, around.faults));
  return outcomes
    .map((outcome, at) => (pairs[at] ? outcome : unpaired(file, family, null, reads[at]?.type, around.faults)))
    .concat(tooFew);
};

/** What a label does not assert (null) is not compared. */
const rowOf = (folder: Folder, file: string): Row | undefined => {
  const label = folder.labels.get(file);
  if (!label) return undefined;
  const { status, events } = label;
  return { file, ...(status !== null && { status }), ...(events !== null && { events }) };
};
export const trackingOutcome = (
  folder: Folder,
  file: string,
  { status, events, faults, standing, amiss = [] }: ReadTracking,
): Outcome => {
  const row = rowOf(folder, file);
  const found = [...(row ? differences(row, { status, events }) : []), ...amiss];
  return {
    family: 'carriers',
    file,
    what: `${status}, ${events} events`,
    verdict: verdictOf(row, found),
    differences: found,
    quarantined: faults.map(said),
    unsettled: [],
    ...(standing ? { status: standing } : {}),
  };
};
