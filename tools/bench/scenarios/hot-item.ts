/**
 * Everybody wants one item: reservations a second against the same number spread over a thousand items. The orders are
 * taken while nobody reserves, so what is timed is reserving alone; there is stock for six in ten, so overselling would show.
 */
import { connect } from '@nats-io/transport-node';
import { until } from '../../stack/until.ts';
import { bringLateStock } from '../../start/hand-in.ts';
import { figureOf, ratioOf } from '../figures.ts';
import { Ground, INVENTORY } from '../ground.ts';
import { offer } from '../open-loop.ts';
import { itemNo, singleOrder, type BenchOrder } from '../orders.ts';
import { defineScenario } from '../scenario.ts';

const NODE = 'DC1';
const ASKED = { stream: 'INVENTORY', subject: 'inventory.cmd.reserve-stock.v1.*' };
const ANSWERED = 'inventory.evt.stock-reserved.v1.*';
const TAKEN_MS = 600_000;
/** Orders a second at the door; only so that they are taken soon. */
const DOOR_RATE = 400;
/** Messages that a lane decides together; the answers of the first ones come at one moment. */
const BATCH = 256;
const MOMENT_S = 0.001;
/** Stock of a tight opening. */
const SHARE = 0.6;

interface Answer {
  readonly answers: 'reserve' | 'backorder';
  readonly lines: readonly { readonly reserved: number; readonly short: number }[];
}
/** What the answers of a node came to. */
interface Reserving {
  readonly perSecond: number;
  readonly held: number;
  readonly short: number;
}

/** Counts answers until there are so many. The clock runs from the end of what is the first batch at most to the last. */
async function reserved(ground: Ground, count: number): Promise<Reserving> {
  const nats = await connect({ servers: ground.platform.stack.nats.url });
  try {
    const first = Math.min(BATCH, Math.floor(count / 2));
    let [answers, held, short, firstAt, lastAt] = [0, 0, 0, 0, 0];
    nats.subscribe(ANSWERED, {
      callback: (_, message) => {
        const { answers: kind, lines } = message.json<Answer>();
        if (kind !== 'reserve') return;
        answers += 1;
        for (const line of lines) {
          held += line.reserved;
          short += line.short;
        }
        lastAt = performance.now();
        if (answers === first) firstAt = lastAt;
      },
    });
    await nats.flush();
    const member = ground.platform.fleet.member(INVENTORY);
    await member.start();
    await until({ what: `${count} answers`, deadlineMs: TAKEN_MS, check: async () => answers >= count });
    await ground.platform.fleet.ready(INVENTORY);
    return { perSecond: (count - first) / Math.max(MOMENT_S, (lastAt - firstAt) / 1000), held, short };
  } finally {
    await nats.close();
  }
}

interface Told {
  readonly perSecond: number;
  readonly faults: readonly string[];
}

/** Orders of one piece each are taken, then reserved, then filled by late stock and closed. */
async function side(ground: Ground, prefix: string, orders: readonly BenchOrder[]): Promise<Told> {
  const { broker, fleet } = ground.platform;
  const faults: string[] = [];
  const handout = await ground.handOut(prefix, orders, 'tight');
  const askedBefore = await broker.count(ASKED.stream, ASKED.subject);
  await fleet.member(INVENTORY).stop();
  const door = ground.door('order-orchestration');
  const offered = await offer({
    rate: DOOR_RATE,
    seconds: orders.length / DOOR_RATE,
    send: (n) => door.post('/v1/orders', JSON.stringify(orders[n])),
  });
  for (const [reason, times] of Object.entries(offered.refused)) faults.push(`${prefix}: ${times} refused: ${reason}`);
  ground.expect(offered.taken);
  await until({
    what: `${offered.taken} requests for stock`,
    deadlineMs: TAKEN_MS,
    check: async () => (await broker.count(ASKED.stream, ASKED.subject)) - askedBefore >= offered.taken,
  });
  const result = await reserved(ground, offered.taken);
  const stock = new Map<string, number>();
  for (const { lines } of orders) for (const { item } of lines) stock.set(item, (stock.get(item) ?? 0) + 1);
  const stocked = [...stock.values()].reduce((sum, wanted) => sum + Math.floor(wanted * SHARE), 0);
  if (result.held !== stocked) faults.push(`${prefix}: ${result.held} pieces were promised of ${stocked}`);
  if (result.held + result.short !== offered.taken)
    faults.push(`${prefix}: ${result.held} held and ${result.short} short of ${offered.taken}`);
  await bringLateStock(fleet.urls.outside.erp, handout.import, new AbortController().signal);
  await ground.settled();
  return { perSecond: result.perSecond, faults };
}

export const hotItem = defineScenario({
  name: 'hot-item',
  about: `reservations of one item at ${NODE} against as many spread over 1,000, with stock for 60 % of them`,
  sizes: { whole: { runs: 2, orders: 550 }, alone: { runs: 3, orders: 4_000 }, tiny: { runs: 1, orders: 10 } },
  run: async ({ runs, orders }, say) => {
    const hot: number[] = [];
    const spread: number[] = [];
    const faults: string[] = [];
    await Ground.with(async (ground) => {
      for (let nth = 1; nth <= runs; nth++) {
        say(`run ${nth} of ${runs}: ${orders} reservations of one item, then spread`);
        const made = (prefix: string, item: (n: number) => string): BenchOrder[] =>
          Array.from({ length: orders }, (_, n) => singleOrder(prefix, n, item(n)));
        const one = await side(
          ground,
          `hot${nth}`,
          made(`hot${nth}`, () => `HOT-${nth}`),
        );
        const other = await side(
          ground,
          `spread${nth}`,
          made(`spread${nth}`, (n) => `${itemNo(n)}-${nth}`),
        );
        hot.push(one.perSecond);
        spread.push(other.perSecond);
        faults.push(...one.faults, ...other.faults);
      }
      faults.push(...(await ground.faults()));
    });
    return {
      rows: [
        { what: 'reservations/s of one item', figure: figureOf(hot), digits: 0 },
        { what: 'reservations/s, spread over items', figure: figureOf(spread), digits: 0 },
        {
          what: 'hot item / spread items',
          figure: ratioOf(hot, spread),
          digits: 2,
          must: { atLeast: 0.5 },
          aim: { atLeast: 1 },
        },
      ],
      // CPU time here would be that of a service that starts.
      sides: [],
      notes: [`The orders are taken while ${INVENTORY} is down; the clock runs from answer ${BATCH} to the last one.`],
      faults,
    };
  },
});
