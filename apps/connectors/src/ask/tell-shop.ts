/** Tells a shop by its API what left for one of its orders, or what it may sell; each shop has a breaker of its own. */
import {
  DocumentSent,
  TellShop,
  type DocumentSentData,
  type NotedShipment,
  type SendDocumentData,
} from '@crossdock/contracts';
import type { Input } from '@crossdock/kernel';
import { defineAsk, type Archived, type OutsideAndKept } from '@crossdock/runtime';
import { despatchOf, isAllGone } from '../answer/despatch.js';
import type { ConnectorsSettings } from '../config.js';
import type { Dispatch } from '../domain/dispatch.js';
import { canonicalOf } from '../map/map-document.js';
import { ownConnection } from '../own-connection.js';
import { rootOf, type ShopKind } from '../shops/connection.js';
import { shopify } from '../shops/shopify.js';
import { nothingToSay, planOf, type ShopTeller, type ToTell } from '../shops/tell.js';
import { woocommerce } from '../shops/woocommerce.js';
import { sentAnswer } from './sent-answer.js';

type Question = Input<SendDocumentData>;
const LIMIT_BYTES = 64 * 1024 * 1024;
const TELLERS: Readonly<Partial<Record<ShopKind, ShopTeller>>> = { shopify, woocommerce };

const shipmentIn = ({ content }: Pick<SendDocumentData, 'content'>): NotedShipment | undefined =>
  (content as { readonly shipment?: NotedShipment }).shipment;

/** What is told, and whether with it all of the order has left: earlier shipments were queued before this one. */
const toTell = async ({ tenant, data }: Question, { kept }: OutsideAndKept): Promise<ToTell> => {
  const { canonical, orderId = '', partner, queuedAt, dispatchId, type } = data;
  if (!canonical) throw nothingToSay('nothing is behind it that a shop could be told');
  const document = await canonicalOf(kept.archive, tenant, canonical);
  const shipment = shipmentIn(data);
  if (document.kind !== 'order' || !shipment) return { document, isWhole: false };
  const others = await kept.queries.byKey<Dispatch>(tenant, 'dispatch', `orderId:${orderId}`);
  const earlier = others.flatMap(({ id, state }) =>
    id !== dispatchId && state.partner === partner && state.type === type ? (shipmentIn(state) ?? []) : [],
  );
  return {
    document: { kind: 'despatch-advice', data: despatchOf(document.data, shipment, queuedAt) },
    isWhole: isAllGone(document.data, [...earlier, shipment]),
  };
};

const tell = async (question: Question, outside: OutsideAndKept, settings: ConnectorsSettings): Promise<Archived> => {
  const { tenant, data } = question;
  const name = data.delivery.connection;
  const connection = ownConnection(settings.shopConnections, name, tenant);
  if (!connection) throw nothingToSay(`there is no shop connection "${name ?? ''}"`);
  const teller = TELLERS[connection.shop];
  if (!teller) throw nothingToSay(`${connection.shop} is told nothing`);
  const { requests, faults } = await planOf(teller, outside, connection, await toTell(question, outside));
  const [fault] = faults;
  if (fault) throw nothingToSay(fault.text);
  const said = Buffer.from(JSON.stringify({ control: data.control, type: data.type, requests }));
  const archived = await outside.kept.archive.put(tenant, said, LIMIT_BYTES, 'sent');
  for (const { method, path, body } of requests)
    await outside.request(method, `${rootOf(connection)}/${path}`, body, teller.headersOf(connection));
  return archived;
};

export const tellShop = defineAsk<SendDocumentData, DocumentSentData, Archived, ConnectorsSettings>({
  asks: TellShop,
  answers: DocumentSent,
  system: 'shop',
  outsideOf: ({ delivery, partner }) => delivery.connection ?? partner,
  // A shop of some thousand items takes a few calls a second; a try that was cut short leaves less for the next.
  policy: { deadlineMs: 300_000, concurrency: 1, unansweredAfterMs: 600_000, backoffMs: [500, 60_000] },
  call: (question, outside, settings) => tell(question, outside as OutsideAndKept, settings),
  answer: sentAnswer,
});
