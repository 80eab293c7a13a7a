import { MILESTONES } from '@crossdock/contracts';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { CARRIERS } from './index.js';
import { eventOf } from './reading.js';
import { mappingVersionOf, milestoneOf, type CarrierTable } from './table.js';

const GROUPS = ['carrier', 'shipper', 'consignee', 'customs', 'weather', 'other'];

describe.each(CARRIERS.map(({ table }) => [table.carrier, table] as const))('the table of %s', (_, table) => {
  const documented = table.codeSets.flatMap(({ prefix = '', codes }) =>
    Object.keys(codes).map((code) => prefix + code),
  );
  const mapped = table.rows.flatMap(({ codes }) => codes);

  it('claims code sets by name and source, each code with what it means', () => {
    for (const { name, source, codes } of table.codeSets) {
      expect(`${name}|${source}`).toMatch(/^.{3,}\|.{10,}$/);
      expect(Object.values(codes).filter((meaning) => meaning.trim() === '')).toEqual([]);
    }
    expect(documented.length + table.texts.length).toBeGreaterThan(0);
    expect(new Set(documented).size).toBe(documented.length);
  });
  it('has exactly one valid row for every code that it claims, and none for others', () => {
    expect(mapped.toSorted()).toEqual(documented.toSorted());
  });
  it('says who made it, when, and what every row means', () => {
    expect(table.version).toMatch(/^\d{4}-\d{2}-\d{2}/);
    for (const row of table.rows) {
      expect(row.author ?? table.author).toMatch(/^@/);
      expect(row.validFrom ?? table.validFrom).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(MILESTONES).toContain(row.milestone);
      if (row.reason !== undefined) expect(GROUPS).toContain(row.reason);
    }
  });
  it('reads each of its codes as its row says', () => {
    for (const row of table.rows)
      for (const code of row.codes)
        expect(`${code} ${milestoneOf(table, [code]).milestone}`).toBe(`${code} ${row.milestone}`);
  });
  it('reads the example of each text rule by that rule, not by an earlier one', () => {
    for (const { text, example, milestone } of table.texts) {
      expect(example.toLowerCase()).toContain(text.toLowerCase());
      expect(`${example} ${milestoneOf(table, [], example).milestone}`).toBe(`${example} ${milestone}`);
    }
  });
  it('knows nothing of a code that nobody mapped', () => {
    expect(milestoneOf(table, ['~nobody~'], '~nobody mapped this~')).toEqual({
      milestone: 'UNKNOWN',
      reason: 'code-not-mapped',
    });
  });
  it('has an example that a payload holds and that is read so', () => {
    const { sent, code, milestone } = table.example;
    const folder = new URL(`${table.carrier}/golden/`, import.meta.url);
    const payloads = readdirSync(folder).filter((file) => !file.includes('.expected.'));
    expect(payloads.some((file) => readFileSync(new URL(file, folder), 'utf8').includes(sent))).toBe(true);
    expect(sent).toContain(code.replace(/^(?:[a-z]+:|#)/, ''));
    expect(milestoneOf(table, [code]).milestone).toBe(milestone);
  });
  it('does not count before its first day', () => {
    const [code = ''] = mapped;
    if (code) expect(milestoneOf(table, [code], '', '1989-12-31').reason).toBe('code-not-mapped');
  });
});

/** Of everything that a table maps by. */
const hashOf = ({ rows, texts }: CarrierTable): string =>
  createHash('sha256').update(JSON.stringify({ rows, texts })).digest('hex').slice(0, 16);
const LOCK = JSON.parse(readFileSync(new URL('versions.lock.json', import.meta.url), 'utf8')) as Record<string, string>;

it('a table that changes takes a new version: an older reading of a scan gives way to it', () => {
  // a carrier that has no line in the lock is new: its first one is added when it goes live
  const isLocked = ({ carrier }: CarrierTable): boolean =>
    Object.keys(LOCK).some((one) => one.startsWith(`${carrier}-2`));
  const locked = CARRIERS.flatMap(({ table }) => (isLocked(table) ? [[mappingVersionOf(table), hashOf(table)]] : []));
  expect(Object.fromEntries(locked)).toEqual(LOCK);
});

describe('a code that a carrier gave another meaning', () => {
  const [{ table }] = CARRIERS as [(typeof CARRIERS)[number]];
  const changed: CarrierTable = {
    ...table,
    rows: [
      { codes: ['ZZ'], milestone: 'IN_TRANSIT', validTo: '2025-12-31' },
      { codes: ['ZZ'], milestone: 'DELIVERED', validFrom: '2026-01-01' },
    ],
  };
  const read = (local: string | undefined, day?: string) =>
    eventOf(changed, { codes: ['ZZ'], at: local === undefined ? undefined : { local } }, day).milestone;
  it('means what it meant on the day of the scan, however late that is told', () => {
    expect(read('2025-12-31T23:59:00', '2026-03-01')).toBe('IN_TRANSIT');
    expect(read('2026-01-01T00:00:00', '2026-03-01')).toBe('DELIVERED');
  });
  it('means what it means on the day of our reading where no day, or one of long ago, is told', () => {
    for (const local of [undefined, '0001-01-01T00:00:00', '1970-01-01'])
      expect([read(local, '2025-06-01'), read(local, '2026-06-01'), read(local)]).toEqual([
        ...['IN_TRANSIT', 'DELIVERED', 'DELIVERED'],
      ]);
  });
});
