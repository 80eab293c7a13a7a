import { MILESTONES } from '@crossdock/contracts';
import { CARRIERS } from './index.js';
import { milestoneOf } from './table.js';

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
  it('does not count before its first day', () => {
    const [code = ''] = mapped;
    if (code) expect(milestoneOf(table, [code], '', '1999-12-31').reason).toBe('code-not-mapped');
  });
});
