/** What can be asked of a simulated world beyond the invariants, because all that was wanted of it is known. */
import type { Fault } from '../run.ts';
import { wronglyChanged } from './changes.ts';
import { unanswered } from './partner.ts';
import { INVENTORY, ORDERS, SERVICES } from './services.ts';
import { misplaced } from './told.ts';
import type { World } from './world.ts';

const ENDED = new Set(['closed', 'cancelled', 'rejected']);
interface Order {
  readonly status: string;
  readonly orderNo: string;
  readonly lineNos: readonly number[];
  readonly charges: readonly number[];
  readonly counters: Readonly<Record<string, readonly number[]>>;
}
interface Position {
  readonly node: string;
  readonly item: string;
  readonly picked: number;
  /** `<order id>\t...\t<line>:<soft>:<hard>:<waiting>,...` */
  readonly claims: readonly string[];
}

const OUTSIDE = new Set(['urn:crossdock:erp', 'urn:crossdock:connectors']);
/** I8: nothing stands on a stream that nobody has committed. */
const uncommitted = (world: World): Fault[] => {
  const committed = new Set(
    SERVICES.flatMap((name) => world.stores[name].committed.flatMap(({ events }) => events.map(({ id }) => id))),
  );
  const faults: Fault[] = [];
  for (const [stream, { messages }] of world.streams.streams)
    for (const { headers } of messages)
      if (!OUTSIDE.has(headers['ce-source'] ?? '') && !committed.has(headers['ce-id'] ?? ''))
        faults.push({ id: 'I8', text: `${stream} has ${headers['ce-type']}, which nobody committed` });
  return faults;
};

/** I1: an order that was answered for exists; and with stock for all of them, none waits any more. */
const unfinished = (world: World): Fault[] => {
  const faults: Fault[] = [];
  const { states } = world.stores[ORDERS];
  for (const [key, no] of world.acknowledged)
    if (!states.has(`order/${key}`)) faults.push({ id: 'I1', text: `order ${no} was acknowledged and is gone` });
  for (const { kind, id, s } of states.values()) {
    const { status, orderNo } = s as Order;
    if (kind !== 'order' || ENDED.has(status)) continue;
    const tenant = id.slice(0, id.indexOf('|'));
    faults.push({ id: 'I1', text: `order ${orderNo} of ${tenant} is still ${status}, with stock for everything` });
  }
  return faults;
};

/** I11: what nobody can read is set aside, and nothing else is. */
const quarantined = (world: World): Fault[] => {
  const poisoned = new Set(world.masterData.flatMap((data) => data.poisoned));
  const kept = new Set([...world.stores[ORDERS].quarantined.values()].map(({ messageId }) => messageId));
  const lost = [...poisoned]
    .filter((id) => !kept.has(id))
    .map((id) => ({ id: 'I11', text: `poison ${id} has vanished` }));
  const good = SERVICES.flatMap((name) =>
    [...world.stores[name].quarantined.values()].flatMap(({ messageId, type, reason, text }) =>
      poisoned.has(messageId) || EXPECTED.has(`${type} ${reason}`)
        ? []
        : [{ id: 'I11', text: `${name} set ${type} aside: ${reason} ${text}`.slice(0, 200) }],
    ),
  );
  return [...lost, ...good];
};
/** An adjustment below stock waits for a receipt, for a day. A partner's order comes again under its number with other lines. */
const EXPECTED = new Set(['inventory.cmd.adjust-stock waited-too-long', 'orders.cmd.take-order document-changed']);

/** I4: when every order has ended, nothing stands picked. */
const leftPicked = (world: World): Fault[] =>
  [...world.stores[INVENTORY].states.values()].flatMap(({ kind, s }) => {
    if (kind !== 'position') return [];
    const { node, item, picked } = s as Position;
    return picked === 0 ? [] : [{ id: 'I4', text: `${picked} ${item} stand picked at ${node}, for no order` }];
  });

/** I7: commits of a lane are numbered from 1 on without a gap, and the lane stands at the last. */
const misnumbered = (world: World): Fault[] =>
  SERVICES.flatMap((name) =>
    [...world.stores[name].laneRows.values()].flatMap(({ _id, n }) => {
      const numbers = world.stores[name].committed.filter(({ lane }) => lane === _id).map((commit) => commit.n);
      const inOrder = numbers.length === n && numbers.every((number, at) => number === at + 1);
      return inOrder
        ? []
        : [{ id: 'I7', text: `${name}: ${_id} stands at ${n}, its commits are ${numbers.join(', ')}` }];
    }),
  );

export const beyondInvariants = (world: World): readonly Fault[] => [
  ...uncommitted(world).slice(0, 3),
  ...unfinished(world),
  ...quarantined(world),
  ...misnumbered(world),
  ...leftPicked(world),
  ...misplaced(world),
  ...unanswered(world).slice(0, 3),
  ...wronglyChanged(world),
];

/** I12: at rest what an order counts as reserved and as backordered is what the nodes hold and queue for it. */
export const disagreements = (world: World): readonly Fault[] => {
  const held = new Map<string, { soft: number; waiting: number }>();
  for (const { kind, id, s } of world.stores[INVENTORY].states.values()) {
    if (kind !== 'position') continue;
    for (const row of (s as Position).claims) {
      const [order = ''] = row.split('\t');
      for (const line of (row.split('\t').at(-1) ?? '').split(',')) {
        const [lineNo, soft = 0, , waiting = 0] = line.split(':').map(Number);
        const key = `${id.slice(0, id.indexOf('|'))}|${order}|${lineNo}`;
        const before = held.get(key) ?? { soft: 0, waiting: 0 };
        held.set(key, { soft: before.soft + soft, waiting: before.waiting + waiting });
      }
    }
  }
  return [...world.stores[ORDERS].states.values()].flatMap(({ kind, id, s }) => {
    const { status, orderNo, lineNos = [], charges = [], counters } = s as Order;
    if (kind !== 'order' || ENDED.has(status) || status === 'none') return [];
    return lineNos.flatMap((lineNo, at): Fault[] => {
      const { soft, waiting } = held.get(`${id}|${lineNo}`) ?? { soft: 0, waiting: 0 };
      const [reserved, backordered] = [counters['reserved']?.[at] ?? 0, counters['backordered']?.[at] ?? 0];
      if (charges.includes(at) || (reserved === soft && backordered === waiting)) return [];
      const text = `order ${orderNo} line ${lineNo}: ${reserved} reserved and ${backordered} backordered, nodes have ${soft} and ${waiting}`;
      return [{ id: 'I12', text }];
    });
  });
};
