/** Documents of a generated day, as canonical JSON lines have them. */
import {
  dayCustomers,
  dayItems,
  GUEST,
  HOME_COUNTRY,
  HOME_CURRENCY,
  NODES,
  type DayCustomer,
  type DayItem,
} from './items.js';
import { pickFrom, randomFrom, shuffled, weightedFrom, wholeFrom, type Random } from './random.js';
import { BIG_ORDER_LINES, soldItem } from './shape.js';
import { dayName, type Day } from './identity.js';

export interface DayLine {
  readonly lineNo: number;
  readonly item: string;
  /** goods when left out */
  readonly kind?: 'freight' | 'charge';
  readonly description: string;
  readonly quantity: string;
  readonly unitPrice: string;
}
export interface DayOrder {
  readonly type: 'order';
  readonly documentNo: string;
  readonly account: string;
  readonly customerPo: string;
  readonly currency: string;
  readonly orderDate: string;
  readonly shipTo: {
    readonly name: string;
    readonly lines: readonly string[];
    readonly city: string;
    readonly country: string;
  };
  readonly shipComplete?: true;
  readonly priority?: number;
  readonly lines: readonly DayLine[];
}
export interface DayReturn {
  readonly type: 'return';
  readonly documentNo: string;
  readonly account: string;
  readonly currency: string;
  readonly returnDate: string;
  readonly country: string;
  readonly node: string;
  readonly lines: readonly DayLine[];
}
export interface DayAdjustment {
  readonly type: 'adjustment';
  readonly documentNo: string;
  readonly adjustmentDate: string;
  readonly node: string;
  readonly reason: string;
  readonly lines: readonly {
    readonly lineNo: number;
    readonly item: string;
    readonly description: string;
    readonly quantity: string;
  }[];
}
export type DayDocument = DayOrder | DayReturn | DayAdjustment;

/** Base units of a line: gift wholesale is sold in small packs. */
const QUANTITIES: readonly (readonly [number, number])[] = [
  [1, 22],
  [2, 14],
  [3, 8],
  [4, 9],
  [6, 14],
  [8, 6],
  [10, 6],
  [12, 12],
  [24, 6],
  [48, 2],
  [96, 1],
];
const GUEST_SHARE = 0.2;
const REPEATED_ITEM_SHARE = 0.12;
const CHARGE_SHARE = 0.12;
const CHARGES = [
  { item: 'POST', kind: 'freight', description: 'Carriage', unitPrice: '18.00' },
  { item: 'DOT', kind: 'freight', description: 'Carriage, express', unitPrice: '32.50' },
  { item: 'M', kind: 'charge', description: 'Gift wrapping', unitPrice: '4.95' },
] as const;

const WALK_IN: DayCustomer = { account: GUEST, legalName: 'Walk-in customer', country: HOME_COUNTRY, city: 'London' };
/** Some customers order often, most of them seldom. */
const customerFrom = (random: Random): DayCustomer => {
  if (random() < GUEST_SHARE) return WALK_IN;
  return dayCustomers[Math.floor(random() ** 1.8 * dayCustomers.length)] as DayCustomer;
};

/** Number of a document: day, seed and running number; `D20261121-1-0007`. */
const numberOf = (letter: string, { date, seed, orders }: Day, nth: number): string =>
  `${letter}${date.replaceAll('-', '')}-${seed}-${orders}-${String(nth + 1).padStart(4, '0')}`;

/** So many different items, skewed as sales are. */
const itemsFrom = (random: Random, count: number): DayItem[] => {
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(soldItem(random));
  return [...chosen].map((at) => dayItems[at] as DayItem);
};
/** The big order: the same number of lines at each node. */
const itemsOverNodes = (random: Random, count: number): DayItem[] => {
  const each = NODES.flatMap((node) =>
    shuffled(
      random,
      dayItems.filter((item) => item.node === node),
    ).slice(0, count / NODES.length),
  );
  return shuffled(random, each);
};

const goodsLine = (random: Random, { item, description, price }: DayItem, at: number): DayLine => ({
  lineNo: at + 1,
  item,
  description,
  quantity: String(weightedFrom(random, QUANTITIES)),
  unitPrice: price,
});

const linesFrom = (random: Random, count: number): DayLine[] => {
  const charged = count > 1 && count < BIG_ORDER_LINES && random() < CHARGE_SHARE;
  const repeated = count > 3 && count < BIG_ORDER_LINES && random() < REPEATED_ITEM_SHARE;
  const different = count - Number(charged) - Number(repeated);
  const items = count === BIG_ORDER_LINES ? itemsOverNodes(random, count) : itemsFrom(random, different);
  const all = repeated ? [...items, items[0] as DayItem] : items;
  const lines = all.map((item, at) => goodsLine(random, item, at));
  return charged ? [...lines, { lineNo: count, ...pickFrom(random, CHARGES), quantity: '1' }] : lines;
};

export const anOrder = (day: Day, nth: number, lineCount: number): DayOrder => {
  const random = randomFrom(`order/${dayName(day)}/${nth}`);
  const { account, legalName, country, city } = customerFrom(random);
  const urgent = random() < 0.1;
  const whole = random() < 0.05 && lineCount < BIG_ORDER_LINES;
  return {
    type: 'order',
    documentNo: numberOf('D', day, nth),
    account,
    customerPo: `PO-${wholeFrom(random, 10_000, 99_999)}`,
    currency: HOME_CURRENCY,
    orderDate: day.date,
    shipTo: { name: legalName, lines: [`${wholeFrom(random, 1, 200)} High Street`], city, country },
    ...(whole ? { shipComplete: true } : {}),
    ...(urgent ? { priority: 1 } : {}),
    lines: linesFrom(random, lineCount),
  };
};

/** One or two goods lines of an order come back, without naming it. */
export const aReturn = (day: Day, nth: number, order: DayOrder): DayReturn => {
  const random = randomFrom(`return/${dayName(day)}/${nth}`);
  const goods = order.lines.filter(({ kind }) => kind === undefined).slice(0, wholeFrom(random, 1, 2));
  return {
    type: 'return',
    documentNo: numberOf('R', day, nth),
    account: order.account,
    currency: order.currency,
    returnDate: day.date,
    country: order.shipTo.country,
    node: NODES[0],
    lines: goods.map((line, at) => ({
      ...line,
      lineNo: at + 1,
      quantity: String(wholeFrom(random, 1, Number(line.quantity))),
    })),
  };
};

/** A count at one node found a little less than the books say. */
export const anAdjustment = (day: Day, nth: number): DayAdjustment => {
  const random = randomFrom(`adjustment/${dayName(day)}/${nth}`);
  const node = NODES[nth % NODES.length] as string;
  const [item] = shuffled(
    random,
    dayItems.filter((candidate) => candidate.node === node),
  ) as [DayItem];
  return {
    type: 'adjustment',
    documentNo: numberOf('S', day, nth),
    adjustmentDate: day.date,
    node,
    reason: 'damaged in the warehouse',
    lines: [{ lineNo: 1, item: item.item, description: item.description, quantity: `-${wholeFrom(random, 1, 6)}` }],
  };
};
