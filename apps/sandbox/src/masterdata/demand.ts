/** What documents need of stock, by node and item, and how it comes in. */
import { fnv1a32 } from '@crossdock/kernel';
import type { FileDocument } from '../file/document.js';

export interface Need {
  /** base units that orders ask for */
  readonly orders: number;
  /** base units that adjustments take away */
  readonly adjustments: number;
}
/** by node, then item */
export type Demand = Readonly<Record<string, Readonly<Record<string, Need>>>>;
/**
 * How stock is opened. `ample`: all that is needed is there from the start; `tight`: 60 % of each item's demand;
 * `short`: a few items have half of theirs, as on an ordinary day. What is left out arrives later.
 */
export const OPENINGS = ['ample', 'tight', 'short'] as const;
export type Opening = (typeof OPENINGS)[number];
export const STOCK_MODES = [...OPENINGS, 'none'] as const;
export type StockMode = (typeof STOCK_MODES)[number];
/** by node, item and base units */
export type Supply = Readonly<Record<string, readonly (readonly [item: string, units: number])[]>>;

export const TIGHT_PERCENT = 60;
/** One item of so many is short on an ordinary day. */
const SHORT_ONE_IN = 25;
/** Receipts in which the rest arrives. */
export const LATER_RECEIPTS = 3;

const isWhole = (document: FileDocument): boolean =>
  document.lines.every(({ quantity }) => quantity !== undefined && quantity > 0);

/** Only documents that can be taken need anything; charges need nothing. */
export const demandOf = (documents: Iterable<FileDocument>, nodeOf: (item: string) => string): Demand => {
  // Without a prototype: an item may be called `constructor`.
  const demand = Object.create(null) as Record<string, Record<string, { orders: number; adjustments: number }>>;
  for (const document of documents) {
    if (document.type !== 'order' && document.type !== 'adjustment') continue;
    if (!isWhole(document)) continue;
    const part = document.type === 'order' ? 'orders' : 'adjustments';
    for (const { item, kind, quantity = 0, node } of document.lines) {
      if (kind !== 'goods') continue;
      const ofNode = (demand[node ?? document.node ?? nodeOf(item)] ??= Object.create(null) as Record<
        string,
        { orders: number; adjustments: number }
      >);
      (ofNode[item] ??= { orders: 0, adjustments: 0 })[part] += quantity;
    }
  }
  return demand;
};

/** Units that the opening leaves out of what orders ask for. What adjustments take away is always there in full. */
const leftOut = (item: string, { orders }: Need, opening: Opening): number => {
  if (opening === 'tight') return orders - Math.floor((orders * TIGHT_PERCENT) / 100);
  if (opening === 'short') return fnv1a32(item) % SHORT_ONE_IN === 0 ? Math.ceil(orders / 2) : 0;
  return 0;
};

const supplyBy = (demand: Demand, units: (item: string, need: Need) => number): Supply =>
  Object.fromEntries(
    Object.entries(demand).map(([node, items]) => [
      node,
      Object.entries(items)
        .map(([item, need]) => [item, units(item, need)] as const)
        .filter(([, count]) => count > 0),
    ]),
  );

export const openingSupply = (demand: Demand, opening: Opening): Supply =>
  supplyBy(demand, (item, need) => need.orders - leftOut(item, need, opening) + need.adjustments);

/** What arrives `nth` (0, 1, 2) of three after the opening: thirds, the earlier ones larger. */
export const laterSupply = (demand: Demand, opening: Opening, nth: number): Supply =>
  supplyBy(demand, (item, need) =>
    Math.floor((leftOut(item, need, opening) + LATER_RECEIPTS - 1 - nth) / LATER_RECEIPTS),
  );
