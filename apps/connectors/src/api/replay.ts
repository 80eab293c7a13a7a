/** One command replays many documents: each is decided by itself, so one that still fails holds up no other. */
import pLimit from 'p-limit';
import { derivedId } from '@crossdock/kernel';
import { DecideDocument } from '@crossdock/contracts';
import type { Caller, Door, Found, Queries } from '@crossdock/runtime';
import type { KnownDocument } from '../domain/document.js';
import type { ManyReplay } from './documents.controller.js';

export interface ManyReplayed {
  readonly replayed: number;
  readonly refused: readonly { readonly documentId: string; readonly reason: string; readonly text: string }[];
  /** true when there may be more: the command takes a bounded number at once */
  readonly more: boolean;
}
interface Desk {
  readonly door: Door;
  readonly queries: Queries;
  readonly limit: number;
}
const AT_ONCE = 32;

const wanted = async (
  { queries, limit }: Desk,
  wish: ManyReplay,
  tenant: string,
): Promise<readonly Found<KnownDocument>[]> => {
  const { documentIds, reason, partner } = wish;
  const fits = ({ state }: Found<KnownDocument>): boolean =>
    state.status === 'quarantined' && (!reason || state.reason === reason) && (!partner || state.partner === partner);
  if (documentIds) return (await queries.many<KnownDocument>(tenant, 'document', documentIds)).filter(fits);
  const found: Found<KnownDocument>[] = [];
  const keys = [
    'status:quarantined',
    ...(partner ? [`partner:${partner}`] : []),
    ...(reason ? [`reason:${reason}`] : []),
  ];
  for await (const one of queries.scan<KnownDocument>(tenant, 'document', keys)) {
    if (found.length > limit) break;
    found.push(one);
  }
  return found;
};

export const replayMany = async (desk: Desk, wish: ManyReplay, caller: Caller): Promise<ManyReplayed> => {
  const all = await wanted(desk, wish, caller.tenant);
  const some = all.slice(0, desk.limit);
  const { comment, accept } = wish;
  const atOnce = pLimit(AT_ONCE);
  const refused: { documentId: string; reason: string; text: string }[] = [];
  const decide = async ({ state, version }: Found<KnownDocument>): Promise<boolean> => {
    const { documentId, partner } = state;
    const data = { documentId, partner, verdict: 'replay' as const, comment, ...(accept ? { accept } : {}) };
    // The same document in the same state is one replay, however often the command is sent.
    const id = derivedId('replay', caller.tenant, documentId, version);
    const answer = await desk.door.submit(DecideDocument, data, caller, { id });
    if (answer.kind === 'accept') return true;
    const texts = answer.kind === 'reject' ? answer.refusals.map(({ text, reason }) => text ?? reason) : [];
    refused.push({ documentId, reason: answer.reason, text: texts.slice(0, 10).join('; ') });
    return false;
  };
  const done = await Promise.all(some.map((one) => atOnce(() => decide(one))));
  return { replayed: done.filter(Boolean).length, refused, more: all.length > some.length };
};
