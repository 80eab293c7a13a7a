/** The fuzzer in small: documents of our own go through, and what it must find is found when it is planted. */
import { Crew, Lost } from './crew.ts';
import type { Played } from './worker.ts';

const RUNS = 300;
const LONG_MS = 300_000;
const play = async (crew: Crew, count: number, first = 0): Promise<Played> =>
  crew.play({ fixtures: undefined, seed: 7, first, count });

const MAPS = {
  file: 'apps/connectors/src/ask/map-document.ts',
  find: 'const mapped = await map(',
};
const PLANTED = [
  {
    name: 'a mapping that throws is asked for again and again',
    patch: { ...MAPS, replace: `if (data.standard === 'X12') throw new Error('planted');\n    ${MAPS.find}` },
    found: /an ask failed.*planted/s,
  },
  {
    name: 'a decision that throws leaves its document where it was',
    patch: {
      file: 'apps/connectors/src/domain/decide-mapped.ts',
      find: "if (outcome === 'unanswered') return ignore('still-asked');",
      replace: "if (document.standard === 'X12') throw new Error('planted');",
    },
    found: /is left validated.*decision-failed: planted/s,
  },
  {
    name: 'bytes that are cut on their way to the archive',
    patch: {
      file: 'libs/runtime/src/archive/memory-archive.ts',
      find: 'chunks.push(Buffer.from(chunk));',
      replace: 'chunks.push(Buffer.from(chunk).subarray(0, 100));',
    },
    found: /which is no hash of its bytes/,
  },
];

describe('mutated documents at the edge', () => {
  it(
    `end in a state, with their bytes kept and no lane held up: ${RUNS} of them`,
    async () => {
      const crew = await Crew.start();
      try {
        const { done, failures, tally } = await play(crew, RUNS);
        expect({ done, failures }).toEqual({ done: RUNS, failures: [] });
        const ways = Object.keys(tally);
        expect(ways).toEqual(expect.arrayContaining(['file parsed', 'payload told', '  document of X12 mapped']));
        expect(ways.filter((way) => way.includes('quarantined')).length).toBeGreaterThan(10);
        expect(await play(crew, 20, 40)).toEqual(await play(crew, 20, 40));
      } finally {
        crew.stop();
      }
    },
    LONG_MS,
  );

  it.each(PLANTED)(
    'are not: $name',
    async ({ patch, found }) => {
      const crew = await Crew.start([patch]);
      try {
        const { failures } = await play(crew, 30);
        expect(failures.map(({ what }) => what).join('\n')).toMatch(found);
      } finally {
        crew.stop();
      }
    },
    LONG_MS,
  );

  it(
    'are found to have ended a process that they end',
    async () => {
      const crew = await Crew.start([{ ...MAPS, replace: `process.exit(3);\n    ${MAPS.find}` }]);
      await expect(play(crew, 30)).rejects.toThrow(Lost);
    },
    LONG_MS,
  );
});
