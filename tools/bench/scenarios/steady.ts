/** The usual load for half an hour: does memory grow? On demand only. */
import { setTimeout as pause } from 'node:timers/promises';
import { residentMbOf } from '../../start/usage.ts';
import { figureOf } from '../figures.ts';
import { Ground, ORDERS } from '../ground.ts';
import { offer } from '../open-loop.ts';
import { benchOrder, benchOrders, LINES } from '../orders.ts';
import { defineScenario, type Run, type Series } from '../scenario.ts';
import { slopeOf } from '../series.ts';

const SAMPLES = 180;
const HOUR_S = 3_600;
/** The first third fills caches and heaps to their bounds; what grows after it keeps growing. */
const SETTLING = 1 / 3;
/** Orders whose master data and stock are given out at once. */
const SLICE_S = 60;

/** Resident memory of every process, so many times over the load. */
class MemoryWatch {
  readonly points = new Map<string, (readonly [at: number, mb: number])[]>();
  readonly #done = new AbortController();
  readonly #running: Promise<void>;

  constructor(ground: Ground, everyMs: number) {
    this.#running = this.#run(ground, everyMs);
  }
  async stop(): Promise<void> {
    this.#done.abort();
    await this.#running;
  }
  async #run({ platform }: Ground, everyMs: number): Promise<void> {
    const began = performance.now();
    while (!this.#done.signal.aborted) {
      const running = [...platform.fleet.running(), ...platform.stack.pids()];
      const resident = await residentMbOf(running.map(({ pid }) => pid));
      for (const { name, pid } of running) {
        const points = this.points.get(name) ?? [];
        points.push([(performance.now() - began) / 1000, resident.get(pid) ?? 0]);
        this.points.set(name, points);
      }
      await pause(everyMs, undefined, { signal: this.#done.signal }).catch(() => undefined);
    }
  }
}

export const steady = defineScenario({
  name: 'steady',
  about:
    'orders of 24 lines at a steady rate; resident memory of every process, and how it grows after the first third',
  sizes: { alone: { runs: 1, seconds: 1_800, rate: 5 }, tiny: { runs: 1, seconds: 1, rate: 2 } },
  run: async ({ runs, seconds, rate }, say) => {
    const loads: Run[] = [];
    const slopes = new Map<string, number[]>();
    const faults: string[] = [];
    let series: readonly Series[] = [];
    for (let nth = 1; nth <= runs; nth++) {
      say(`run ${nth} of ${runs}: ${rate} orders a second for ${seconds} s`);
      await Ground.with(async (ground) => {
        const door = ground.door(ORDERS);
        const watch = new MemoryWatch(ground, Math.max(100, (seconds * 1000) / SAMPLES));
        const { result, ...measured } = await ground.measure(async () => {
          let taken = 0;
          for (let left = seconds, slice = 0; left > 0; left -= SLICE_S, slice++) {
            const prefix = `steady${slice}`;
            const forSeconds = Math.min(left, SLICE_S);
            await ground.handOut(prefix, benchOrders(prefix, Math.ceil(rate * forSeconds)));
            const send = (n: number) => door.post('/v1/orders', JSON.stringify(benchOrder(prefix, n)));
            const offered = await offer({ rate, seconds: forSeconds, send });
            for (const [reason, times] of Object.entries(offered.refused)) faults.push(`${times} refused: ${reason}`);
            taken += offered.taken;
          }
          return taken;
        });
        ground.expect(result);
        await ground.settled();
        await watch.stop();
        faults.push(...(await ground.faults()));
        loads.push({ ...measured, work: result * LINES });
        for (const [name, points] of watch.points) {
          const later = points.slice(Math.floor(points.length * SETTLING));
          slopes.set(name, [...(slopes.get(name) ?? []), slopeOf(later) * HOUR_S]);
        }
        series = [...watch.points].map(([name, points]) => ({ name, points }));
      });
    }
    return {
      rows: [...slopes].map(([name, each]) => ({
        what: `${name}, memory growth, MB an hour`,
        figure: figureOf(each),
        digits: 1,
      })),
      sides: [{ name: 'steady', per: 'line', runs: loads }],
      charts: [{ title: 'resident memory', x: 'seconds', y: 'MB', series }],
      faults,
    };
  },
});
