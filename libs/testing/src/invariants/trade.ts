/** Invariants of orders and stock: every order explainable, every line accounted for, nothing oversold. */
import { GUEST } from '@crossdock/contracts';
import {
  FINANCE,
  INVENTORY,
  ORDERS,
  type AccountRow,
  type CaseRow,
  type DocumentRow,
  type MovementRow,
  type OrderRow,
  type PositionRow,
} from './shapes.js';
import { Findings, type Verdict } from './verdict.js';
import type { World } from './world.js';

const ENDED = new Set(['closed', 'cancelled', 'rejected']);
const sum = (units: readonly number[] | undefined): number => (units ?? []).reduce((total, unit) => total + unit, 0);

/** I1: every order that was answered for exists, and is over or can say why it is not. */
export const everyOrderExplained = async (world: World): Promise<Verdict> => {
  const now = new Date(world.now()).toISOString();
  const found = new Findings('I1', 'every acknowledged order ends, or says why not');
  const cases = new Set<string>();
  for await (const { tenant, state } of world.states<CaseRow>(ORDERS, 'case'))
    if (state.status === 'open') cases.add(`${tenant}|${state.subject.id}`);
  const known = new Set<string>();
  for await (const { tenant, id, state } of world.states<OrderRow>(ORDERS, 'order')) {
    known.add(`${tenant}|${id}`);
    const waits =
      sum(state.counters['backordered']) > 0 || (state.releaseNotBefore ?? '') > now || cases.has(`${tenant}|${id}`);
    found.expect(
      ENDED.has(state.status) || waits,
      () => `order ${state.orderNo} is ${state.status} and nothing says why`,
    );
  }
  for await (const { type, tenant, key } of world.committed(ORDERS))
    if (type === 'orders.evt.order-created')
      found.expect(known.has(`${tenant}|${key}`), () => `order ${key} was created and is gone`);
  return found.verdict();
};

const BUCKETS = ['sellable', 'picked', 'quarantine', 'inTransit'] as const;

/** I4: every bucket is the sum of its movements, and none is below zero. */
export const balancesAreMovements = async (world: World): Promise<Verdict> => {
  const found = new Findings('I4', 'balances are the sum of movements');
  const sums = new Map<string, Record<string, number>>();
  for await (const { tenant, state } of world.states<MovementRow>(INVENTORY, 'movement')) {
    if (state.status !== 'recorded') continue;
    for (const line of state.lines) {
      const at = `${tenant}|${state.node}|${line.item}`;
      const total = sums.get(at) ?? {};
      for (const bucket of BUCKETS) total[bucket] = (total[bucket] ?? 0) + line[bucket];
      sums.set(at, total);
    }
  }
  for await (const { tenant, state } of world.states<PositionRow>(INVENTORY, 'position')) {
    const total = sums.get(`${tenant}|${state.node}|${state.item}`) ?? {};
    for (const bucket of BUCKETS)
      found.expect(
        state[bucket] === (total[bucket] ?? 0) && state[bucket] >= 0,
        () => `${state.item} at ${state.node}: ${bucket} is ${state[bucket]}, movements say ${total[bucket] ?? 0}`,
      );
  }
  return found.verdict();
};

const claimed = (rows: readonly string[]): { soft: number; hard: number; waiting: number } => {
  const total = { soft: 0, hard: 0, waiting: 0 };
  for (const row of rows)
    for (const line of (row.split('\t').at(-1) ?? '').split(',')) {
      const [, soft = 0, hard = 0, waiting = 0] = line.split(':').map(Number);
      total.soft += soft;
      total.hard += hard;
      total.waiting += waiting;
    }
  return total;
};

