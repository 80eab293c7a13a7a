/** What a seed plans for the very moment in which it can do harm: chance alone would hit it once in thousands of seeds. */
import type { Random } from '@crossdock/testing';
import { HEARD, ITEMS, type Action, type Mishap, type OrderWanted, type Wanted } from './plan.ts';
import { FINANCE, INVENTORY, ORDERS, SERVICES } from './services.ts';

const at = (ms: number, what: Wanted | Mishap): Action => ({ at: ms, ...what });

/** A kill in the very moment in which something that is wanted becomes true, or known. */
export const aimedKill = (random: Random, moment: number): Action =>
  at(moment, {
    kind: 'kill',
    service: ORDERS,
    replica: random.below(2),
    steps: 1 + random.below(2),
    step: `${random.pick(['store.commit', 'store.commit', 'broker.publish'])} ${random.pick(['before', 'after'])}`,
    awayMs: random.below(500),
  });

/**
 * Frozen with a commit under way, for longer than a lease: it wakes when another owns its lanes, and goes on with what
 * it was about to do.
 */
export const aimedFreeze = (random: Random, moment: number): Action =>
  at(Math.max(0, moment - random.below(20)), {
    kind: 'freeze',
    service: ORDERS,
    replica: random.below(2),
    ms: 1_500 + random.below(2_500),
    steps: 1 + random.below(3),
    step: random.happens(0.8) ? 'store.commit before' : 'broker.publish before',
  });

/** Killed while it stops cleanly: what it was about to give back is taken by nobody's leave. */
export const killedAtTheEnd = (random: Random, moment: number): readonly Action[] => {
  const [service, replica] = [random.pick(SERVICES), random.below(2)];
  const step = `${random.pick(['store.releaseLane', 'store.leave', 'broker.publish'])} ${random.pick(['before', 'after'])}`;
  return [
    at(moment, { kind: 'kill', service, replica, steps: 1, step, awayMs: random.below(500) }),
    at(moment, { kind: 'stop', service, replica }),
  ];
};

const REPEATED = new Set<string>([
  ...['return', 'cancel', 'receipt', 'count', 'adjustment', 'shop adjustment', 'partner receipt'],
  ...['unreadable document', 'claim given over'],
]);
/** Somebody sends again what was sent before, not knowing that it came through. */
export const sentAgain = (random: Random, actions: readonly Action[]): readonly Action[] => {
  const known = actions.filter(({ kind }) => REPEATED.has(kind));
  if (known.length === 0) return [];
  const one = random.pick(known);
  return [{ ...one, at: one.at + 1 + random.below(3_000), again: true }];
};

/** A partner sends its order again, or wants it cancelled, when it may be over long since. */
export const partnerComesBack = (random: Random, order: OrderWanted, playMs: number): readonly Action[] => {
  const { tenant, no } = order;
  const late = playMs + random.below(8_000);
  return random.happens(0.5)
    ? [at(late, { ...order, kind: 'order again' })]
    : [at(late, { kind: 'cancel', tenant, no })];
};

/** Part of what lies there is lost while an order has a claim on it, or is about to have one. */
export const aimedLoss = (random: Random, order: OrderWanted, moment: number, nth: number): Action => {
  const goods = order.lines.filter(({ kind }) => kind === undefined);
  const item = goods.length > 0 ? random.pick(goods).item : 'TEA';
  const node = random.pick(ITEMS[item] ?? ['DC1']);
  const share = random.pick([0.3, 0.6, 0.9, 1]);
  const deep = random.happens(0.5);
  const when = moment + random.below(deep ? 2_500 : 900);
  return at(when, { kind: 'loss', tenant: order.tenant, no: `L${nth}`, item, node, share, deep });
};

/** An item is changed, and then the ERP says again what it was. */
export const olderAfterNewer = (random: Random, tenant: Wanted['tenant'], moment: number): readonly Action[] => [
  at(moment, { kind: 'item changed', tenant, nth: random.below(3) }),
  at(moment + 1 + random.below(1_000), { kind: 'old master data', tenant, nth: random.below(100) }),
];

/** Finance hears of orders late, so that shipments overtake them. */
export const ordersLate = (random: Random, moment: number): Action =>
  at(moment, { kind: 'deliveries late', service: FINANCE, stream: 'ORDERS', ms: 1_000 + random.below(4_000) });

/**
 * Streams are lost, and nobody is disconnected, while some service has not had the newest of one yet: what is published
 * next stands before what was there, so it hears newer things first, and older ones for the first time after them.
 */
export const lostUnheard = (random: Random, tenant: Wanted['tenant'], moment: number): readonly Action[] => {
  const from = moment + random.below(600);
  const lost = from + 200 + random.below(1_200);
  const late = { kind: 'deliveries late', ms: 1_500 } as const;
  const streams = at(lost, { kind: 'streams lost', lost: 'all' });
  if (random.happens(0.5))
    return [at(from, { ...late, service: random.pick(SERVICES), stream: random.pick(HEARD) }), streams];
  // The same position moves before and just after, which its node says at once, while the item's lane has heard neither.
  const item = random.pick(Object.keys(ITEMS));
  const node = random.pick(ITEMS[item] ?? ['DC1']);
  const receipt = (no: string): Wanted => ({ kind: 'receipt', tenant, no, node, item, quantity: 1 + random.below(9) });
  return [
    at(from, { ...late, service: INVENTORY, stream: 'INVENTORY' }),
    at(from + random.below(100), receipt('U1')),
    streams,
    at(lost, receipt('U2')),
  ];
};
