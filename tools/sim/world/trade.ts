/** What people and systems want of the services, as they send it. */
import { derivedId } from '@crossdock/kernel';
import { findMessage } from '@crossdock/contracts';
import { answerOf, iso, type Caller } from '@crossdock/runtime';
import type { Answered, Wish } from './callers.ts';
import { CHANNEL, isPartners, orderIdOf } from './numbers.ts';
import { amendment, partnerOrder, partnerReceipt } from './partner.ts';
import type { OrderLine, OrderWanted, Wanted } from './plan.ts';
import type { Running } from './running.ts';
import { INVENTORY, ORDERS, SHIPMENTS, type Tenant } from './services.ts';
import type { World } from './world.ts';

const day = (world: World): string => world.now.slice(0, 10);

const linesOf = (lines: readonly OrderLine[]): unknown[] =>
  lines.map(({ item, quantity, kind }, at) => ({
    lineNo: at + 1,
    item,
    quantity: String(quantity),
    unitPrice: '2.495',
    ...(kind ? { kind } : {}),
  }));

const sent = new WeakMap<World, Map<string, unknown>>();
/** The same number has the same content whenever it is sent; a change has another. */
const orderDocument = (world: World, order: OrderWanted): unknown => {
  const known = sent.get(world) ?? new Map<string, unknown>();
  sent.set(world, known);
  const key = `${order.tenant}|${order.no}`;
  const { no: documentNo, account, lines, more, keptBackMs } = order;
  const document = known.get(key) ?? {
    documentNo,
    account,
    currency: 'GBP',
    shipTo: { country: 'GB' },
    lines: linesOf(lines),
    ...more,
    ...(keptBackMs ? { releaseNotBefore: iso(world.clock.now() + keptBackMs) } : {}),
  };
  known.set(key, document);
  return order.kind === 'order changed' ? { ...(document as object), customerPo: 'another' } : document;
};

const atOrders = (tenant: Tenant, route: string, key: string, content: unknown, go: Wish['go']): Wish => ({
  service: ORDERS,
  tenant,
  route,
  key,
  content,
  go,
});
const atInventory = (tenant: Tenant, route: string, key: string, content: unknown, go: Wish['go']): Wish => ({
  ...atOrders(tenant, route, key, content, go),
  service: INVENTORY,
});
/** A document of the door that has no controller of its own on this way in: as files and shops hand it in. */
const document =
  (type: string, data: unknown): Wish['go'] =>
  async (running: Running, caller: Caller) => {
    const contract = findMessage(type, 1);
    if (!contract) throw new Error(`${type} is not declared`);
    return answerOf(await running.door.submit(contract, data as object, caller));
  };

const submitReturn = (world: World, { tenant, no, account, lines }: Extract<Wanted, { kind: 'return' }>): Wish => {
  const data = {
    returnId: orderIdOf(tenant, no),
    channel: CHANNEL,
    documentNo: no,
    contentHash: derivedId(JSON.stringify(lines)),
    account,
    currency: 'GBP',
    returnDate: day(world),
    country: 'GB',
    node: 'DC1',
    lines: lines.map(({ item, quantity }, at) => ({
      lineNo: at + 1,
      item,
      kind: 'goods',
      quantity: String(quantity),
      unitPrice: '2.495',
    })),
  };
  return atOrders(tenant, 'POST file', `return ${no}`, data, document('orders.cmd.submit-return', data));
};

