/** Long orders alone: is the price per line or per message? In turn with orders of 24 lines. */
import { figureOf, ratioOf } from '../figures.ts';
import { Ground } from '../ground.ts';
import { benchOrders, LINES } from '../orders.ts';
import { cpuMicrosOf, defineScenario, perSecondOf, type Run } from '../scenario.ts';

const LONG = 600;

export const orders600 = defineScenario({
  name: 'orders-600',
  about: 'orders of 600 lines, accepted to posted, in turn with as many lines in orders of 24',
  sizes: { whole: { runs: 3, orders: 8 }, alone: { runs: 3, orders: 50 }, tiny: { runs: 1, orders: 1 } },
  run: async ({ runs, orders }, say) => {
    const long: Run[] = [];
    const short: Run[] = [];
    const faults: string[] = [];
    await Ground.with(async (ground) => {
      if (orders > 1) await ground.warmUp(150);
      for (let nth = 1; nth <= runs; nth++) {
        say(`run ${nth} of ${runs}: ${orders} orders of ${LONG} lines, then as many lines in orders of ${LINES}`);
        const one = await ground.measuredPlay(`long${nth}`, benchOrders(`long${nth}`, orders, LONG));
        const other = await ground.measuredPlay(`short${nth}`, benchOrders(`short${nth}`, (orders * LONG) / LINES));
        long.push(one.run);
        short.push(other.run);
        faults.push(...one.faults, ...other.faults);
      }
    });
    return {
      rows: [
        { what: 'lines/s, orders of 600 lines', figure: figureOf(long.map(perSecondOf)), digits: 0 },
        { what: 'lines/s, orders of 24 lines', figure: figureOf(short.map(perSecondOf)), digits: 0 },
        { what: 'CPU per line, 600, microseconds', figure: figureOf(long.map(cpuMicrosOf)), digits: 0 },
        { what: 'CPU per line, 600 / 24', figure: ratioOf(long.map(cpuMicrosOf), short.map(cpuMicrosOf)), digits: 2 },
      ],
      sides: [
        { name: '600 lines', per: 'line', runs: long },
        { name: '24 lines', per: 'line', runs: short },
      ],
      faults,
    };
  },
});
