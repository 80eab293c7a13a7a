/** The job that replays more documents than a caller waits for: page by page, and each once, whoever works it off. */
import { text } from 'node:stream/consumers';
import { derivedId } from '@crossdock/kernel';
import { Problem, type Found, type JobHandler, type JobRun } from '@crossdock/runtime';
import pLimit from 'p-limit';
import type { ManyReplay } from '../api/documents.controller.js';
import { AT_ONCE, replayOne, wanted, type ManyReplayed, type Replaying, type ReplayRefusal } from '../api/replay.js';
import type { ConnectorsSettings } from '../config.js';
import type { KnownDocument } from '../domain/document.js';

export const REPLAY_DOCUMENTS = 'replay-documents';
/** `refusals` counts all, `refused` names the first of them. */
export interface ReplayAccount extends ManyReplayed {
  readonly refusals: number;
}
export const NOTHING_YET: ReplayAccount = { replayed: 0, refusals: 0, refused: [] };

const MOST_NAMED = 1000;
const BUSY_WAITS_MS = [200, 500, 1_000, 2_000, 5_000, 10_000];

async function* pages(
  found: AsyncIterable<Found<KnownDocument>>,
  size: number,
): AsyncGenerator<readonly Found<KnownDocument>[]> {
  let page: Found<KnownDocument>[] = [];
  for await (const one of found) {
    page.push(one);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** What was put aside after the command was given, perhaps by this very replay, is not meant by it. */
const isMeant =
  (createdAt: string) =>
  ({ state }: Found<KnownDocument>): boolean =>
    (state.steps.at(-1)?.at ?? '') <= createdAt;

/** While a lane changes hands nobody answers: the same document is put in again, under the same id. */
const patiently = async (
  signal: AbortSignal,
  replaying: Replaying,
  found: Found<KnownDocument>,
): Promise<ReplayRefusal | undefined> => {
  for (const pauseMs of BUSY_WAITS_MS) {
    try {
      return await replayOne(replaying, found);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 503) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      signal.throwIfAborted();
    }
  }
  return replayOne(replaying, found);
};

const work = async (run: JobRun<ReplayAccount>, settings: ConnectorsSettings): Promise<ReplayAccount> => {
  const { record, door, queries, signal } = run;
  const { caller, tenant, id: jobId, createdAt } = record;
  const wish = JSON.parse(await text(run.open())) as ManyReplay;
  const idOf = ({ state }: Found<KnownDocument>): string => derivedId('replay', jobId, state.documentId);
  const replaying: Replaying = { door, caller, wish, idOf };
  const atOnce = pLimit(AT_ONCE);
  // Taken up again after a kill it meets what was refused again, and what was replayed no more.
  let account: ReplayAccount = { ...NOTHING_YET, replayed: record.progress.replayed ?? 0 };
  for await (const page of pages(wanted(queries, wish, tenant), settings.replayLimit)) {
    signal.throwIfAborted();
    const meant = page.filter(isMeant(createdAt));
    const done = await Promise.all(meant.map((found) => atOnce(() => patiently(signal, replaying, found))));
    const refused = done.filter((one) => one !== undefined);
    account = {
      replayed: account.replayed + done.length - refused.length,
      refusals: account.refusals + refused.length,
      refused: [...account.refused, ...refused].slice(0, MOST_NAMED),
    };
    run.progress(account);
  }
  return account;
};

export const replayDocuments: JobHandler<ReplayAccount, ConnectorsSettings> = { name: REPLAY_DOCUMENTS, run: work };
