/** What customers, shops, partners and the warehouse's people want in a seed. */
import type { Random } from '@crossdock/testing';
import { ACCOUNTS, HOUR_MS, ITEM_NAMES, STOCKED, type OrderLine, type Wanted } from './plan.ts';
import type { Tenant } from './services.ts';

export const order = (random: Random, tenant: Tenant, nth: number): Wanted => {
  const count = 1 + random.below(3);
  const lines: OrderLine[] = Array.from({ length: count }, () => ({
    item: random.pick(ITEM_NAMES),
    quantity: 1 + random.below(random.happens(0.3) ? 14 : 5),
  }));
  if (random.happens(0.2)) lines.push({ item: 'DOT', quantity: 1, kind: 'freight' });
  const isChargeOnly = random.happens(0.03);
  return {
    kind: 'order',
    tenant,
    // P: sent by a trading partner
    no: `${random.happens(0.2) ? 'P' : 'A'}${nth}`,
    account: random.happens(0.6) ? 'BIG' : random.pick(ACCOUNTS),
    lines: isChargeOnly ? [{ item: 'DOT', quantity: 1, kind: 'freight' }] : lines,
    more: {
      ...(random.happens(0.2) ? { shipComplete: true } : {}),
      ...(random.happens(0.15) ? { backorders: random.pick(['allowed', 'refused']) } : {}),
      ...(random.happens(0.3) ? { priority: random.below(10) } : {}),
    },
    ...(random.happens(0.12) ? { keptBackMs: random.pick([500, 3_000, 30 * HOUR_MS]) } : {}),
  };
};

const STOCK_DOCUMENTS = [
  'receipt',
  'receipt',
  'count',
  'adjustment',
  'broken receipt',
  'shop adjustment',
  'partner receipt',
] as const;
const stockAction = (random: Random, tenant: Tenant, no: string): Wanted => {
  const { item, node } = random.pick(STOCKED);
  const kind = random.pick(STOCK_DOCUMENTS);
  const quantity = kind === 'adjustment' || kind === 'shop adjustment' ? random.below(11) - 6 : random.below(20);
  return { kind, tenant, no, item, node, quantity: quantity === 0 ? 1 : quantity };
};

const ODD_DOCUMENTS = ['unreadable document', 'poison message', 'stray confirmation'] as const;
export const wanted = (random: Random, tenant: Tenant, orders: readonly Wanted[], nth: number): Wanted => {
  const own = orders.filter((one) => one.tenant === tenant);
  const known = own.length > 0 ? random.pick(own) : undefined;
  const no = `X${nth}`;
  const roll = random.next();
  if (known?.kind === 'order') {
    if (roll < 0.25) return { kind: 'cancel', tenant, no: known.no };
    if (roll < 0.32) return { ...known, kind: 'order again' };
    if (roll < 0.37) return { ...known, kind: 'order changed' };
    if (roll < 0.42) {
      const other = random.pick(own) as typeof known;
      const item = known.lines[0]?.item ?? 'TEA';
      return {
        kind: 'claim given over',
        tenant,
        no,
        item,
        from: known.no,
        to: other.no,
        quantity: 1 + random.below(3),
      };
    }
  }
  if (roll < 0.55) {
    const lines = [{ item: random.pick(ITEM_NAMES), quantity: 1 + random.below(4) }];
    return { kind: 'return', tenant, no, account: random.pick(ACCOUNTS), lines };
  }
  if (roll < 0.85) return stockAction(random, tenant, no);
  if (roll < 0.9) {
    return { kind: 'transfer', tenant, no, item: 'TEA', quantity: 1 + random.below(5), inParts: random.happens(0.5) };
  }
  if (roll < 0.95) return { kind: random.pick(ODD_DOCUMENTS), tenant, no };
  return { kind: random.pick(['item changed', 'customer changed', 'old master data'] as const), tenant, nth };
};
