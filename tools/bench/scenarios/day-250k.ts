/** A whole day of 250,000 lines replayed as fast as it goes: the generated day, with its 600-line order, returns and charges. */
import { figureOf } from '../figures.ts';
import { Ground } from '../ground.ts';
import { cpuMicrosOf, defineScenario, perSecondOf, type Run } from '../scenario.ts';

const DAY_LINES = 250_000;
/** of the generated day, in the mean */
const LINES_PER_ORDER = 24;
const ENDED = new Set(['closed', 'cancelled', 'rejected']);

export const day250k = defineScenario({
  name: 'day-250k',
  about: 'the generated day, with stock for all of it, at 250,000 lines or at fewer and then extrapolated',
  sizes: {
    whole: { runs: 1, lines: 25_000 },
    alone: { runs: 1, lines: DAY_LINES },
    tiny: { runs: 1, lines: 100 },
  },
  run: async ({ runs, lines }, say) => {
    const days: Run[] = [];
    const faults: string[] = [];
    const orders = Math.max(2, Math.round(lines / LINES_PER_ORDER));
    for (let nth = 1; nth <= runs; nth++) {
      say(`run ${nth} of ${runs}: a day of ${orders} orders`);
      await Ground.with(async (ground) => {
        const play = (seed: string, size: number) =>
          ground.playDay(['--seed', seed, '--size', String(size), '--pace', 'max', '--stock', 'ample'], `day-${seed}`);
        if (orders > 100) await play('warm', 100);
        const report = await play('bench', orders);
        const { ordered: work } = report.lines;
        days.push({ work, seconds: report.seconds.drained, processes: report.processes });
        for (const { id, holds, violations } of report.invariants)
          if (!holds) faults.push(`${id} is broken: ${violations[0] ?? ''}`);
        for (const [status, count] of Object.entries(report.orders))
          if (!ENDED.has(status)) faults.push(`${count} orders are ${status}`);
        if (report.documents.parked > 0) faults.push(`${report.documents.parked} documents were parked`);
      });
    }
    const played = Math.min(...days.map(({ work }) => work));
    const isWhole = played >= DAY_LINES * 0.98;
    const seconds = days.map((run) => (run.seconds * DAY_LINES) / run.work);
    const extrapolated = `extrapolated from ${played.toLocaleString('en')} lines to 250,000`;
    return {
      rows: [
        { what: 'lines played', figure: figureOf(days.map(({ work }) => work)), digits: 0 },
        { what: 'lines/s', figure: figureOf(days.map(perSecondOf)), digits: 0 },
        {
          what: isWhole ? 'seconds for 250,000 lines' : `seconds for a day, ${extrapolated}`,
          figure: figureOf(seconds),
          digits: 0,
          must: { atMost: 120 },
          aim: { atMost: 60 },
        },
        { what: 'CPU per line, all processes, microseconds', figure: figureOf(days.map(cpuMicrosOf)), digits: 0 },
      ],
      sides: [{ name: 'day', per: 'line', runs: days }],
      ...(isWhole ? {} : { notes: [`The day is ${extrapolated}; \`--lines ${DAY_LINES}\` plays all of it.`] }),
      faults,
    };
  },
});
