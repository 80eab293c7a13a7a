/** How long after a movement was sent its channel value stands in the bucket. */
import { Kvm } from '@nats-io/kv';
import { connect } from '@nats-io/transport-node';
import { until } from '../../stack/until.ts';
import { figureOf } from '../figures.ts';
import { Ground, INVENTORY } from '../ground.ts';
import { Latency, mergedLatency } from '../latency.ts';
import { offer, type DoorClient, type Offered } from '../open-loop.ts';
import { benchOrders, itemNo } from '../orders.ts';
import { defineScenario, type Outcome, type Run } from '../scenario.ts';

const BUCKET = 'availability';
const CHANNEL = 'web';
const NODE = 'DC1';
const SEEN_MS = 60_000;
/** Items that the movements are spread over. */
const SPREAD = 500;

/** Watches the bucket and times, item by item, when a value has been reached. Values of these items only grow. */
class Values {
  readonly #value = new Map<string, number>();
  readonly #awaited = new Map<string, { readonly atLeast: number; readonly sentAt: number }[]>();
  latency = new Latency();
  open = 0;

  of(item: string): number {
    return this.#value.get(item) ?? 0;
  }
  await(item: string, atLeast: number, sentAt: number): void {
    const list = this.#awaited.get(item) ?? [];
    list.push({ atLeast, sentAt });
    this.#awaited.set(item, list);
    this.open++;
  }
  seen(item: string, value: number): void {
    this.#value.set(item, value);
    const list = this.#awaited.get(item) ?? [];
    const now = performance.now();
    while (list[0] && list[0].atLeast <= value) {
      this.latency.record(now - list[0].sentAt);
      list.shift();
      this.open--;
    }
  }
}

/** The bucket, watched from what it holds now on. */
async function watched(natsUrl: string): Promise<{ readonly values: Values; close(): Promise<void> }> {
  const nats = await connect({ servers: natsUrl });
  const values = new Values();
  const entries = await (await new Kvm(nats).open(BUCKET)).watch();
  let isCurrent = false;
  const watching = (async () => {
    for await (const entry of entries) {
      const { item, channel, available } = entry.json<{ item: string; channel: string; available: number }>();
      if (channel === CHANNEL) values.seen(item, available);
      isCurrent ||= entry.delta === 0;
    }
  })();
  await until({ what: 'the values so far', deadlineMs: SEEN_MS, check: async () => isCurrent });
  const close = async (): Promise<void> => {
    entries.stop();
    await watching;
    await nats.close();
  };
  return { values, close };
}

/** One load of receipts, until the bucket has caught up with the last of them. */
async function load(door: DoorClient, values: Values, prefix: string, rate: number, seconds: number): Promise<Offered> {
  const expected = new Map<string, number>();
  const beganAt = performance.now();
  const offered = await offer({
    rate,
    seconds,
    send: (n) => {
      const item = itemNo(n % SPREAD);
      const value = (expected.get(item) ?? values.of(item)) + 1;
      expected.set(item, value);
      values.await(item, value, beganAt + (n * 1000) / rate);
      const documentNo = `${prefix}-${n}`;
      const lines = [{ lineNo: 1, item, quantity: 1 }];
      return door.post('/v1/receipts', JSON.stringify({ documentNo, correlationId: documentNo, node: NODE, lines }));
    },
  });
  if (Object.keys(offered.refused).length === 0)
    await until({ what: 'every channel value', deadlineMs: SEEN_MS, check: async () => values.open === 0 });
  return offered;
}

export const movementToKv = defineScenario({
  name: 'movement-to-kv',
  about:
    'receipts of one line at a fixed rate; from the moment each is due until the bucket holds the value that counts it',
  sizes: {
    whole: { runs: 3, seconds: 6, rate: 500 },
    alone: { runs: 3, seconds: 20, rate: 500 },
    tiny: { runs: 1, seconds: 0.5, rate: 20 },
  },
  run: async ({ runs, seconds, rate }, say) => {
    const moves: Run[] = [];
    const latencies: Latency[] = [];
    const faults: string[] = [];
    await Ground.with(async (ground) => {
      // The items and the node come with orders; these go their way, and then nothing takes stock any more.
      await ground.play('items', benchOrders('items', seconds < 1 ? 3 : 150));
      const { values, close } = await watched(ground.platform.stack.nats.url);
      try {
        const door = ground.door(INVENTORY);
        for (let nth = 1; nth <= runs; nth++) {
          say(`run ${nth} of ${runs}: ${rate} movements a second for ${seconds} s`);
          values.latency = new Latency();
          const { result, ...measured } = await ground.measure(() => load(door, values, `move${nth}`, rate, seconds));
          for (const [reason, times] of Object.entries(result.refused))
            faults.push(`run ${nth}: ${times} refused: ${reason}`);
          moves.push({ ...measured, work: result.taken });
          latencies.push(values.latency);
          await ground.settled();
        }
      } finally {
        await close();
      }
      faults.push(...(await ground.faults()));
    });
    return { ...told(rate, latencies), sides: [{ name: 'movements', per: 'movement', runs: moves }], faults };
  },
});

function told(rate: number, latencies: readonly Latency[]): Pick<Outcome, 'rows' | 'charts'> {
  const at = (percent: number) => figureOf(latencies.map((latency) => latency.at(percent)));
  return {
    rows: [
      { what: `movement to KV value p50 at ${rate}/s, ms`, figure: at(50), digits: 1 },
      {
        what: `movement to KV value p99 at ${rate}/s, ms`,
        figure: at(99),
        digits: 1,
        must: { atMost: 2_000 },
        aim: { atMost: 250 },
      },
    ],
    charts: [
      {
        title: 'movement to channel value',
        x: 'percentile',
        y: 'ms',
        logarithmic: true,
        series: [mergedLatency(latencies).series('movements')],
      },
    ],
  };
}
