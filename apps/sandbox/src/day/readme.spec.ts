/** What the README tells a newcomer to send fits the catalogue of the generated day, whatever its seed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayCustomers, dayItems, dayNodeOf } from './items.js';

interface Body {
  readonly account?: string;
  readonly node?: string;
  readonly lines?: readonly { readonly item: string }[];
}

const readme = readFileSync(join(import.meta.dirname, '..', '..', '..', '..', 'README.md'), 'utf8');
const bodies = [...readme.matchAll(/-d '(\{[^']+\})'/g)].map(([, json = '']) => JSON.parse(json) as Body);

describe('the examples of the README', () => {
  it('name an account, items and a node that are there', () => {
    expect(bodies.map(({ account, node }) => account ?? node)).toEqual(['A-1001', 'DC1']);
    expect(dayCustomers.find(({ account }) => account === bodies[0]?.account)?.country).toBe('GB');
    const items = bodies.flatMap(({ lines = [] }) => lines.map(({ item }) => item));
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) expect(dayItems.map((one) => one.item)).toContain(item);
    for (const { node, lines = [] } of bodies)
      if (node) expect(lines.map(({ item }) => dayNodeOf(item))).toEqual(lines.map(() => node));
  });
});
