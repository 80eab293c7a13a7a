/** What a seed plans: who wants what and when, and what goes wrong. Everything else follows from the seed while it runs. */
import { Random, type Chances } from '@crossdock/testing';
import { plannedChanges, type LineWish } from './changes.ts';
import type { Conduct } from './outside.ts';
import {
  aimedFreeze,
  aimedKill,
  aimedLoss,
  killedAtTheEnd,
  lostUnheard,
  olderAfterNewer,
  ordersLate,
  partnerComesBack,
  sentAgain,
} from './plan-aimed.ts';
import { mishap, MISHAPS } from './plan-mishaps.ts';
import { order, wanted } from './plan-wanted.ts';
import { SERVICES, TENANTS, type ServiceName, type Tenant } from './services.ts';
import type { WarehouseConduct } from './warehouse.ts';

export interface OrderLine {
  readonly item: string;
  readonly quantity: number;
  readonly kind?: 'freight';
}
export type Wanted =
  | {
      readonly kind: 'order' | 'order again' | 'order changed';
      readonly tenant: Tenant;
      readonly no: string;
      readonly account: string;
      readonly lines: readonly OrderLine[];
      readonly more: Readonly<Record<string, unknown>>;
      /** kept back for so long */
      readonly keptBackMs?: number;
    }
  | {
      readonly kind: 'loss';
      readonly tenant: Tenant;
      readonly no: string;
      readonly node: string;
      readonly item: string;
      /** of what lies there at that moment */
      readonly share: number;
      /** also what the warehouse was told to pick, and has picked perhaps */
      readonly deep: boolean;
    }
  | { readonly kind: 'cancel'; readonly tenant: Tenant; readonly no: string }
  | {
      readonly kind: 'lines changed';
      readonly tenant: Tenant;
      readonly no: string;
      /** tells changes of one order apart */
      readonly nth: number;
      readonly lines: readonly LineWish[];
      readonly replace?: true;
      readonly again?: true;
    }
  | {
      readonly kind: 'return';
      readonly tenant: Tenant;
      readonly no: string;
      readonly account: string;
      readonly lines: readonly OrderLine[];
    }
  | {
      readonly kind: 'receipt' | 'count' | 'adjustment' | 'broken receipt' | 'shop adjustment';
      readonly tenant: Tenant;
      readonly no: string;
      readonly node: string;
      readonly item: string;
      readonly quantity: number;
    }
  | {
      readonly kind: 'partner receipt';
      readonly tenant: Tenant;
      readonly no: string;
      readonly node: string;
      readonly item: string;
      readonly quantity: number;
    }
  | {
      readonly kind: 'transfer';
      readonly tenant: Tenant;
      readonly no: string;
      readonly item: string;
      readonly quantity: number;
      readonly inParts: boolean;
    }
  | {
      readonly kind: 'claim given over';
      readonly tenant: Tenant;
      readonly no: string;
      readonly item: string;
      readonly from: string;
      readonly to: string;
      readonly quantity: number;
    }
  | { readonly kind: 'unreadable document' | 'stray confirmation'; readonly tenant: Tenant; readonly no: string }
  | { readonly kind: 'poison message'; readonly tenant: Tenant; readonly no: string }
  /** carriers are asked for packages */
  | { readonly kind: 'poll'; readonly tenant: Tenant }
  | {
      readonly kind: 'item changed' | 'customer changed' | 'old master data';
      readonly tenant: Tenant;
      readonly nth: number;
    };
export type Mishap =
  | {
      readonly kind: 'kill';
      readonly service: ServiceName;
      readonly replica: number;
      /** killed at the n-th step from now, or at the n-th of this name, such as `store.commit before` */
      readonly steps: number;
      readonly step?: string;
      readonly awayMs: number;
    }
  | { readonly kind: 'stop' | 'second replica'; readonly service: ServiceName; readonly replica: number }
  | {
      readonly kind: 'freeze' | 'cut off';
      readonly service: ServiceName;
      readonly replica: number;
      readonly ms: number;
      /** frozen at the n-th step of this name, such as `store.commit before`; at once when left out */
      readonly steps?: number;
      readonly step?: string;
    }
  | {
      readonly kind: 'deliveries late';
      readonly service: ServiceName;
      /** of which nothing reaches the service meanwhile */
      readonly stream: (typeof HEARD)[number];
      readonly ms: number;
    }
  | { readonly kind: 'streams lost'; readonly lost: number | 'all' }
  | { readonly kind: 'broker wiped' }
  | { readonly kind: 'broker set back'; readonly lost: number }
  | { readonly kind: 'messages again' }
  | { readonly kind: 'clock jumps'; readonly ms: number }
  | { readonly kind: 'erp away' | 'wms away'; readonly ms: number }
  | { readonly kind: 'store away'; readonly service: ServiceName; readonly ms: number };
/** `again`: somebody sends it once more, as a new request. */
export type Action = { readonly at: number; readonly again?: true } & (Wanted | Mishap);

export interface Plan {
  readonly seed: number;
  readonly lanes: Readonly<Record<string, number>>;
  readonly replicas: Readonly<Record<ServiceName, number>>;
  readonly chances: Chances;
  readonly outside: Conduct;
  readonly warehouse: WarehouseConduct;
  /** chance that a caller never hears the answer */
  readonly unheard: number;
  /** after the bustle: a day passes, so that every timer comes due */
  readonly night: boolean;
  readonly actions: readonly Action[];
}