type Stock = Exclude<Extract<Wanted, { node: string; quantity: number }>, { kind: 'partner receipt' }>;
const stockDocument = (world: World, { kind, tenant, no, node, item, quantity }: Stock): Wish => {
  const at = world.now;
  const body = { documentNo: no, node, occurredAt: at, correlationId: `stock-${no}`, lines: [{ item, quantity }] };
  const key = `${kind} ${node} ${no}`;
  switch (kind) {
    case 'receipt':
      return atInventory(tenant, 'POST /v1/receipts', key, body, (running, caller) =>
        running.opens('DocumentsController').receipt(body, undefined, caller),
      );
    case 'broken receipt': {
      const broken = { ...body, lines: [{ item, quantity: -1 }] };
      return atInventory(tenant, 'POST /v1/receipts', key, broken, (running, caller) =>
        running.opens('DocumentsController').receipt(broken, undefined, caller),
      );
    }
    case 'count':
      return atInventory(tenant, 'POST /v1/counts', key, body, (running, caller) =>
        running.opens('DocumentsController').count(body, undefined, caller),
      );
    case 'adjustment': {
      const adjusted = { ...body, reason: 'found' };
      return atInventory(tenant, 'POST /v1/adjustments', key, adjusted, (running, caller) =>
        running.opens('DocumentsController').adjust(adjusted, undefined, caller),
      );
    }
    case 'shop adjustment': {
      const data = {
        adjustmentId: orderIdOf(tenant, no),
        channel: CHANNEL,
        documentNo: no,
        contentHash: derivedId(item, quantity),
        adjustmentDate: day(world),
        node,
        reason: 'lost',
        lines: [{ lineNo: 1, item, quantity: String(quantity) }],
      };
      return atOrders(tenant, 'POST file', key, data, document('orders.cmd.submit-adjustment', data));
    }
  }
};

const transfer = async (
  world: World,
  { tenant, no, item, quantity, inParts }: Extract<Wanted, { kind: 'transfer' }>,
) => {
  const from = { documentNo: no, node: 'DC1', occurredAt: world.now, correlationId: `transfer-${no}` };
  const body = { ...from, toNode: 'DC2', lines: [{ item, quantity }] };
  const shipped = await world.callers.ask(
    atInventory(tenant, 'POST /v1/transfers', `transfer ${no}`, body, (running, caller) =>
      running.opens('TransfersController').ship(body, undefined, caller),
    ),
  );
  if (shipped.status >= 400) return;
  const { transferId } = shipped.body as { transferId: string };
  const parts = inParts && quantity > 1 ? [1, quantity - 1] : [quantity];
  for (const [nth, part] of parts.entries()) {
    await world.clock.wait(world.random.below(500));
    const arrival = {
      occurredAt: world.now,
      correlationId: `transfer-${no}`,
      ...(parts.length > 1 ? { receiptNo: `${no}-${nth}` } : {}),
      lines: [{ item, quantity: part }],
    };
    await world.callers.ask({
      ...atInventory(tenant, `POST /v1/transfers/${transferId}`, `arrival ${no}-${nth}`, arrival, (running, caller) =>
        running.opens('TransfersController').complete(transferId, arrival, undefined, caller),
      ),
      later: ['transfer-unknown'],
    });
  }
};

const claimGivenOver = (
  world: World,
  { tenant, no, item, from, to, quantity }: Extract<Wanted, { kind: 'claim given over' }>,
): Wish => {
  const body = {
    documentNo: no,
    node: item === 'CUP' ? 'DC2' : 'DC1',
    correlationId: `claim-${no}`,
    occurredAt: world.now,
    item,
    fromOrderId: orderIdOf(tenant, from),
    toOrderId: orderIdOf(tenant, to),
    quantity,
    reason: 'more urgent',
  };
  return atInventory(tenant, 'POST /v1/claims/transfers', `claim ${no}`, body, (running, caller) =>
    running.opens('DocumentsController').transferClaim(body, undefined, caller),
  );
};

/** What somebody finds broken: a share of what lies there. What is allocated may have left the shelf, and is not lost. */
const loss = (world: World, { tenant, no, node, item, share }: Extract<Wanted, { kind: 'loss' }>): Wish | undefined => {
  const row = world.stores[INVENTORY].states.get(`position/${tenant}|${node}/${item}`);
  const { sellable = 0, allocated = 0 } = (row?.s ?? {}) as { sellable?: number; allocated?: number };
  const quantity = -Math.ceil((sellable - allocated) * share);
  return quantity < 0 ? stockDocument(world, { kind: 'adjustment', tenant, no, node, item, quantity }) : undefined;
};

