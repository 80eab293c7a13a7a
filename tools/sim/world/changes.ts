/** Orders whose lines are changed, by a client at the door or by the partner that sent them, and what must come of it. */
import { derivedId } from '@crossdock/kernel';
import type { Random } from '@crossdock/testing';
import type { Fault } from '../run.ts';
import type { Answered, Wish } from './callers.ts';
import { isPartners, orderIdOf, PARTNER } from './numbers.ts';
import { ITEM_NAMES, warmedUp, type Action, type OrderWanted, type Wanted } from './plan.ts';
import { ORDERS } from './services.ts';
import { atOrders } from './wishes.ts';
import type { World } from './world.ts';

export interface LineWish {
  readonly action: 'add' | 'change' | 'cancel';
  readonly lineNo?: number;
  readonly item: string;
  readonly quantity?: string;
  readonly unitPrice?: string;
}
export type LinesChanged = Extract<Wanted, { kind: 'lines changed' }>;

const lineWish = (random: Random, { lines }: OrderWanted): LineWish => {
  const at = random.below(lines.length);
  const item = lines[at]?.item ?? 'TEA';
  const quantity = String(1 + random.below(random.happens(0.3) ? 14 : 5));
  const roll = random.next();
  if (roll < 0.2) return { action: 'cancel', lineNo: at + 1, item };
  if (roll < 0.4) return { action: 'add', item: random.pick(ITEM_NAMES), quantity, unitPrice: '2.495' };
  return { action: 'change', lineNo: at + 1, item, quantity };
};
/** From a stream of its own, so that a seed's other plans do not depend on it. Most come while they can still be done. */
export const plannedChanges = (seed: number, orders: readonly (Action & OrderWanted)[]): readonly Action[] => {
  const random = warmedUp(seed ^ 0x0c4a46e);
  if (!random.happens(0.5)) return [];
  const order = random.pick(orders);
  const soon = random.happens(0.7) ? 150 : 4_000;
  const { tenant, no } = order;
  const cancel: Action = { at: order.at + 1 + random.below(soon), kind: 'cancel', tenant, no };
  const changes = Array.from({ length: 1 + random.below(3) }, (_, nth): Action => {
    const count = 1 + random.below(2);
    return {
      at: order.at + 1 + random.below(soon),
      kind: 'lines changed',
      tenant,
      no,
      nth,
      lines: Array.from({ length: count }, () => lineWish(random, order)),
      ...(random.happens(0.15) ? { replace: true } : {}),
      ...(random.happens(0.2) ? { again: true } : {}),
    };
  });
  return random.happens(0.3) ? [...changes, cancel] : changes;
};

/** What was wanted of which order, by the partner's document or by the order that a caller was told of. */
const wished = new WeakMap<World, Map<string, LinesChanged>>();
const wishesOf = (world: World): Map<string, LinesChanged> => {
  const known = wished.get(world) ?? new Map<string, LinesChanged>();
  wished.set(world, known);
  return known;
};

const asked = ({ lines, replace }: LinesChanged) => ({ lines, ...(replace ? { replace } : {}) });
const byPartner = (world: World, wanted: LinesChanged): void => {
  const { tenant, no, nth } = wanted;
  const ordered = world.plan.actions.find((one) => one.kind === 'order' && one.no === no && one.tenant === tenant);
  const { account } = ordered as OrderWanted;
  const orderId = orderIdOf(tenant, no);
  const amendmentId = derivedId('change', orderId, nth);
  wishesOf(world).set(`${tenant}|${amendmentId}`, wanted);
  const data = { amendmentId, orderId, account, channel: PARTNER, wish: 'change', reason: 'other lines' };
  const change = asked(wanted);
  const partner = world.partnerOf(tenant);
  // Twice the same document: it may come again as a message of its own.
  const copies = wanted.again ? 2 : 1;
  for (let copy = 0; copy < copies; copy++) world.speak(partner.amends({ ...data, change }, copy));
};

export const changeLines = async (
  world: World,
  wanted: LinesChanged,
  ask: (wish: Wish) => Promise<Answered>,
): Promise<Answered | undefined> => {
  const { tenant, no, nth } = wanted;
  if (isPartners(no)) return void byPartner(world, wanted);
  const body = asked(wanted);
  const route = `POST /v1/orders/${no}/changes`;
  const answered = await ask(
    atOrders(tenant, route, `change ${no} ${nth}`, body, (running, caller) =>
      running.opens('OrdersController').change(caller, orderIdOf(tenant, no), body),
    ),
  );
  const { orderId, replaces } = (answered.body ?? {}) as { orderId?: string; replaces?: unknown };
  if (answered.status < 300 && orderId && replaces) {
    wishesOf(world).set(`${tenant}|${orderId}`, wanted);
    world.acknowledged.set(`${tenant}|${orderId}`, no);
  }
  return answered;
};

