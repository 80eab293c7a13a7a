/** How long a client waits until its order is durable: the answer comes after the commit. */
import { figureOf } from '../figures.ts';
import { Ground, ORDERS } from '../ground.ts';
import { mergedLatency, type Latency } from '../latency.ts';
import { offer, type DoorClient } from '../open-loop.ts';
import { benchOrder, benchOrders } from '../orders.ts';
import { defineScenario, type Row, type Run, type Side } from '../scenario.ts';

interface Kind {
  readonly name: string;
  readonly lines: number;
  readonly rate: number;
  readonly must: number;
  readonly aim: number;
}
const KINDS: readonly Kind[] = [
  { name: '10 lines at 200/s', lines: 10, rate: 200, must: 100, aim: 25 },
  { name: '600 lines at 5/s', lines: 600, rate: 5, must: 400, aim: 100 },
];
interface Told {
  readonly run: Run;
  readonly latency: Latency;
}

/** One load, and the wait until all that it brought is closed, so that the next one begins at rest. */
async function load(
  ground: Ground,
  door: DoorClient,
  kind: Kind,
  seconds: number,
  faults: string[],
  nth: number,
): Promise<Told> {
  const { lines, rate } = kind;
  const prefix = `accept-${lines}-${nth}`;
  const count = Math.max(1, Math.round(rate * seconds));
  await ground.handOut(prefix, benchOrders(prefix, count, lines));
  const bodies = Array.from({ length: count }, (_, n) => JSON.stringify(benchOrder(prefix, n, lines)));
  const { result, ...measured } = await ground.measure(() =>
    offer({ rate, seconds, send: (n) => door.post('/v1/orders', bodies[n] ?? '') }),
  );
  ground.expect(result.taken);
  for (const [reason, times] of Object.entries(result.refused)) faults.push(`${prefix}: ${times} refused: ${reason}`);
  await ground.settled();
  return { run: { ...measured, work: result.taken * lines }, latency: result.latency };
}

export const accept = defineScenario({
  name: 'accept',
  about:
    'orders by `POST /v1/orders` at a fixed rate, each answered when it is committed, while all before it go their way',
  sizes: { whole: { runs: 3, seconds: 3 }, alone: { runs: 3, seconds: 20 }, tiny: { runs: 1, seconds: 0.2 } },
  run: async ({ runs, seconds }, say) => {
    const told = new Map<string, Told[]>(KINDS.map(({ name }) => [name, []]));
    const faults: string[] = [];
    await Ground.with(async (ground) => {
      if (seconds > 1) await ground.warmUp();
      const door = ground.door(ORDERS);
      for (let nth = 1; nth <= runs; nth++)
        for (const kind of KINDS) {
          say(`run ${nth} of ${runs}: ${kind.name} for ${seconds} s`);
          told.get(kind.name)?.push(await load(ground, door, kind, seconds, faults, nth));
        }
      faults.push(...(await ground.faults()));
    });
    const rows = KINDS.flatMap(({ name, must, aim }): Row[] => {
      const each = told.get(name) ?? [];
      const at = (percent: number) => figureOf(each.map(({ latency }) => latency.at(percent)));
      return [
        { what: `accept p50, ${name}, ms`, figure: at(50), digits: 1 },
        { what: `accept p99, ${name}, ms`, figure: at(99), digits: 1, must: { atMost: must }, aim: { atMost: aim } },
      ];
    });
    const latencies = KINDS.map(({ name }) =>
      mergedLatency((told.get(name) ?? []).map(({ latency }) => latency)).series(name),
    );
    return {
      rows,
      sides: [...told].map(([name, each]): Side => ({ name, per: 'line', runs: each.map(({ run }) => run) })),
      charts: [{ title: 'accept latency', x: 'percentile', y: 'ms', logarithmic: true, series: latencies }],
      faults,
    };
  },
});
