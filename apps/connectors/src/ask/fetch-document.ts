/** Fetches what a thin event names from the partner's shop, and archives it as the shop gave it. */
import { DocumentFetched, FetchDocument, type DocumentFetchedData, type FetchDocumentData } from '@crossdock/contracts';
import type { Input } from '@crossdock/kernel';
import { defineAsk, OutsideRefusal, type OutsideAndKept } from '@crossdock/runtime';
import type { ConnectorsSettings } from '../config.js';
import type { KnownDocument } from '../domain/document.js';
import { canonicalOf } from '../map/map-document.js';
import { fetchFromAmazon } from '../shops/amazon.js';
import { fetchFromBigCommerce } from '../shops/bigcommerce.js';
import { ownConnection } from '../own-connection.js';
import type { ShopKind } from '../shops/connection.js';
import type { FetchFromShop } from '../shops/fetched.js';

const MOST_TEXT = 1000;
const LIMIT_BYTES = 32 * 1024 * 1024;
/** Shops whose events are thin; the others send what they tell of. */
const FETCHES: Readonly<Partial<Record<ShopKind, FetchFromShop>>> = {
  bigcommerce: fetchFromBigCommerce,
  amazon: fetchFromAmazon,
};

type Question = Input<FetchDocumentData>;
type Fetched = Pick<DocumentFetchedData, 'fetched' | 'text'>;

/** Any other document of the partner's about this order: taken, or put aside and still to be. */
const isKnown = async ({ tenant, data }: Question, { kept }: OutsideAndKept, number: string): Promise<boolean> => {
  const found = await kept.queries.byKey<KnownDocument>(tenant, 'document', `documentNo:${number}`);
  return found.some(({ state }) => state.partner === data.partner && state.kind === 'order');
};

const fetch = async (
  question: Question,
  outside: OutsideAndKept,
  { shopConnections }: ConnectorsSettings,
): Promise<Fetched> => {
  const { tenant, data } = question;
  const event = await canonicalOf(outside.kept.archive, tenant, data.canonical);
  if (event.kind !== 'notification') throw new OutsideRefusal(0, `a ${event.kind} is no thin event`);
  const connection = ownConnection(shopConnections, data.connection, tenant);
  const fetchFrom = connection && FETCHES[connection.shop];
  if (!connection) throw new OutsideRefusal(0, `there is no shop connection "${data.connection}"`);
  if (!fetchFrom) return { text: `events of ${connection.shop} are not thin: nothing is fetched` };
  const found = await fetchFrom(outside, connection, event.data);
  if ('text' in found) return found;
  const { order, name, isCancelled } = found;
  if (isCancelled && !(await isKnown(question, outside, event.data.subjectId)))
    return { text: `order ${event.data.subjectId} was cancelled before we took it` };
  const bytes = Buffer.from(JSON.stringify(order));
  const archived = await outside.kept.archive.put(tenant, bytes, LIMIT_BYTES);
  return { fetched: { hash: archived.hash, bytes: archived.bytes, name: name.slice(0, 100) } };
};

export const fetchDocument = defineAsk<FetchDocumentData, DocumentFetchedData, Fetched, ConnectorsSettings>({
  asks: FetchDocument,
  answers: DocumentFetched,
  system: 'shop',
  outsideOf: ({ connection }) => connection,
  policy: { deadlineMs: 60_000, concurrency: 2, unansweredAfterMs: 600_000, backoffMs: [500, 60_000] },
  call: (question, outside, settings) => fetch(question, outside as OutsideAndKept, settings),
  answer: ({ data: { documentId, partner, connection } }, said) => {
    const about = { documentId, partner, connection };
    const told = said.outcome === 'done' ? said.result : said;
    // What is told may repeat the event's own numbers, of whatever length.
    const text = told.text === undefined ? {} : { text: told.text.slice(0, MOST_TEXT) };
    return { ...about, outcome: said.outcome, ...told, ...text };
  },
});
