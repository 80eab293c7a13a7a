/** What a channel may sell, asked a thousand times a second while orders change it. */
import { figureOf } from '../figures.ts';
import { Ground, INVENTORY, ORDERS } from '../ground.ts';
import { mergedLatency, type Latency } from '../latency.ts';
import { offer } from '../open-loop.ts';
import { benchOrder, benchOrders, itemNo, ITEMS, LINES, type BenchOrder } from '../orders.ts';
import { defineScenario, type Run } from '../scenario.ts';

const NODES = ['DC1', 'DC2', 'DC3'] as const;
const ITEMS_ASKED = 10;
/** Orders of 24 lines meanwhile. */
const ORDERS_A_SECOND = 5;

/** Line by line another node, so that every item is stocked at all three. */
const atNodes = (order: BenchOrder, turn: number): BenchOrder => ({
  ...order,
  lines: order.lines.map((line, at) => ({ ...line, node: NODES[(at + turn) % NODES.length] })),
});
const asked = (n: number): string => Array.from({ length: ITEMS_ASKED }, (_, at) => itemNo(n * 17 + at * 97)).join(',');

export const availabilityReads = defineScenario({
  name: 'availability-reads',
  about: '`GET /v1/availability` of 10 items that are stocked at 3 nodes each, while orders of 24 lines change them',
  sizes: {
    whole: { runs: 3, seconds: 6, rate: 1_000 },
    alone: { runs: 3, seconds: 20, rate: 1_000 },
    tiny: { runs: 1, seconds: 0.5, rate: 20 },
  },
  run: async ({ runs, seconds, rate }, say) => {
    const reads: Run[] = [];
    const latencies: Latency[] = [];
    const faults: string[] = [];
    await Ground.with(async (ground) => {
      const isTiny = seconds < 1;
      // Every item at every node, whether an order of this run takes it or not.
      const stocked = NODES.flatMap((_, turn) =>
        Array.from({ length: isTiny ? 1 : Math.ceil(ITEMS / LINES) }, (_, n) => {
          const order = benchOrder(`stock${turn}`, n);
          const lines = order.lines.map((line, at) => ({ ...line, item: itemNo(n * LINES + at) }));
          return atNodes({ ...order, lines }, turn);
        }),
      );
      await ground.play('stock', stocked);
      const inventory = ground.door(INVENTORY);
      const orders = ground.door(ORDERS);
      for (let nth = 1; nth <= runs; nth++) {
        const count = Math.max(1, Math.round(ORDERS_A_SECOND * seconds));
        const made = benchOrders(`reads${nth}`, count).map((order, n) => atNodes(order, n));
        await ground.handOut(`reads${nth}`, made);
        say(`run ${nth} of ${runs}: ${rate} reads a second for ${seconds} s, ${ORDERS_A_SECOND} orders a second`);
        const path = (n: number): string => `/v1/availability?channel=web&items=${asked(n)}`;
        const { result, ...measured } = await ground.measure(() =>
          Promise.all([
            offer({ rate, seconds, send: (n) => inventory.get(path(n)) }),
            offer({
              rate: ORDERS_A_SECOND,
              seconds,
              send: (n) => orders.post('/v1/orders', JSON.stringify(made[n])),
            }),
          ]),
        );
        const [read, taken] = result;
        for (const [reason, times] of Object.entries({ ...read.refused, ...taken.refused }))
          faults.push(`run ${nth}: ${times} times ${reason}`);
        reads.push({ ...measured, work: read.taken });
        latencies.push(read.latency);
        ground.expect(taken.taken);
        await ground.settled();
      }
      faults.push(...(await ground.faults()));
    });
    const at = (percent: number) => figureOf(latencies.map((latency) => latency.at(percent)));
    return {
      rows: [
        { what: 'availability read p50, ms', figure: at(50), digits: 1 },
        {
          what: `availability read of 10 items x 3 nodes, p99 at ${rate.toLocaleString('en')} requests/s, ms`,
          figure: at(99),
          digits: 1,
          must: { atMost: 100 },
          aim: { atMost: 20 },
        },
      ],
      sides: [{ name: 'reads and orders', per: 'read', runs: reads }],
      charts: [
        {
          title: 'latency of availability reads',
          x: 'percentile',
          y: 'ms',
          logarithmic: true,
          series: [mergedLatency(latencies).series('reads')],
        },
      ],
      faults,
    };
  },
});
