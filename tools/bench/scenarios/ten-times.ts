/** Ten times the orders: does a line cost more when there is more of everything? */
import { figureOf, ratioOf } from '../figures.ts';
import { Ground, WARM_UP } from '../ground.ts';
import { benchOrders } from '../orders.ts';
import { cpuMicrosOf, defineScenario, type Run } from '../scenario.ts';

export const tenTimes = defineScenario({
  name: 'ten-times',
  about: 'ten times the orders of 24 lines in one file, in turn with once',
  sizes: { alone: { runs: 3, orders: 500 }, tiny: { runs: 1, orders: 2 } },
  run: async ({ runs, orders }, say) => {
    const small: Run[] = [];
    const large: Run[] = [];
    const faults: string[] = [];
    const once = async (count: number, into: Run[]): Promise<void> => {
      const { run, faults: found } = await Ground.with(async (ground) => {
        if (orders >= WARM_UP) await ground.warmUp();
        return ground.measuredPlay(`times${count}`, benchOrders(`times${count}`, count));
      });
      into.push(run);
      faults.push(...found);
    };
    for (let nth = 1; nth <= runs; nth++) {
      say(`run ${nth} of ${runs}: ${orders} orders, then ${orders * 10}`);
      await once(orders, small);
      await once(orders * 10, large);
    }
    const [cpuOnce, cpuTen] = [small.map(cpuMicrosOf), large.map(cpuMicrosOf)];
    return {
      rows: [
        { what: `CPU per line, ${orders} orders, microseconds`, figure: figureOf(cpuOnce), digits: 0 },
        { what: `CPU per line, ${orders * 10} orders, microseconds`, figure: figureOf(cpuTen), digits: 0 },
        { what: 'ten times the orders / once', figure: ratioOf(cpuTen, cpuOnce), digits: 2, must: { atMost: 1.3 } },
      ],
      sides: [
        { name: 'once', per: 'line', runs: small },
        { name: 'ten times', per: 'line', runs: large },
      ],
      faults,
    };
  },
});
