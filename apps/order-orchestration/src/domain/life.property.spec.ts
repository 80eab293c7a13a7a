/**
 * Whatever the order in which the outside answers, and however often it repeats itself: counters add up (I12), every
 * order ends closed or cancelled, its credit moves exactly and is freed once (I16).
 */
import fc from 'fast-check';
import { derivedId, outputsOf, type Input, type Output } from '@crossdock/kernel';
import {
  AllocateStock,
  CancelWithErp,
  ErpAnswer,
  OrderAccepted,
  OrderReleased,
  RegisterWithErp,
  ReleaseStock,
  ReserveStock,
  type AllocateStockData,
  type OrderReleasedData,
  type ReserveStockData,
} from '@crossdock/contracts';
import { input } from '@crossdock/testing';
import { accountRef, creditUsed } from './account.js';
import { totalsOf } from './counters.js';
import { shopFloor, type OrderScenario } from '../../test/shop-floor.js';
import {
  ACCOUNT,
  anItem,
  anOrder,
  arrived,
  backorderFilled,
  cancelled,
  erpAnswered,
  invoiced,
  line,
  orderIdOf,
  picked,
  shipped,
  stockAllocated,
  stockHeld,
  type Units,
} from './order.builders.js';
import { hasEnded, orderRef, type Order } from './order.js';

const ORDER = orderRef(orderIdOf('536365'));
const NODE_OF: Readonly<Record<string, string>> = { TEA: 'DC1', POT: 'DC2', CUP: 'DC1' };
const items = Object.entries(NODE_OF).map(([item, node]) => anItem(item, { nodes: [node] }));

interface Plan {
  readonly lines: readonly {
    readonly item: string;
    readonly units: number;
    readonly short: number;
    readonly pickShort: number;
  }[];
  readonly charge: boolean;
  readonly cancel: boolean;
  /** which source speaks next; every third number repeats itself */
  readonly turns: readonly number[];
}
const plan: fc.Arbitrary<Plan> = fc.record({
  lines: fc.array(
    fc
      .record({
        item: fc.constantFrom(...Object.keys(NODE_OF)),
        units: fc.integer({ min: 1, max: 9 }),
        a: fc.nat(9),
        b: fc.nat(9),
      })
      .map(({ item, units, a, b }) => ({
        item,
        units,
        short: Math.min(a, units),
        pickShort: Math.min(b > 6 ? b - 6 : 0, units),
      })),
    { minLength: 1, maxLength: 5 },
  ),
  charge: fc.boolean(),
  cancel: fc.boolean(),
  turns: fc.array(fc.nat(11), { minLength: 1, maxLength: 60 }),
});

/** The outside: each source answers in its own order; sources overtake each other at will. */
class Outside {
  private readonly queues = new Map<string, Input<never>[]>();
  private parked: Input<never>[] = [];
  private readonly pickShort = new Set<number>();
  private fills = 0;
  private invoiceNo = 0;
  private billed = false;

  constructor(
    private readonly floor: OrderScenario,
    private readonly plan: Plan,
  ) {}

  private push(source: string, message: Input<never> | Input<unknown>): void {
    const queue = this.queues.get(source) ?? [];
    queue.push({
      ...message,
      id: derivedId(source, queue.length, this.queues.size, JSON.stringify(message.data)),
    } as Input<never>);
    this.queues.set(source, queue);
  }
  get order(): Order {
    return this.floor.state(ORDER);
  }

  say(message: Input<never>): void {
    this.floor.when(message);
    this.check();
    if (this.floor.decision.kind === 'defer') this.parked.push(message);
    if (this.floor.decision.kind !== 'accept') return;
    for (const output of outputsOf(this.floor.decision)) this.hear(output);
    const waiting = this.parked;
    this.parked = [];
    for (const again of waiting) this.say(again);
  }

  /** Lets one source speak; false when all have fallen silent. */
  turn(source: number): boolean {
    const speaking = [...this.queues].filter(([, queue]) => queue.length > 0);
    const [name, queue] = speaking[source % Math.max(speaking.length, 1)] ?? [];
    const message = queue?.shift();
    if (!name || !message) return false;
    this.say(message);
    if (source % 3 === 0) this.say({ ...message, id: `${message.id}-again` });
    return true;
  }

