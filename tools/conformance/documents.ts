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

export const readDocuments = (folder: Folder, translate: Translate): readonly Outcome[] => {
  const missing = [...folder.rows.keys()].filter((file) => !folder.documents.includes(file));
  return [
    ...missing.map((file) => unpaired(file, 'missing', file, null, [])),
    ...folder.documents.flatMap((file) => outcomesOf(folder, file, translate)),
  ];
};

const outcomesOf = (folder: Folder, file: string, translate: Translate): readonly Outcome[] => {
  const { standard, interchanges, faults } = translate(readFileSync(join(folder.root, file)));
  const rows = folder.rows.get(file) ?? [];
  const family = familyOf(standard);
  const around = [...faults, ...interchanges.flatMap((one) => one.faults)].map(said);
  const reads = interchanges.flatMap(({ documents }) => documents).filter(comparable);
  const outcomes = reads.map((read, at) => outcomeOf(file, read, rows[at], at === 0 ? around : []));
  if (rows.length === 0)
    return outcomes.length > 0
      ? outcomes
      : [{ family, file, what: '', verdict: 'unlisted', differences: [], quarantined: around }];
  const tooFew = rows.slice(reads.length).map((row) => unpaired(file, family, row.type ?? row.standard, null, around));
  const tooMany = reads.slice(rows.length).map((read) => unpaired(file, family, null, read.type, around));
  return [...outcomes.slice(0, rows.length), ...tooFew, ...tooMany];
};