export const HOUR_MS = 3_600_000;
export const NODES = ['DC1', 'DC2'] as const;
/** where each item lies, preferred first */
export const ITEMS: Readonly<Record<string, readonly string[]>> = { TEA: ['DC1', 'DC2'], POT: ['DC1'], CUP: ['DC2'] };
export const ACCOUNTS = ['BIG', 'SMALL', 'LISTED', 'GUEST'] as const;
/** streams that services hear */
export const HEARD = ['MASTERDATA', 'ORDERS', 'INVENTORY', 'SHIPMENTS', 'FINANCE'] as const;
const LANED = ['orders', 'stock', 'availability', 'fulfilment', 'tracking', 'billing'] as const;
export const ITEM_NAMES = Object.keys(ITEMS);

export const STOCKED = ITEM_NAMES.flatMap((item) => (ITEMS[item] ?? []).map((node) => ({ item, node })));

export type OrderWanted = Extract<Wanted, { readonly more: object }>;
const isOrder = (action: Action): action is Action & OrderWanted => action.kind === 'order';

const some = (random: Random, chance: number, most: number): number =>
  random.happens(chance) ? random.next() * most : 0;

/** The first numbers of neighbouring seeds are alike. */
export const warmedUp = (seed: number): Random => {
  const random = new Random(seed);
  for (let warm = 0; warm < 4; warm++) random.next();
  return random;
};

/** Opening stock, orders, whatever else is wanted, and mishaps: kinds are drawn per seed, so that seeds differ in kind. */
export const planOf = (seed: number): Plan => {
  const random = warmedUp(seed);
  const playMs = 500 + random.below(3_500);
  const tenants = random.happens(0.5) ? TENANTS : TENANTS.slice(0, 1);
  const isTight = random.happens(0.5);
  const actions: Action[] = [];
  for (const tenant of tenants)
    STOCKED.forEach(({ item, node }, nth) => {
      const quantity = isTight ? random.below(8) : 30 + random.below(30);
      if (quantity > 0)
        actions.push({ at: random.below(200), kind: 'receipt', tenant, no: `O${nth}`, item, node, quantity });
    });
  const orders = Array.from({ length: 1 + random.below(4) }, (_, nth) => order(random, random.pick(tenants), nth + 1));
  for (const one of orders) actions.push({ at: 50 + random.below(playMs), ...one });
  for (let nth = random.below(5); nth > 0; nth--)
    actions.push({ at: 100 + random.below(playMs), ...wanted(random, random.pick(tenants), orders, nth) });
  const kinds = MISHAPS.filter(() => random.happens(0.4));
  if (kinds.length > 0)
    for (let nth = random.below(7); nth > 0; nth--)
      actions.push({ at: random.below(playMs), ...mishap(random, random.pick(kinds)) });
  const aim = random.pick(actions.filter(isOrder));
  if (kinds.includes('kill') && random.happens(0.5)) actions.push(aimedKill(random, aim.at));
  if (kinds.includes('stop') && random.happens(0.5)) actions.push(...killedAtTheEnd(random, random.below(playMs)));
  const isFrozen = kinds.includes('freeze') && random.happens(0.6);
  if (isFrozen) actions.push(aimedFreeze(random, aim.at));
  if (kinds.includes('deliveries late') && random.happens(0.3)) actions.push(ordersLate(random, aim.at));
  if (kinds.includes('streams lost') && random.happens(0.4)) actions.push(...lostUnheard(random, aim.tenant, aim.at));
  if (random.happens(0.2)) actions.push(aimedLoss(random, aim, aim.at, 1));
  if (random.happens(0.25)) actions.push({ at: aim.at + 500 + random.below(2_000), kind: 'poll', tenant: aim.tenant });
  if (random.happens(0.1)) actions.push(...olderAfterNewer(random, random.pick(tenants), random.below(playMs)));
  if (random.happens(0.3)) actions.push(...sentAgain(random, actions));
  if (random.happens(0.06)) actions.push(...partnerComesBack(random, aim, playMs));
  actions.push(...plannedChanges(seed, actions.filter(isOrder)));
  const night = random.happens(0.35) || orders.some((one) => one.kind === 'order' && (one.keptBackMs ?? 0) > HOUR_MS);
  // Who freezes has somebody who takes over.
  const twice = isFrozen ? 0.8 : 0.2;
  return {
    seed,
    lanes: Object.fromEntries(LANED.flatMap((name) => (random.happens(0.15) ? [[name, 2]] : []))),
    replicas: Object.fromEntries(SERVICES.map((name) => [name, random.happens(twice) ? 2 : 1])) as Plan['replicas'],
    chances: {
      fails: some(random, 0.4, 0.04),
      unheard: some(random, 0.4, 0.06),
      conflicts: some(random, 0.4, 0.06),
      takesMs: random.pick([0, 1, 2, 8]),
    },
    outside: {
      refusesConnection: some(random, 0.3, 0.3),
      answers503: some(random, 0.3, 0.3),
      timesOutBefore: some(random, 0.25, 0.2),
      timesOutAfter: some(random, 0.25, 0.3),
      refuses: some(random, 0.3, 0.4),
    },
    warehouse: {
      shortPick: some(random, 0.45, 0.6),
      splitPick: some(random, 0.45, 1),
      splitDispatch: some(random, 0.45, 0.8),
      overtakes: some(random, 0.45, 0.8),
      copies: some(random, 0.45, 0.7),
      shuffles: some(random, 0.6, 1),
      contradicts: some(random, 0.5, 0.8),
      shares: some(random, 0.3, 1),
      breaks: some(random, 0.25, 0.6),
      sleeps: night ? some(random, 0.5, 0.3) : 0,
    },
    unheard: some(random, 0.4, 0.15),
    night,
    actions: actions.sort((a, b) => a.at - b.at),
  };
};