  private hear(output: Output): void {
    const spoken = 'say' in output ? output.say : 'ask' in output ? output.ask : undefined;
    const { data } = output as { data?: unknown };
    if (spoken === ReserveStock) this.reserve(data as ReserveStockData);
    if (spoken === AllocateStock) this.allocate(data as AllocateStockData);
    if (spoken === RegisterWithErp) this.push('erp', erpAnswered());
    if (spoken === CancelWithErp)
      this.push(
        'erp-cancel',
        input(ErpAnswer, { orderId: this.order.orderId, account: ACCOUNT, question: 'cancel', outcome: 'done' }),
      );
    if (spoken === OrderReleased) this.fulfil(data as OrderReleasedData);
    if (spoken === OrderAccepted && this.plan.lines.length === 0) this.bill([]);
  }
  private reserve({ node, round = 1, lines }: ReserveStockData): void {
    const held = lines.map(({ lineNo, item, quantity }): Units => {
      const short = round === 1 ? (this.plan.lines[lineNo - 1]?.short ?? 0) : 0;
      return [lineNo, item, quantity - short, short];
    });
    this.push(`inventory-${node}`, stockHeld(held, { node, round }));
    for (const [lineNo, item, , short = 0] of held) this.fill(node, lineNo, item, short);
  }
  private fill(node: string, lineNo: number, item: string, units: number): void {
    if (units > 0)
      this.push(`inventory-${node}`, backorderFilled(`R${this.fills++}`, [[lineNo, item, units]], { node }));
  }
  private allocate({ node, fulfilmentId, lines }: AllocateStockData): void {
    this.push(
      `inventory-${node}`,
      stockAllocated(
        fulfilmentId,
        lines.map(({ lineNo, item, quantity }): Units => [lineNo, item, quantity, 0]),
        { node },
      ),
    );
  }
  /** The warehouse picks, perhaps short once a line, ships, the carrier delivers and finance bills. */
  private fulfil({ node, fulfilmentId, lines }: OrderReleasedData): void {
    const picks = lines.map(({ lineNo, item, quantity }): Units => {
      const first = !this.pickShort.has(lineNo);
      this.pickShort.add(lineNo);
      const short = first ? Math.min(quantity, this.plan.lines[lineNo - 1]?.pickShort ?? 0) : 0;
      return [lineNo, item, quantity - short, short];
    });
    const found = picks.filter(([, , units]) => units > 0);
    this.push('shipments', picked(fulfilmentId, picks, { node }));
    for (const [lineNo, item, , short = 0] of picks) this.fill(node, lineNo, item, short);
    if (found.length === 0) return;
    this.push('shipments', shipped(`S-${fulfilmentId}`, fulfilmentId, found, { node }));
    this.push('shipments', arrived(`S-${fulfilmentId}`, fulfilmentId, found, { node }));
    this.bill(found.map(([lineNo, , units]) => [lineNo, units] as const));
  }
  /** Charges ride on the first invoice. */
  private bill(lines: readonly (readonly [number, number])[]): void {
    const charge = this.plan.charge && !this.billed ? [[this.plan.lines.length + 1, 1] as const] : [];
    this.billed = true;
    this.push('finance', invoiced(`I${this.invoiceNo++}`, [...lines, ...charge]));
  }

  /** I12 and I16, after every message. */
  private check(): void {
    const order = this.order;
    if ((order.status as string) === 'none') return;
    const { counters, creditOpen } = order;
    const faults = counters.ordered.flatMap((ordered, at) => {
      const of = (name: keyof typeof counters): number => counters[name][at] ?? 0;
      const sum = of('reserved') + of('allocated') + of('backordered') + of('shipped') + of('cancelled');
      return [
        ...Object.entries(counters).flatMap(([name, units]) => ((units[at] ?? 0) < 0 ? [`${name} is below zero`] : [])),
        ...(order.status !== 'created' && sum !== ordered ? [`${sum} of ${ordered} are accounted for`] : []),
        ...(of('invoiced') > of('shipped') ? ['more is invoiced than shipped'] : []),
        ...(of('delivered') > of('shipped') ? ['more is delivered than shipped'] : []),
        ...(of('asked') > of('reserved') ? ['more is asked for than held'] : []),
      ];
    });
    expect(faults).toEqual([]);
    const account = this.floor.state<{ openOrders: number; receivables: number; account: string }>(accountRef(ACCOUNT));
    expect(account.openOrders).toBe(creditOpen);
    expect(creditUsed(account)).toBe(hasEnded(order) && order.status !== 'closed' ? 0 : order.gross);
  }
  get waiting(): number {
    return this.parked.length;
  }
}

const run = (plan: Plan): { outside: Outside; floor: OrderScenario } => {
  const floor = shopFloor({ items });
  const outside = new Outside(floor, plan);
  const goods = plan.lines.map(({ item, units }, at) => line(at + 1, item, units));
  const charge = plan.charge ? [line(goods.length + 1, 'POST', 1, { kind: 'freight' })] : [];
  outside.say(anOrder('536365', { lines: [...goods, ...charge] }) as Input<never>);
  let at = 0;
  do {
    if (plan.cancel && at === 3) outside.say(cancelled() as Input<never>);
  } while (outside.turn(plan.turns[at++ % plan.turns.length] ?? 0));
  return { outside, floor };
};

describe('an order, whatever the order of its answers', () => {
  it('adds up at every step and ends closed, or cancelled when that came in time', () => {
    fc.assert(
      fc.property(plan, (someDay) => {
        const { outside } = run(someDay);
        const { order } = outside;
        expect(order.status).toBe(order.status === 'cancelled' && someDay.cancel ? 'cancelled' : 'closed');
        expect(outside.waiting).toBe(0);
        expect(order.creditOpen).toBe(0);
        const totals = totalsOf(order.counters);
        expect(order.status === 'cancelled' ? totals.cancelled : totals.delivered).toBe(totals.ordered);
      }),
      { numRuns: 120 },
    );
  });

  it('releases stock once per node when it is cancelled', () => {
    fc.assert(
      fc.property(plan, (someDay) => {
        const floor = shopFloor({ items });
        floor.when(anOrder('536365', { lines: someDay.lines.map(({ item, units }, at) => line(at + 1, item, units)) }));
        const nodes = floor.said(ReserveStock).map(({ node }) => node);
        floor.when(cancelled());
        expect(floor.said(ReleaseStock).map(({ node }) => node)).toEqual(nodes);
      }),
    );
  });
});