/** Somebody asks carriers for packages that they have told of, or not yet. */
const poll = async (world: World, { tenant }: Extract<Wanted, { kind: 'poll' }>, nth: number): Promise<undefined> => {
  const known = [...world.stores[SHIPMENTS].states.values()]
    .filter(({ kind, id }) => kind === 'tracker' && id.startsWith(`${tenant}|`))
    .map(({ id }) => id.slice(tenant.length + 1));
  const asked = ['T-nobody', ...known].slice(-3).map((trackingNo) =>
    world.callers.ask({
      ...atOrders(tenant, `POST /v1/trackers/${trackingNo}/polls`, `poll ${trackingNo} ${nth}`, {}, (running, caller) =>
        running.opens('PollsController').poll(trackingNo, caller),
      ),
      service: SHIPMENTS,
    }),
  );
  const silent = world.callers.ask({
    ...atOrders(tenant, 'POST /v1/trackers/polls', `poll ${nth}`, {}, (running, caller) =>
      running.opens('PollsController').pollSilent(caller),
    ),
    service: SHIPMENTS,
  });
  await Promise.all([...asked, silent]);
  return undefined;
};

/** Sends what is wanted; resolves with the answer when there is one. */
export const want = async (world: World, wanted: Wanted, nth: number): Promise<Answered | undefined> => {
  const { tenant } = wanted;
  const ask = (wish: Wish): Promise<Answered> => world.callers.ask(wish);
  switch (wanted.kind) {
    case 'order':
    case 'order again':
    case 'order changed': {
      const body = orderDocument(world, wanted);
      if (isPartners(wanted.no)) return void world.speak(partnerOrder(world, wanted, body, nth));
      const answered = await ask(
        atOrders(tenant, 'POST /v1/orders', `${wanted.kind} ${wanted.no} ${nth}`, body, (running, caller) =>
          running.opens('OrdersController').submit(caller, body, { code: () => undefined }, CHANNEL),
        ),
      );
      if (answered.status < 300) world.acknowledged.set(`${tenant}|${orderIdOf(tenant, wanted.no)}`, wanted.no);
      return answered;
    }
    case 'cancel': {
      const body = { reason: 'changed their mind' };
      if (isPartners(wanted.no) && world.random.happens(0.7)) return void world.speak(amendment(world, wanted, nth));
      return ask(
        atOrders(tenant, `POST /v1/orders/${wanted.no}/cancel`, `cancel ${wanted.no} ${nth}`, body, (running, caller) =>
          running.opens('OrdersController').cancel(caller, orderIdOf(tenant, wanted.no), body),
        ),
      );
    }
    case 'loss': {
      const wish = loss(world, wanted);
      return wish && ask(wish);
    }
    case 'return':
      return ask(submitReturn(world, wanted));
    case 'transfer':
      await transfer(world, wanted);
      return undefined;
    case 'claim given over':
      return ask(claimGivenOver(world, wanted));
    case 'unreadable document': {
      const { no } = wanted;
      const data = {
        documentId: orderIdOf(tenant, no),
        channel: CHANNEL,
        documentNo: no,
        contentHash: derivedId(no),
        reason: 'schema-violation',
        text: 'not to be read',
        content: { no },
      };
      return ask(atOrders(tenant, 'POST file', `park ${no}`, data, document('orders.cmd.park-document', data)));
    }
    case 'partner receipt':
      return void world.speak(partnerReceipt(world, wanted, nth));
    case 'poll':
      return poll(world, wanted, nth);
    case 'poison message':
      return void world.speak(world.dataOf(tenant).poison(wanted.no));
    case 'item changed':
      return void world.speak(world.dataOf(tenant).itemChanged(wanted.nth));
    case 'customer changed':
      return void world.speak(world.dataOf(tenant).customerChanged(wanted.nth));
    case 'old master data':
      return void world.speak(...world.dataOf(tenant).oldVersions(wanted.nth));
    default:
      return ask(stockDocument(world, wanted));
  }
};
