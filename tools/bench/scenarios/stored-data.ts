/** Does a line cost more when more is stored? The same orders on books of once, ten and a hundred times the size, in turn. */
import { figureOf, ratioOf } from '../figures.ts';
import { Ground } from '../ground.ts';
import { benchOrders, LINES } from '../orders.ts';
import { cpuMicrosOf, defineScenario, type Run } from '../scenario.ts';
import { Copies } from '../stored-copies.ts';

const TIMES = [1, 10, 100] as const;
/** When it is only to be seen that it works. */
const FEW = [1, 100] as const;
interface Book {
  readonly times: number;
  readonly ground: Ground;
  readonly copies: Copies;
  readonly runs: Run[];
}

export const storedData = defineScenario({
  name: 'stored-data',
  about: 'orders of 24 lines on books that hold 1, 10 and 100 times the orders and items, in turn',
  sizes: {
    whole: { runs: 2, orders: 60 },
    alone: { runs: 3, orders: 300 },
    tiny: { runs: 1, orders: 2 },
  },
  run: async ({ runs, orders }, say) => {
    const faults: string[] = [];
    const notes: string[] = [];
    const books: Book[] = [];
    const sizes = orders < 10 ? FEW : TIMES;
    const open = async (times: number): Promise<void> => {
      const ground = await Ground.start();
      const copies = new Copies(ground.platform.stack.mongo.adminUrl, ground.platform.services);
      books.push({ times, ground, copies, runs: [] });
      await ground.play('stored', benchOrders('stored', orders));
      const { documents, seconds } = await copies.make(times);
      say(
        `${times} times ${orders} orders: ${documents.toLocaleString('en')} documents added in ${seconds.toFixed(0)} s`,
      );
      notes.push(`${times}x: ${documents.toLocaleString('en')} documents beside those of ${orders} orders.`);
    };
    try {
      for (const times of sizes) await open(times);
      for (let nth = 1; nth <= runs; nth++)
        for (const book of books) {
          say(`run ${nth} of ${runs}: ${orders} orders on books of ${book.times} times the size`);
          const made = benchOrders(`run${nth}`, orders);
          await book.ground.handOut(`run${nth}`, made);
          const { seconds, processes } = await book.ground.measure(async () => {
            await book.ground.upload(`run${nth}`, made);
            await book.ground.settled();
          });
          book.runs.push({ work: orders * LINES, seconds, processes });
        }
      for (const { ground, copies, times } of books) {
        // Copies are nobody's: the checker looks at what the services did.
        await copies.remove();
        faults.push(...(await ground.faults()).map((fault) => `${times}x: ${fault}`));
      }
    } finally {
      for (const { ground, copies } of books) {
        await copies.close();
        await ground.close();
      }
    }
    const cpu = (times: number) => (books.find((book) => book.times === times)?.runs ?? []).map(cpuMicrosOf);
    return {
      rows: [
        ...sizes.map((times) => ({
          what: `CPU per line, ${times} times the stored data, microseconds`,
          figure: figureOf(cpu(times)),
          digits: 0,
        })),
        ...sizes
          .filter((times) => times === 10)
          .map((times) => ({ what: 'CPU per line at 10x / at 1x', figure: ratioOf(cpu(times), cpu(1)), digits: 2 })),
        {
          what: 'CPU per line at 100x / at 1x',
          figure: ratioOf(cpu(100), cpu(1)),
          digits: 2,
          must: { atMost: 2 },
          aim: { atMost: 1.4 },
        },
      ],
      sides: books.map(({ times, runs: each }) => ({ name: `${times} times`, per: 'line', runs: each })),
      notes,
      faults,
    };
  },
});
