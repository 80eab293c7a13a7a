import fc from 'fast-check';
import { documentsOf, readDay, summaryOf } from './day.js';
import { aDay, type Day } from './identity.js';
import type { DayOrder } from './documents.js';
import { CUSTOMERS, dayCustomers, dayItems, dayMasterData, dayNodeOf, ITEMS } from './items.js';
import { normalQuantile } from './random.js';

const DATE = '2026-11-21';
const ordersOf = (day: Day): DayOrder[] =>
  [...documentsOf(day)].flatMap(({ document }) => (document.type === 'order' ? [document] : []));
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const seeds = fc.integer({ min: 1, max: 100_000 }).map(String);

describe('a generated day', () => {
  it('is the same every time for a seed, and another one for another', () => {
    const text = (seed: string) => JSON.stringify([...documentsOf(aDay(seed, DATE))]);
    expect(text('1')).toBe(text('1'));
    expect(text('1')).not.toBe(text('2'));
  });

  it('has about 85 orders of 24 lines in the mean and 13 in the middle, one of them of 600 lines', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const counts = ordersOf(aDay(seed, DATE)).map(({ lines }) => lines.length);
        expect(counts.length).toBeGreaterThanOrEqual(80);
        expect(counts.length).toBeLessThanOrEqual(90);
        expect(median(counts)).toBeGreaterThanOrEqual(11);
        expect(median(counts)).toBeLessThanOrEqual(15);
        expect(mean(counts)).toBeGreaterThan(22);
        expect(mean(counts)).toBeLessThan(26.5);
        expect(counts.filter((count) => count === 600)).toHaveLength(1);
      }),
      { numRuns: 20 },
    );
  });

  it("keeps that shape when it is as large as a big distributor's", () => {
    const counts = ordersOf(aDay('1', DATE, 2000)).map(({ lines }) => lines.length);
    expect(counts).toHaveLength(2000);
    expect(median(counts)).toBe(13);
    expect(mean(counts)).toBeGreaterThan(22);
    expect(mean(counts)).toBeLessThan(26);
  });

  it('spreads the 600 lines evenly over three nodes', () => {
    const big = ordersOf(aDay('1', DATE)).find(({ lines }) => lines.length === 600) as DayOrder;
    const nodes = big.lines.map(({ item }) => dayNodeOf(item));
    expect(['DC1', 'DC2', 'DC3'].map((node) => nodes.filter((one) => one === node).length)).toEqual([200, 200, 200]);
    expect(new Set(big.lines.map(({ item }) => item)).size).toBe(600);
  });

  it('sells a fifth of the items on two thirds of the lines', () => {
    const lines = ordersOf(aDay('7', DATE, 400))
      .filter(({ lines: { length } }) => length < 600)
      .flatMap(({ lines: all }) => all);
    const best = new Set(dayItems.slice(0, ITEMS / 5).map(({ item }) => item));
    const share = lines.filter(({ item }) => best.has(item)).length / lines.length;
    expect(share).toBeGreaterThan(0.55);
    expect(share).toBeLessThan(0.7);
  });

  it('has returns, adjustments, charges, items on two lines, buyers at home, abroad and without an account', () => {
    const day = aDay('1', DATE);
    const orders = ordersOf(day);
    expect(summaryOf(day)).toMatchObject({ orders: orders.length, returns: 7, adjustments: 2 });
    expect(orders.some(({ lines }) => lines.some(({ kind }) => kind === 'freight'))).toBe(true);
    expect(orders.some(({ lines }) => new Set(lines.map(({ item }) => item)).size < lines.length)).toBe(true);
    const countries = new Set(orders.map(({ shipTo }) => shipTo.country));
    expect(countries.has('GB')).toBe(true);
    expect(countries.size).toBeGreaterThan(1);
    expect(orders.some(({ account }) => account === 'GUEST')).toBe(true);
  });

  it('numbers every document once, every line from 1', () => {
    const documents = [...documentsOf(aDay('1', DATE))].map(({ document }) => document);
    expect(new Set(documents.map(({ documentNo }) => documentNo)).size).toBe(documents.length);
    for (const { lines } of documents) expect(lines.map(({ lineNo }) => lineNo)).toEqual(lines.map((_, at) => at + 1));
  });

  it('comes in the order of its times, most of it around noon', () => {
    const times = [...documentsOf(aDay('1', DATE))].map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
    const noon = times.filter((at) => at.startsWith(`${DATE}T12:`)).length / times.length;
    expect(noon).toBeGreaterThan(0.2);
    expect(noon).toBeLessThan(0.32);
  });

  it('is read by the ERP without a document left over', () => {
    const types = [...readDay(aDay('3', DATE))].map(({ type }) => type);
    expect(types).not.toContain('other');
  });

  it('names only accounts and items that its master data has', () => {
    const { customers, items } = dayMasterData();
    const accounts = new Set(customers.map(({ account }) => account));
    const known = new Set(items.map(({ item }) => item));
    expect(customers).toHaveLength(CUSTOMERS + 1);
    for (const { account, lines } of ordersOf(aDay('5', DATE))) {
      expect(accounts.has(account)).toBe(true);
      expect(lines.every(({ item, kind }) => kind !== undefined || known.has(item))).toBe(true);
    }
    expect(dayCustomers.some(({ country }) => country !== 'GB')).toBe(true);
  });
});

describe('the normal curve', () => {
  it.each([
    [0.5, 0],
    [0.9, 1.2816],
    [0.99, 2.3263],
    [0.01, -2.3263],
    [0.001, -3.0902],
  ])('has %d of its values below %d', (share, value) => {
    expect(normalQuantile(share)).toBeCloseTo(value, 3);
  });
});
