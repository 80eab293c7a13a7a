/** Codes that partners' documents of a folder hold, as the translations of connectors read them, as built. */
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../stack/files.ts';
import type { SeenCode } from './coverage.ts';

const CONNECTORS = join(ROOT, 'apps', 'connectors');
export const GOLDEN_DOCUMENTS: readonly string[] = ['x12', 'edifact'].map((standard) =>
  join(CONNECTORS, 'src', 'translate', standard, 'golden'),
);

interface Interchange {
  readonly standard: string;
  readonly documents: readonly { readonly canonical?: unknown }[];
}
const built = <M>(...path: readonly string[]): Promise<M> =>
  import(pathToFileURL(join(CONNECTORS, 'dist', 'src', ...path)).href) as Promise<M>;

/** One for each document that could be read, with its standard; partners' own references are not asked. */
export const codesBelow = async (
  folders: readonly string[],
): Promise<readonly { readonly standard: string; readonly codes: readonly SeenCode[] }[]> => {
  const { translateBytes } = await built<{
    translateBytes: (bytes: Uint8Array, context: unknown) => { readonly interchanges: readonly Interchange[] };
  }>('translate', 'translate-bytes.js');
  const { NO_CONTEXT } = await built<{ NO_CONTEXT: unknown }>('translate', 'translation.js');
  const { seenCodes, seenStatuses } = await built<{
    seenCodes: (document: unknown) => readonly SeenCode[];
    seenStatuses: (document: unknown, standard: string) => readonly SeenCode[];
  }>('map', 'seen-codes.js');
  return folders
    .flatMap((folder) =>
      globSync('**/*', { cwd: resolve(folder), withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => readFileSync(join(parentPath, name))),
    )
    .flatMap((bytes) => translateBytes(bytes, NO_CONTEXT).interchanges)
    .flatMap(({ standard, documents }) =>
      documents.flatMap(({ canonical }) =>
        canonical ? [{ standard, codes: [...seenCodes(canonical), ...seenStatuses(canonical, standard)] }] : [],
      ),
    );
};
