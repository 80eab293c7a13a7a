/** Ten times the orders for a minute, while the ERP takes no more calls than its limit: the door must not notice, and nothing may be lost. */
import { setTimeout as pause } from 'node:timers/promises';
import { call } from '../../start/http.ts';
import { figureOf } from '../figures.ts';
import { Ground, ORDERS } from '../ground.ts';
import { mergedLatency, type Latency } from '../latency.ts';
import { offer, type Offered } from '../open-loop.ts';
import { benchOrder, benchOrders } from '../orders.ts';
import { steepest } from '../series.ts';
import { defineScenario, type Outcome, type Run, type Series } from '../scenario.ts';

const LINES = 10;
const TIMES = 10;
/** Quiet time before the burst, as a share of it. */
const BEFORE = 1 / 6;
/** Calls that an order makes at the ERP: registration and posting. */
const CALLS = 2;
/** The ERP takes the calls of so many times the usual orders: enough for every day, not for the burst. */
const ERP_TIMES = 6;
const SAMPLE_MS = 1_000;
const WINDOW_S = 5;

interface Sample {
  readonly at: number;
  readonly served: number;
  readonly waiting: number;
}
interface ErpBook {
  readonly summary: {
    readonly parts: number;
    readonly postings: Readonly<Record<string, { readonly documents: number }>>;
  };
}

/** Watches the ERP's book and the questions that wait for it, once a second, until told to stop. */
class Watch {
  readonly samples: Sample[] = [];
  readonly #ground: Ground;
  readonly #done = new AbortController();
  readonly #running: Promise<void>;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#running = this.#run();
  }
  async stop(): Promise<readonly Sample[]> {
    this.#done.abort();
    await this.#running;
    return this.samples;
  }
  async #run(): Promise<void> {
    const { fleet, databases } = this.#ground.platform;
    const began = performance.now();
    while (!this.#done.signal.aborted) {
      const at = (performance.now() - began) / 1000;
      const [{ summary }, { asks }] = await Promise.all([
        call<ErpBook>(`${fleet.urls.outside.erp}/books/erp?summary=true`),
        databases.waiting(),
      ]);
      const posted = Object.values(summary.postings).reduce((sum, { documents }) => sum + documents, 0);
      this.samples.push({ at, served: summary.parts + posted, waiting: asks });
      await pause(SAMPLE_MS, undefined, { signal: this.#done.signal }).catch(() => undefined);
    }
  }
}

const servedOf = (samples: readonly Sample[]) => samples.map(({ at, served }) => [at, served] as const);
const series = (samples: readonly Sample[]): readonly Series[] => [
  { name: 'questions that wait', points: samples.map(({ at, waiting }) => [at, waiting] as const) },
  {
    name: 'ERP calls a second',
    points: samples.slice(1).map(({ at, served }, nth) => {
      const before = samples[nth] as Sample;
      return [at, (served - before.served) / (at - before.at)] as const;
    }),
  },
];

interface Told {
  readonly before: Offered;
  readonly during: Offered;
  readonly drainedSeconds: number;
  readonly samples: readonly Sample[];
  readonly run: Run;
}

/** The usual rate, the burst, and the wait until the last order of it is closed; the ERP held at its limit throughout. */
async function once(ground: Ground, prefix: string, rate: number, seconds: number): Promise<Told> {
  const door = ground.door(ORDERS);
  const count = Math.ceil(rate * seconds * (TIMES + BEFORE)) + 2;
  await ground.handOut(prefix, benchOrders(prefix, count, LINES));
  await ground.conduct({ system: 'erp', perSecond: limitOf(rate) });
  const watch = new Watch(ground);
  let next = 0;
  const load = (times: number, forSeconds: number): Promise<Offered> =>
    offer({
      rate: rate * times,
      seconds: forSeconds,
      send: () => door.post('/v1/orders', JSON.stringify(benchOrder(prefix, next++, LINES))),
    });
  try {
    const { result, ...measured } = await ground.measure(async () => {
      const before = await load(1, seconds * BEFORE);
      const during = await load(TIMES, seconds);
      ground.expect(before.taken + during.taken);
      const endedAt = performance.now();
      await ground.settled();
      return { before, during, drainedSeconds: (performance.now() - endedAt) / 1000 };
    });
    const work = (result.before.taken + result.during.taken) * LINES;
    return { ...result, samples: await watch.stop(), run: { ...measured, work } };
  } finally {
    await watch.stop();
    await ground.conduct({ system: 'erp', perSecond: 0 });
  }
}
const limitOf = (rate: number): number => rate * CALLS * ERP_TIMES;

export const burst = defineScenario({
  name: 'burst',
  about: `orders of ${LINES} lines at the usual rate, then ${TIMES} times as many, the ERP held at ${ERP_TIMES} times the usual`,
  sizes: {
    whole: { runs: 1, seconds: 60, rate: 2 },
    alone: { runs: 1, seconds: 60, rate: 5 },
    tiny: { runs: 1, seconds: 1, rate: 1 },
  },
  run: async ({ runs, seconds, rate }, say) => {
    const told: Told[] = [];
    const faults: string[] = [];
    await Ground.with(async (ground) => {
      if (seconds > 1) await ground.warmUp(100);
      for (let nth = 1; nth <= runs; nth++) {
        say(`run ${nth} of ${runs}: ${rate} orders a second, then ${rate * TIMES} for ${seconds} s`);
        told.push(await once(ground, `burst${nth}`, rate, seconds));
      }
      faults.push(...(await ground.faults()));
    });
    for (const { before, during } of told)
      for (const { refused } of [before, during])
        for (const [reason, times] of Object.entries(refused)) faults.push(`${times} orders refused: ${reason}`);
    return { ...shown(rate, told), sides: [{ name: 'burst', per: 'line', runs: told.map(({ run }) => run) }], faults };
  },
});

function shown(rate: number, told: readonly Told[]): Pick<Outcome, 'rows' | 'charts' | 'notes'> {
  const [before, during] = [told.map((one) => one.before.latency), told.map((one) => one.during.latency)];
  const p99 = (all: readonly Latency[]) => figureOf(all.map((latency) => latency.at(99)));
  const limit = limitOf(rate);
  return {
    rows: [
      { what: `accept p99 at ${rate}/s before, ms`, figure: p99(before), digits: 1 },
      { what: `accept p99 at ${rate * TIMES}/s in the burst, ms`, figure: p99(during), digits: 1 },
      { what: 'until all was closed after it, s', figure: figureOf(told.map((one) => one.drainedSeconds)), digits: 0 },
      {
        what: `ERP calls a second, most over ${WINDOW_S} s`,
        figure: figureOf(told.map(({ samples }) => steepest(servedOf(samples), WINDOW_S))),
        digits: 1,
        // The ERP may have one second's calls in hand when the window begins.
        must: { atMost: limit * (1 + 1 / WINDOW_S) },
      },
    ],
    charts: [
      { title: 'the ERP', x: 'seconds', y: 'questions, calls a second', series: series(told.at(-1)?.samples ?? []) },
      {
        title: 'accept latency',
        x: 'percentile',
        y: 'ms',
        logarithmic: true,
        series: [mergedLatency(before).series('before'), mergedLatency(during).series('burst')],
      },
    ],
    notes: [`The ERP takes ${limit} calls a second and answers 429 to the rest; an order needs ${CALLS}.`],
  };
}