interface Order {
  readonly orderId: string;
  readonly orderNo: string;
  readonly status: string;
  readonly lineNos: readonly number[];
  readonly counters: Readonly<Record<string, readonly number[]>>;
  readonly replacedBy?: { readonly orderId: string };
}
interface Terms {
  readonly lines: readonly { readonly lineNo: number; readonly item: string; readonly quantity: number }[];
}
interface Created {
  readonly orderId: string;
  readonly replaces?: { readonly orderId: string; readonly amendmentId?: string };
}
const stateOf = <S>(world: World, kind: string, tenant: string, id: string): S | undefined =>
  world.stores[ORDERS].states.get(`${kind}/${tenant}|${id}`)?.s as S | undefined;

/** The units of each item that the change asks for, of the order that it was decided on. */
const expected = ({ lines }: Terms, { lines: wishes, replace }: LinesChanged): string[] => {
  const named = new Set(wishes.flatMap(({ lineNo }) => (lineNo === undefined ? [] : [lineNo])));
  const stay = replace ? [] : lines.filter(({ lineNo }) => !named.has(lineNo));
  const told = wishes.flatMap(({ action, item, quantity }) => (action === 'cancel' ? [] : [`${quantity} ${item}`]));
  return [...stay.map(({ item, quantity }) => `${quantity} ${item}`), ...told].sort();
};

const faultsOf = (world: World, tenant: string, created: Created): Fault[] => {
  const { orderId, replaces } = created;
  const wish = wishesOf(world).get(`${tenant}|${replaces?.amendmentId ?? orderId}`);
  const [order, old] = [orderId, replaces?.orderId ?? ''].map((id) => stateOf<Order>(world, 'order', tenant, id));
  const [terms, before] = [orderId, replaces?.orderId ?? ''].map((id) => stateOf<Terms>(world, 'terms', tenant, id));
  if (!wish || !order || !old || !terms || !before) return [];
  const faults: Fault[] = [];
  if (old.status !== 'cancelled' || old.replacedBy?.orderId !== orderId)
    faults.push({ id: 'I1', text: `order ${old.orderNo} was changed to ${order.orderNo} and is ${old.status}` });
  const wanted = expected(before, wish).join(', ');
  const agreed = terms.lines.map(({ item, quantity }) => `${quantity} ${item}`).sort();
  if (agreed.join(', ') !== wanted)
    faults.push({ id: 'I12', text: `order ${order.orderNo} is of ${agreed.join(', ')}, wanted was ${wanted}` });
  const billed = terms.lines.map(({ item }, at) => `${order.counters['invoiced']?.[at] ?? 0} ${item}`).sort();
  if (order.status === 'closed' && billed.join(', ') !== wanted)
    faults.push({ id: 'I2', text: `order ${order.orderNo} is billed ${billed.join(', ')}, wanted was ${wanted}` });
  return faults;
};

interface Told {
  readonly orderId: string;
  readonly outcome: string;
  readonly replacedBy?: string;
  readonly lines?: unknown;
}
/** Whoever was told that its order is no more has none under another number either. */
const livesOn = (world: World, tenant: string, { orderId, outcome, replacedBy, lines }: Told): Fault[] => {
  if (outcome !== 'done' || replacedBy || lines) return [];
  let order = stateOf<Order>(world, 'order', tenant, orderId);
  while (order?.replacedBy) order = stateOf<Order>(world, 'order', tenant, order.replacedBy.orderId);
  if (!order || order.status === 'cancelled') return [];
  return [{ id: 'I1', text: `order ${order.orderNo} is ${order.status}; its partner was told that it is cancelled` }];
};

/** I1, I2, I12: a changed order is what was wanted, is billed as that, stands once, and alone. */
export const wronglyChanged = (world: World): readonly Fault[] => {
  const faults: Fault[] = [];
  const made = new Map<string, string>();
  for (const { events } of world.stores[ORDERS].committed)
    for (const { type, tenant, body } of events) {
      if (type === 'orders.evt.amendment-answered') faults.push(...livesOn(world, tenant, JSON.parse(body) as Told));
      if (type !== 'orders.evt.order-created') continue;
      const created = JSON.parse(body) as Created;
      if (!created.replaces) continue;
      for (const key of [created.replaces.orderId, created.replaces.amendmentId]) {
        if (key === undefined) continue;
        const other = made.get(`${tenant}|${key}`);
        if (other !== undefined && other !== created.orderId)
          faults.push({ id: 'I1', text: `${key} of ${tenant} made two orders, ${other} and ${created.orderId}` });
        made.set(`${tenant}|${key}`, created.orderId);
      }
      faults.push(...faultsOf(world, tenant, created));
    }
  return faults.slice(0, 3);
};
