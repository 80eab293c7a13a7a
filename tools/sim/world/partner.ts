/**
 * A trading partner, as its connector says it on the streams: orders, wishes to change or cancel them, receipts. Each is
 * answered by an event, because nobody waits for it.
 */
import { derivedId } from '@crossdock/kernel';
import { findMessage } from '@crossdock/contracts';
import { iso, type StoredEvent } from '@crossdock/runtime';
import type { Fault } from '../run.ts';
import { orderIdOf, PARTNER } from './numbers.ts';
import type { OrderWanted, Wanted } from './plan.ts';
import { INVENTORY, ORDERS, TENANTS, type Tenant } from './services.ts';
import type { World } from './world.ts';

type Data = Readonly<Record<string, unknown>>;

export class Partner {
  /** all of it, for a broker that has lost it */
  readonly said: StoredEvent[] = [];
  /** what is to be answered: `<type> <identity>` of the answer */
  readonly awaited = new Set<string>();

  private readonly tenant: Tenant;
  private readonly now: () => number;

  constructor(tenant: Tenant, now: () => number) {
    this.tenant = tenant;
    this.now = now;
  }

  /** `nth`: the same said again has another id. */
  orders(data: Data & { readonly orderId: string }, nth: number): StoredEvent {
    this.awaited.add(`order ${data.orderId}`);
    return this.say('orders.cmd.take-order', data, nth);
  }
  amends(data: Data & { readonly amendmentId: string }, nth: number): StoredEvent {
    this.awaited.add(`amendment ${data.amendmentId}`);
    return this.say('orders.cmd.amend-order', data, nth);
  }
  receives(data: Data & { readonly sourceId: string }, nth: number): StoredEvent {
    this.awaited.add(`receipt ${data.sourceId}`);
    return this.say('inventory.cmd.take-receipt', data, nth);
  }

  private say(type: string, data: object, nth: number): StoredEvent {
    const message = findMessage(type, 1);
    if (!message) throw new Error(`${type} is not declared`);
    const id = derivedId('partner', this.tenant, type, JSON.stringify(data), nth);
    const event: StoredEvent = {
      id,
      type: message.type,
      version: 1,
      source: 'connectors',
      stream: message.stream,
      tenant: this.tenant,
      key: message.key(data),
      lane: message.lane(data),
      entityVersion: 1,
      at: iso(this.now()),
      actor: 'partner:P1',
      correlationId: derivedId('correlation', id),
      causationId: id,
      body: JSON.stringify(data),
    };
    this.said.push(event);
    return event;
  }
}

const ANSWERS: Readonly<Record<string, (data: Record<string, string>) => string>> = {
  'orders.evt.order-created': ({ orderId }) => `order ${orderId}`,
  'orders.evt.order-rejected': ({ orderId }) => `order ${orderId}`,
  'orders.evt.amendment-answered': ({ amendmentId }) => `amendment ${amendmentId}`,
  'inventory.evt.document-booked': ({ sourceId }) => `receipt ${sourceId}`,
};
/** I11: whatever a partner sent is answered. */
export const unanswered = (world: World): readonly Fault[] => {
  const told = new Set<string>();
  for (const name of [ORDERS, INVENTORY] as const)
    for (const { events } of world.stores[name].committed)
      for (const { type, tenant, body } of events) {
        const named = ANSWERS[type];
        if (named) told.add(`${tenant} ${named(JSON.parse(body) as Record<string, string>)}`);
      }
  return world.partners.flatMap(({ awaited }, at) => {
    const tenant = TENANTS[at] ?? '';
    return [...awaited]
      .filter((what) => !told.has(`${tenant} ${what}`))
      .map((what) => ({ id: 'I11', text: `${what} of a partner of ${tenant} was never answered` }));
  });
};

export const partnerOrder = (
  world: World,
  { tenant, no, kind }: OrderWanted,
  body: unknown,
  nth: number,
): StoredEvent => {
  const contentHash = derivedId(JSON.stringify(body));
  const data = { ...(body as object), orderId: orderIdOf(tenant, no), channel: PARTNER, contentHash };
  return world.partnerOf(tenant).orders(data, kind === 'order' ? 0 : nth);
};
/** The partner takes its order back, or wants other lines, which is never possible. */
export const amendment = (
  world: World,
  { tenant, no }: Extract<Wanted, { kind: 'cancel' }>,
  nth: number,
): StoredEvent => {
  const ordered = world.plan.actions.find((one) => one.kind === 'order' && one.no === no && one.tenant === tenant);
  const { account } = ordered as OrderWanted;
  const wish = world.random.happens(0.7) ? 'cancel' : 'change';
  const orderId = orderIdOf(tenant, no);
  const data = { amendmentId: derivedId(orderId, nth), orderId, account, channel: PARTNER, wish, reason: 'of no use' };
  return world.partnerOf(tenant).amends(data, nth);
};
type PartnerReceipt = Extract<Wanted, { kind: 'partner receipt' }>;
export const partnerReceipt = (
  world: World,
  { tenant, no, node, item, quantity }: PartnerReceipt,
  nth: number,
): StoredEvent =>
  world.partnerOf(tenant).receives(
    {
      receiptId: derivedId(tenant, no),
      documentNo: no,
      node,
      occurredAt: world.now,
      lines: [{ lineNo: 1, item, quantity }],
      channel: PARTNER,
      sourceId: derivedId('source', tenant, no),
    },
    nth,
  );
