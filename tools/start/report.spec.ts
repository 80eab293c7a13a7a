import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { reportOf, type Outcome } from './report.ts';
import { aStanding } from './standing.builders.ts';
import { money, summaryTable, verdictLines } from './summary.ts';

const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'report.schema.json'), 'utf8')) as object;
const valid = new Ajv2020({ allErrors: true }).compile(schema);

const outcome = (given: Partial<Outcome> = {}): Outcome => ({
  standing: aStanding(),
  invariants: [{ id: 'I1', holds: true, checked: 10, violations: [] }],
  seconds: { setup: 1.234, ready: 5, drained: 8 },
  processes: [{ name: 'mongod', cpuSeconds: 1.5, maxRssMb: 300 }],
  deadLetters: 0,
  ...given,
});

describe('the report of a day', () => {
  it('is what its schema says', () => {
    expect(valid(reportOf(outcome()))).toBe(true);
    expect(valid.errors ?? []).toEqual([]);
  });

  it('names statuses and reasons that occurred, and no others', () => {
    const standing = aStanding({ orders: { closed: 9, backordered: 1, created: 0 }, exceptions: { 'short-pick': 0 } });
    const report = reportOf(outcome({ standing }));
    expect(report.orders).toEqual({ backordered: 1, closed: 9 });
    expect(report.exceptions).toEqual({});
    expect(report.linesPerSecond).toBe(25);
  });

  it('is refused by its schema with a status that is no word, a negative count or a field nobody knows', () => {
    const report = reportOf(outcome());
    expect(valid({ ...report, orders: { Closed: 1 } })).toBe(false);
    expect(valid({ ...report, deadLetters: -1 })).toBe(false);
    expect(valid({ ...report, more: 1 })).toBe(false);
  });

  it('shows money in the currency, exact to the penny', () => {
    expect(money(5_896_079, 'GBP')).toBe('58,960.79 GBP');
    expect(summaryTable(reportOf(outcome()))).toContain('58,960.79 GBP invoiced net');
  });

  it('tells which invariant is broken and by what', () => {
    const broken = { id: 'I3', holds: false, checked: 4, violations: ['journal 7 does not balance'] };
    const lines = verdictLines(reportOf(outcome({ invariants: [broken], deadLetters: 2 })));
    expect(lines).toEqual([
      'Verdict: 1 of 1 invariants are broken.',
      '  I3: 1 violation',
      '    journal 7 does not balance',
      '2 messages are in quarantine.',
    ]);
  });
});
