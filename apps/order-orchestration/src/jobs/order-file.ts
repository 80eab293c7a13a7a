/** The job that works off an uploaded order file: every document is taken, known already, or put aside with its reason. */
import pLimit from 'p-limit';
import { setTimeout as wait } from 'node:timers/promises';
import { derivedId } from '@crossdock/kernel';
import { RecordFile } from '@crossdock/contracts';
import { JobFailure, Problem, type JobHandler, type JobRun } from '@crossdock/runtime';
import type { OrderSettings } from '../config.js';
import type { ParkedState } from '../domain/documents.js';
import { readCanonical } from '../translate/canonical.js';
import { documentIdOf, type ReadDocument } from '../translate/document.js';
import { encodingOf, textLines } from '../translate/text-lines.js';
import { uciDocuments, WrongHeader } from '../translate/uci-file.js';
import type { UciContext } from '../translate/uci.js';
import { emptyAccount, RunningAccount, type FileAccount } from './file-account.js';
import { submitDocument, type Intake } from './submit-document.js';

export const LAYOUTS = ['uci', 'ndjson'] as const;
export type Layout = (typeof LAYOUTS)[number];
export const ORDER_FILE = 'order-file';

/** What an upload says of its file. */
export interface FileAbout {
  readonly layout: string;
  readonly name: string;
  readonly channel: string;
}
/** Files may come in one batch: the first opens it under its own id, the others name it. */
export const batchOf = (jobId: string, about: Readonly<Record<string, string>>): string => about['batch'] || jobId;

const CHUNK = 200;
const BUSY_WAITS_MS = [200, 500, 1_000, 2_000, 5_000, 10_000];

type Run = JobRun<FileAccount>;
interface Reading {
  readonly documents: AsyncIterable<ReadDocument>;
  readonly summary: () => Partial<FileAccount>;
}

async function* canonicalDocuments(
  run: Run,
  encoding: 'utf-8' | 'windows-1252',
  context: UciContext,
): AsyncGenerator<ReadDocument> {
  let row = 0;
  for await (const line of textLines(run.open(), encoding)) {
    row += 1;
    if (line.trim()) yield readCanonical(line, row, context);
  }
}

const reading = async (run: Run, settings: OrderSettings): Promise<Reading> => {
  const context = { currency: settings.fileCurrency, node: settings.fileNode };
  let summary: Partial<FileAccount> = {};
  if (run.record.about['layout'] === 'ndjson') {
    const encoding = await encodingOf(run.open());
    return { documents: canonicalDocuments(run, encoding, context), summary: () => ({ encoding }) };
  }
  const documents = uciDocuments(
    () => run.open(),
    context,
    (found) => (summary = found),
  );
  return { documents, summary: () => summary };
};

interface Placed {
  /** from 0 */
  readonly nth: number;
  readonly document: ReadDocument;
}
/** The file is not read as it was when its job was left, say by a newer version: nothing of the account may be believed. */
class ReadOtherwise extends Error {}

/** Documents behind those worked off in bundles, so that one look tells which of them were put aside before. */
async function* bundled(
  documents: AsyncIterable<ReadDocument>,
  { read, last }: FileAccount,
): AsyncGenerator<readonly Placed[]> {
  let bundle: Placed[] = [];
  let nth = -1;
  for await (const document of documents) {
    nth += 1;
    const { row, documentNo } = document;
    if (nth === read - 1 && (row !== last?.row || documentNo !== last.documentNo)) throw new ReadOtherwise();
    if (nth < read) continue;
    bundle.push({ nth, document });
    if (bundle.length < CHUNK) continue;
    yield bundle;
    bundle = [];
  }
  if (nth + 1 < read) throw new ReadOtherwise();
  if (bundle.length > 0) yield bundle;
}

/** What the last one who had this job in hand stored of it. */
const begunBefore = (progress: Partial<FileAccount>): FileAccount => ({ ...emptyAccount, ...progress });

const parkedBefore = async (run: Run, channel: string, bundle: readonly Placed[]): Promise<ReadonlySet<string>> => {
  const { tenant } = run.record;
  const ids = bundle.map(({ document }) => documentIdOf(tenant, channel, document.documentNo));
  const found = await run.queries.many<ParkedState>(tenant, 'document', ids);
  return new Set(found.filter(({ state }) => state.status === 'parked').map(({ id }) => id));
};

/** While a lane changes hands nobody answers: the same document is put in again, under the same id. */
const patiently = async <T>(signal: AbortSignal, attempt: () => Promise<T>): Promise<T> => {
  for (const pause of BUSY_WAITS_MS) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 503) throw error;
      await wait(pause, undefined, { signal });
    }
  }
  return attempt();
};

const recorded = (
  { door, record }: Run,
  name: string,
  { rows, documents, alreadyKnown }: FileAccount,
): Promise<unknown> =>
  door.submit(
    RecordFile,
    { fileId: record.id, name: name.slice(0, 200), rows, documents, alreadyKnown },
    record.caller,
    {
      id: derivedId(record.id, 'worked-off'),
      batchId: batchOf(record.id, record.about),
    },
  );

const work = async (run: Run, settings: OrderSettings, before: FileAccount): Promise<FileAccount> => {
  const { record, signal } = run;
  const { name = '', channel = 'file' } = record.about;
  const { documents, summary } = await reading(run, settings);
  const room = pLimit(settings.fileConcurrency);
  const so = new RunningAccount(name, before);
  const intake: Omit<Intake, 'wasParked'> = {
    door: run.door,
    caller: record.caller,
    channel,
    source: name,
    origin: record.id,
    batchId: batchOf(record.id, record.about),
    maxLines: settings.maxLines,
    daysAhead: settings.daysAhead,
  };
  for await (const bundle of bundled(documents, before)) {
    signal.throwIfAborted();
    const parked = await parkedBefore(run, channel, bundle);
    await Promise.all(
      bundle.map(({ nth, document }) =>
        room(async () => {
          signal.throwIfAborted();
          const wasParked = parked.has(documentIdOf(record.tenant, channel, document.documentNo));
          const fate = await patiently(signal, () => submitDocument(document, { ...intake, wasParked }));
          so.note(nth, document, fate);
          run.progress({ ...so.account, ...summary() });
        }),
      ),
    );
  }
  const { read } = so.account;
  const ended = {
    ...so.account,
    ...summary(),
    ...(record.about['layout'] === 'ndjson' ? { rows: read, documents: read } : {}),
  };
  await patiently(signal, () => recorded(run, name, ended));
  return ended;
};

export const orderFile: JobHandler<FileAccount, OrderSettings> = {
  name: ORDER_FILE,
  run: async (run, settings) => {
    try {
      return await work(run, settings, begunBefore(run.record.progress)).catch((error: unknown) => {
        if (error instanceof ReadOtherwise) return work(run, settings, emptyAccount);
        throw error;
      });
    } catch (error) {
      if (error instanceof WrongHeader) throw new JobFailure('wrong-header', error.message);
      throw error;
    }
  },
};