/** I5: what is claimed is never more than what is there, is the sum of the claims, and none is an ended order's. */
export const nothingOversold = async (world: World): Promise<Verdict> => {
  const found = new Findings('I5', 'claims are covered by stock');
  const ended = new Map<string, string>();
  for await (const { tenant, id, state } of world.states<OrderRow>(ORDERS, 'order'))
    if (ENDED.has(state.status)) ended.set(`${tenant}|${id}`, `order ${state.orderNo}, which is ${state.status}`);
  for await (const { tenant, state } of world.states<PositionRow>(INVENTORY, 'position')) {
    const { soft, allocated, backordered, sellable, item, node } = state;
    const total = claimed(state.claims);
    found.expect(
      soft >= 0 && allocated >= 0 && soft + allocated <= sellable,
      () => `${item} at ${node}: ${soft} + ${allocated} claimed of ${sellable}`,
    );
    found.expect(
      total.soft === soft && total.hard === allocated && total.waiting === backordered,
      () =>
        `${item} at ${node}: claims add up to ${JSON.stringify(total)}, books say ${soft}, ${allocated}, ${backordered}`,
    );
    for (const claim of state.claims) {
      const owner = ended.get(`${tenant}|${claim.split('\t')[0]}`);
      found.expect(owner === undefined, () => `${item} at ${node} is claimed by ${owner}`);
    }
  }
  return found.verdict();
};

/** I12: per accepted line, what was ordered is accounted for; and no step is ahead of the one before. */
export const linesAccountedFor = async (world: World): Promise<Verdict> => {
  const found = new Findings('I12', 'every line is accounted for');
  for await (const { state } of world.states<OrderRow>(ORDERS, 'order')) {
    if (state.status === 'created' || state.status === 'rejected') continue;
    const charges = new Set(state.charges);
    state.lineNos.forEach((lineNo, at) => {
      const of = (name: string): number => state.counters[name]?.[at] ?? 0;
      const where = (): string => `order ${state.orderNo} line ${lineNo}`;
      found.expect(of('invoiced') <= of('ordered'), () => `${where()}: ${of('invoiced')} invoiced of ${of('ordered')}`);
      if (charges.has(at)) return;
      const total = of('reserved') + of('allocated') + of('backordered') + of('shipped') + of('cancelled');
      found.expect(total === of('ordered'), () => `${where()}: ${total} accounted for of ${of('ordered')}`);
      found.expect(
        of('invoiced') <= of('shipped') && of('delivered') <= of('shipped'),
        () => `${where()}: invoiced ${of('invoiced')}, delivered ${of('delivered')}, shipped ${of('shipped')}`,
      );
    });
  }
  return found.verdict();
};

/** I16: an account's credit is its open orders and what it owes on posted documents. */
export const creditAddsUp = async (world: World): Promise<Verdict> => {
  const found = new Findings('I16', 'credit used = open orders + receivables');
  const open = new Map<string, number>();
  const owed = new Map<string, number>();
  const add = (to: Map<string, number>, key: string, amount: number): void =>
    void to.set(key, (to.get(key) ?? 0) + amount);
  for await (const { tenant, state } of world.states<OrderRow>(ORDERS, 'order'))
    if (state.account !== GUEST) add(open, `${tenant}|${state.account}`, state.creditOpen);
  for await (const { tenant, state } of world.states<DocumentRow>(FINANCE, 'document'))
    if (state.status === 'posted' && state.account !== GUEST)
      add(owed, `${tenant}|${state.account}`, state.billing === 'invoice' ? state.gross : -state.gross);
  for await (const { tenant, id, state } of world.states<AccountRow>(ORDERS, 'account')) {
    const key = `${tenant}|${id}`;
    found.expect(
      state.openOrders === (open.get(key) ?? 0),
      () => `account ${id}: ${state.openOrders} open, orders say ${open.get(key) ?? 0}`,
    );
    found.expect(
      state.receivables === (owed.get(key) ?? 0),
      () => `account ${id}: ${state.receivables} owed, documents say ${owed.get(key) ?? 0}`,
    );
  }
  return found.verdict();
};

/** I10: what refers to an order refers to one of its own tenant. */
export const noForeignTenant = async (world: World): Promise<Verdict> => {
  const found = new Findings('I10', 'no reference across tenants');
  const tenantOf = new Map<string, string>();
  for await (const { tenant, id } of world.states<OrderRow>(ORDERS, 'order')) tenantOf.set(id, tenant);
  for await (const { tenant, state } of world.states<DocumentRow>(FINANCE, 'document'))
    if (state.status !== 'none' && state.orderId)
      found.expect(
        tenantOf.get(state.orderId) === tenant,
        () => `document ${state.documentNo} of ${tenant} bills an order of ${tenantOf.get(state.orderId ?? '')}`,
      );
  return found.verdict();
};
