import { mutate } from './mutate.ts';
import { randomOf } from '../random.ts';

const seed = Buffer.from('ISA*00~GS*PO~ST*850*0001~');
const other = Buffer.from('{"a": [1, {"b": "c"}]}');
const runs = Array.from({ length: 2_000 }, (_, at) => at);

describe('a mutated document', () => {
  it('is the same for the same number of a run', () => {
    for (const run of runs.slice(0, 200)) {
      expect(mutate(seed, other, randomOf(run))).toEqual(mutate(seed, other, randomOf(run)));
    }
  });

  it('nearly always differs from its seed, and leaves the seed alone', () => {
    const before = seed.toString('hex');
    const changed = runs.filter((run) => !mutate(seed, other, randomOf(run)).equals(seed));
    expect(changed.length).toBeGreaterThan(runs.length * 0.8);
    expect(seed.toString('hex')).toBe(before);
  });

  it('is now and then still JSON with another value in it', () => {
    const stillJson = runs.filter((run) => {
      const text = mutate(other, seed, randomOf(run)).toString('utf8');
      try {
        return JSON.stringify(JSON.parse(text)) !== JSON.stringify(JSON.parse(other.toString('utf8')));
      } catch {
        return false;
      }
    });
    expect(stillJson.length).toBeGreaterThan(20);
  });
});
