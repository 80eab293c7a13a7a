/** Runs tracking payloads through the carrier translations of shipment-normalization, as built. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../stack/files.ts';
import { differences, type Row } from './compare.ts';
import type { Folder } from './folder.ts';
import type { Outcome } from './outcome.ts';

interface Reading {
  readonly status: string;
  readonly events: readonly unknown[];
  readonly faults?: readonly { readonly code: string; readonly text: string }[];
}
/** `hint` names the carrier: the payload's path. */
export type ReadTracking = (hint: string, payload: Uint8Array) => Reading;

const BUILT = join(ROOT, 'apps', 'shipment-normalization', 'dist', 'src', 'translate', 'carriers', 'index.js');

export const loadReadTracking = async (): Promise<ReadTracking> => {
  if (!existsSync(BUILT)) throw new Error(`${BUILT} is missing: build first (npm run build)`);
  const { readTracking } = (await import(pathToFileURL(BUILT).href)) as { readTracking: ReadTracking };
  return readTracking;
};

/** What a label does not assert (null) is not compared. */
const rowOf = (folder: Folder, file: string): Row | undefined => {
  const label = folder.labels.get(file);
  if (!label) return undefined;
  const { status, events } = label;
  return { file, ...(status !== null && { status }), ...(events !== null && { events }) };
};

const outcomeOf = (file: string, reading: Reading, row: Row | undefined): Outcome => {
  const { status, events, faults = [] } = reading;
  const found = row ? differences(row, { status, events: events.length }) : [];
  return {
    family: 'carriers',
    file,
    what: `${status}, ${events.length} events`,
    verdict: row ? (found.length > 0 ? 'wrong' : 'exact') : 'unlisted',
    differences: found,
    quarantined: faults.map(({ code, text }) => `${code}: ${text}`),
  };
};

/** Outcome of a file that lies among documents, when it is a carrier's answer. */
export const trackingAmongDocuments =
  (readTracking: ReadTracking) =>
  (file: string, bytes: Uint8Array): Outcome | undefined => {
    const reading = readTracking(file, bytes);
    return reading.events.length > 0 || reading.status === 'ERROR' ? outcomeOf(file, reading, undefined) : undefined;
  };

export const readTrackings = (folder: Folder, readTracking: ReadTracking): readonly Outcome[] => {
  const known = new Set(folder.trackings);
  return [
    ...folder.trackings.map((file) =>
      outcomeOf(file, readTracking(file, readFileSync(join(folder.root, file))), rowOf(folder, file)),
    ),
    ...[...folder.labels.keys()]
      .filter((file) => !known.has(file))
      .map((file): Outcome => {
        const differs = [{ field: 'document', expected: file, got: null }];
        return { family: 'carriers', file, what: '', verdict: 'wrong', differences: differs, quarantined: [] };
      }),
  ];
};
