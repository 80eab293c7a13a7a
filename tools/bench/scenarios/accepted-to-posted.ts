/** From HTTP accept to posted by the ERP and closed, against the bare loop, in turn. */
import { bareRun } from '../bare-run.ts';
import { figureOf, ratioOf } from '../figures.ts';
import { Ground, WARM_UP } from '../ground.ts';
import { benchOrders } from '../orders.ts';
import { cpuMicrosOf, defineScenario, perSecondOf, type Run } from '../scenario.ts';

export const acceptedToPosted = defineScenario({
  name: 'accepted-to-posted',
  about:
    'orders of 24 lines, uploaded through the public API, until the last one is closed; in turn with the bare loop',
  sizes: { whole: { runs: 3, orders: 400 }, alone: { runs: 3, orders: 1_000 }, tiny: { runs: 1, orders: 10 } },
  run: async ({ runs, orders }, say) => {
    const ours: Run[] = [];
    const bare: Run[] = [];
    const faults: string[] = [];
    for (let nth = 1; nth <= runs; nth++) {
      say(`run ${nth} of ${runs}: ${orders} orders through Crossdock, then through the bare loop`);
      // Both sides begin with empty books, and code that has been compiled.
      const { run, faults: found } = await Ground.with(async (ground) => {
        if (orders >= WARM_UP) await ground.warmUp();
        return ground.measuredPlay('posted', benchOrders('posted', orders));
      });
      ours.push(run);
      faults.push(...found);
      bare.push(await bareRun(orders));
    }
    return {
      rows: [
        { what: 'lines/s, accepted to posted', figure: figureOf(ours.map(perSecondOf)), digits: 0 },
        { what: 'lines/s, bare loop', figure: figureOf(bare.map(perSecondOf)), digits: 0 },
        {
          what: 'Crossdock / bare loop',
          figure: ratioOf(ours.map(perSecondOf), bare.map(perSecondOf)),
          digits: 3,
          must: { atLeast: 0.2 },
          aim: { atLeast: 0.4 },
        },
        {
          what: 'CPU per line, all processes, microseconds',
          figure: figureOf(ours.map(cpuMicrosOf)),
          digits: 0,
          must: { atMost: 250 },
          aim: { atMost: 120 },
        },
      ],
      sides: [
        { name: 'Crossdock', per: 'line', runs: ours },
        { name: 'bare loop', per: 'line', runs: bare },
      ],
      faults,
    };
  },
});
