/** One command replays many documents: each is decided by itself, so one that still fails holds up no other. */
import { derivedId } from '@crossdock/kernel';
import { DecideDocument } from '@crossdock/contracts';
import type { Caller, Door, Found, Queries } from '@crossdock/runtime';
import pLimit from 'p-limit';
import type { KnownDocument } from '../domain/document.js';
import type { ManyReplay } from './documents.controller.js';

export interface ReplayRefusal {
  readonly documentId: string;
  readonly reason: string;
  readonly text: string;
}
export interface ManyReplayed {
  readonly replayed: number;
  readonly refused: readonly ReplayRefusal[];
}
export const AT_ONCE = 32;
const PAGE = 1000;

/** Quarantined documents that fit everything given, each once. */
export async function* wanted(
  queries: Queries,
  { documentIds, reason, partner }: ManyReplay,
  tenant: string,
): AsyncGenerator<Found<KnownDocument>> {
  const fits = ({ state }: Found<KnownDocument>): boolean =>
    state.status === 'quarantined' && (!reason || state.reason === reason) && (!partner || state.partner === partner);
  if (documentIds) {
    const ids = [...new Set(documentIds)];
    for (let from = 0; from < ids.length; from += PAGE)
      yield* (await queries.many<KnownDocument>(tenant, 'document', ids.slice(from, from + PAGE))).filter(fits);
    return;
  }
  const keys = [
    'status:quarantined',
    ...(partner ? [`partner:${partner}`] : []),
    ...(reason ? [`reason:${reason}`] : []),
  ];
  yield* queries.scan<KnownDocument>(tenant, 'document', keys);
}

export interface Replaying {
  readonly door: Door;
  readonly caller: Caller;
  readonly wish: ManyReplay;
  /** id of the replay of a document: the same id is the same replay, however often it is put in */
  readonly idOf: (found: Found<KnownDocument>) => string;
}
/** Why it is not replayed; undefined when it is. */
export const replayOne = async (
  { door, caller, wish, idOf }: Replaying,
  found: Found<KnownDocument>,
): Promise<ReplayRefusal | undefined> => {
  const { documentId, partner } = found.state;
  const { comment, accept } = wish;
  const data = { documentId, partner, verdict: 'replay' as const, comment, ...(accept ? { accept } : {}) };
  const answer = await door.submit(DecideDocument, data, caller, { id: idOf(found) });
  if (answer.kind === 'accept') return undefined;
  const texts = answer.kind === 'reject' ? answer.refusals.map(({ text, reason }) => text ?? reason) : [];
  return { documentId, reason: answer.reason, text: texts.slice(0, 10).join('; ') };
};

/** All of them while the caller waits; undefined when there are more than `limit`, and nothing is done then. */
export const replayMany = async (
  { door, queries, limit }: { readonly door: Door; readonly queries: Queries; readonly limit: number },
  wish: ManyReplay,
  caller: Caller,
): Promise<ManyReplayed | undefined> => {
  const all: Found<KnownDocument>[] = [];
  for await (const found of wanted(queries, wish, caller.tenant)) {
    if (all.length === limit) return undefined;
    all.push(found);
  }
  const atOnce = pLimit(AT_ONCE);
  // The same document in the same state is one replay, however often the command is sent.
  const idOf = ({ state, version }: Found<KnownDocument>): string =>
    derivedId('replay', caller.tenant, state.documentId, version);
  const replaying = { door, caller, wish, idOf };
  const done = await Promise.all(all.map((found) => atOnce(() => replayOne(replaying, found))));
  const refused = done.filter((one) => one !== undefined);
  return { replayed: done.length - refused.length, refused };
};
