/** Reads every document of a folder, then every carrier's payload, and holds what came of it against the reference. */
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { Folder } from './folder.ts';
import { fileOutcomes, missing, trackingOutcome, type Outcome } from './outcome.ts';
import type { Reader, ReadFile, ReadTracking, SentFile } from './reading.ts';

export interface RunOptions {
  /** files that are read at a time */
  readonly atOnce?: number;
  /** after each file: how many are read, and of how many */
  readonly onRead?: (read: number, all: number, file: string) => void;
}

/** A carrier's answer may lie anywhere: what is of no standard, and of which the reference says nothing, is asked of carriers too. */
const mayBeCarriers = (folder: Folder, file: string, { standard, documents }: ReadFile): boolean =>
  standard === undefined && documents.length === 0 && !folder.rows.has(file);
const isCarriers = ({ status, events }: ReadTracking): boolean => events > 0 || status === 'ERROR';

export async function run(
  folder: Folder,
  reader: Reader,
  { atOnce = 1, onRead = () => undefined }: RunOptions = {},
): Promise<readonly Outcome[]> {
  const { documents, trackings, rows, labels } = folder;
  const sentOf = (file: string): SentFile => ({ file, path: join(folder.root, file) });
  let count = 0;
  let all = documents.length + trackings.length;
  const noted = ({ file }: SentFile): void => onRead((count += 1), all, file);

  const limit = pLimit(atOnce);
  const found = await Promise.all(
    documents.map((file) =>
      limit(async () => {
        const read = await reader.document(sentOf(file));
        noted(sentOf(file));
        return { file, read };
      }),
    ),
  );
  const strangers = found.filter(({ file, read }) => mayBeCarriers(folder, file, read)).map(({ file }) => file);
  all += strangers.length;
  const payloads = [...trackings, ...strangers];
  const answers = await reader.trackings(payloads.map(sentOf), noted);
  const told = new Map(payloads.map((file, at) => [file, answers[at] as ReadTracking]));

  const known = { documents: new Set(documents), trackings: new Set(trackings) };
  return [
    ...[...rows.keys()].filter((file) => !known.documents.has(file)).map((file) => missing('missing', file)),
    ...found.flatMap(({ file, read }) => {
      const tracking = told.get(file);
      return tracking && isCarriers(tracking)
        ? [trackingOutcome(folder, file, tracking)]
        : fileOutcomes(folder, file, read);
    }),
    ...trackings.map((file) => trackingOutcome(folder, file, told.get(file) as ReadTracking)),
    ...[...labels.keys()].filter((file) => !known.trackings.has(file)).map((file) => missing('carriers', file)),
  ];
}
