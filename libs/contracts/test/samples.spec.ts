import { allMessages, contractId, violationsOf } from '../src/index.js';
import { orphans, samples } from './samples.js';
import { asWritten } from './verdict.js';

const all = samples();

describe('golden samples', () => {
  it('stand for every message: one good and two bad at least', () => {
    const lacking = allMessages()
      .map((message) => contractId(message.type, message.version))
      .filter((name) => {
        const own = all.filter(({ file }) => file.startsWith(`${name}/`));
        const good = own.filter(({ verdict }) => verdict === 'good').length;
        return good < 1 || own.length - good < 2;
      });
    expect(lacking).toEqual([]);
    expect(orphans()).toEqual([]);
  });

  it('are named good-*.json or bad-*.json', () => {
    expect(all.map(({ file }) => file).filter((file) => !/\/(good|bad)-[a-z0-9-]+\.json$/.test(file))).toEqual([]);
  });

  it.each(all.filter(({ verdict }) => verdict === 'good'))('$file is taken by both validators', (sample) => {
    for (const mode of ['strict', 'tolerant'] as const) {
      expect(violationsOf(sample.message.dataClass, sample.data, mode)).toEqual([]);
      expect(asWritten(sample.message.dataClass, sample.data, mode)).toBe(true);
    }
  });

  it.each(all.filter(({ verdict }) => verdict === 'bad'))('$file is refused by both validators', (sample) => {
    for (const mode of ['strict', 'tolerant'] as const) {
      expect(violationsOf(sample.message.dataClass, sample.data, mode)).not.toEqual([]);
      expect(asWritten(sample.message.dataClass, sample.data, mode)).toBe(false);
    }
  });
});
