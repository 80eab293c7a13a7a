/** What people and systems want of the services, as they send it. */
import { derivedId } from '@crossdock/kernel';
import { iso, type StoredEvent } from '@crossdock/runtime';
import type { Answered, Wish } from './callers.ts';
import { changeLines } from './changes.ts';
import { CHANNEL, isPartners, orderIdOf } from './numbers.ts';
import type { FulfilmentRequest } from './outside.ts';
import { amendment, partnerOrder, partnerReceipt } from './partner.ts';
import type { OrderLine, OrderWanted, Wanted } from './plan.ts';
import { SHIPMENTS, type Tenant } from './services.ts';
import { claimGivenOver, loss, stockDocument, transfer } from './trade-stock.ts';
import { atOrders, document } from './wishes.ts';
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

/** The warehouse of somebody else confirms to us. */
const strayConfirmation = ({ tenant, no }: { readonly tenant: Tenant; readonly no: string }): Wish => {
  const lines = [{ lineNo: 1, picked: 1, short: 0 }];
  const body = { documentNo: no, occurredAt: '2030-03-04T09:00:00.000Z', lines };
  const id = derivedId('nobody', no);
  const route = `POST /v1/fulfilments/${id}/picked`;
  const wish = atOrders(tenant, route, no, body, (running, caller) =>
    running.opens('FulfilmentsController').picked(id, body, caller),
  );
  return { ...wish, service: SHIPMENTS };
};

/** What a warehouse is about to pick is counted off the books; perhaps other goods come in before it says what it picked. */
export const lostWhilePicked = async (world: World, tenant: Tenant, request: FulfilmentRequest): Promise<void> => {
  const { random } = world;
  const { fulfilmentId, node, lines } = request;
  const of = { tenant, no: `W-${fulfilmentId.slice(0, 12)}`, node, item: random.pick(lines).item };
  await want(world, { kind: 'loss', ...of, share: random.pick([0.5, 1, 1]), deep: true }, 0);
  if (random.happens(0.4)) await want(world, { kind: 'receipt', ...of, quantity: 1 + random.below(9) }, 0);
};

type Spoken =
  | Extract<Wanted, { kind: 'partner receipt' | 'item changed' | 'customer changed' | 'old master data' }>
  | Extract<Wanted, { kind: 'poison message' }>;
/** What others say on their streams. */
const spoken = (world: World, wanted: Spoken, nth: number): readonly StoredEvent[] => {
  const data = world.dataOf(wanted.tenant);
  switch (wanted.kind) {
    case 'partner receipt':
      return [partnerReceipt(world, wanted, nth)];
    case 'poison message':
      return [data.poison(wanted.no)];
    case 'item changed':
      return [data.itemChanged(wanted.nth)];
    case 'customer changed':
      return [data.customerChanged(wanted.nth)];
    case 'old master data':
      return data.oldVersions(wanted.nth);
  }
};

/** An order at the door of orders. */
const submitted = async (
  world: World,
  wanted: OrderWanted,
  body: unknown,
  { nth, ask }: { readonly nth: number; readonly ask: (wish: Wish) => Promise<Answered> },
): Promise<Answered> => {
  const { tenant, kind, no } = wanted;
  const answered = await ask(
    atOrders(tenant, 'POST /v1/orders', `${kind} ${no} ${nth}`, body, (running, caller) =>
      running.opens('OrdersController').submit(caller, body, { code: () => undefined }, CHANNEL),
    ),
  );
  if (answered.status < 300) world.acknowledged.set(`${tenant}|${orderIdOf(tenant, no)}`, no);
  return answered;
};

/** Sends what is wanted; resolves with the answer when there is one. */
export const want = async (
  world: World,
  wanted: Wanted & { readonly again?: true },
  nth: number,
): Promise<Answered | undefined> => {
  const { tenant } = wanted;
  const ask = (wish: Wish): Promise<Answered> =>
    world.callers.ask(wanted.again ? { ...wish, key: `${wish.key} again ${nth}` } : wish);
  switch (wanted.kind) {
    case 'order':
    case 'order again':
    case 'order changed': {
      const body = orderDocument(world, wanted);
      if (isPartners(wanted.no)) return void world.speak(partnerOrder(world, wanted, body, nth));
      return submitted(world, wanted, body, { nth, ask });
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
    case 'lines changed':
      return changeLines(world, wanted, ask);
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
    case 'poll':
      return poll(world, wanted, nth);
    case 'stray confirmation':
      return ask(strayConfirmation(wanted));
    case 'partner receipt':
    case 'poison message':
    case 'item changed':
    case 'customer changed':
    case 'old master data':
      return void world.speak(...spoken(world, wanted, nth));
    default:
      return ask(stockDocument(world, wanted));
  }
};
