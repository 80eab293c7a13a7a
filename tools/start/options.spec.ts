import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOptions } from './options.ts';

const folder = mkdtempSync(join(tmpdir(), 'options-'));
writeFileSync(join(folder, 'day.csv'), 'InvoiceNo\n');
const read = (...argv: string[]) => readOptions(argv, folder);

describe('the options of npm start', () => {
  it('play the generated day in one minute when nothing is said', () => {
    expect(read()).toMatchObject({
      once: false,
      orders: undefined,
      pace: { kind: 'within', ms: 60_000 },
      seed: undefined,
    });
  });

  it('play a file as fast as it goes, and at a pace when one is given', () => {
    expect(read('--orders', 'day.csv')).toMatchObject({ orders: join(folder, 'day.csv'), pace: { kind: 'max' } });
    expect(read('--orders', 'day.csv', '--pace', '600x')).toMatchObject({ pace: { kind: 'times', factor: 600 } });
  });

  it('tell every fault at once', () => {
    expect(() => read('--orders', 'no.csv', '--pace', 'fast', '--stock', 'some', '--seed', 'a b')).toThrow(
      /no file .*no\.csv[\s\S]*--pace: fast[\s\S]*--stock: some[\s\S]*--seed: a b/,
    );
  });

  it('refuse what nobody knows with what there is', () => {
    expect(() => read('--fast')).toThrow(/unknown option '--fast'[\s\S]*--wipe-broker/);
  });

  it('refuse a seed for a file: it has none', () => {
    expect(() => read('--orders', 'day.csv', '--seed', '7')).toThrow(/one or the other/);
  });
});
