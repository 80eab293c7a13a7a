/**
 * The shape of a wholesaler's trading day (DOMAIN.md, Numbers): lines an order mean 24.1 and median 13, the busiest hour
 * with 28 % of the orders, the top 20 % of items with 65 % of the lines and the top 1 % with 9.6 %.
 */
import { ITEMS } from './items.js';
import { normalQuantile, shuffled, wholeFrom, type Random } from './random.js';

export const USUAL_ORDERS = 85;
export const BIG_ORDER_LINES = 600;
/** Days with fewer orders have no order of 600 lines. */
export const BIG_ORDER_FROM = 20;
const MEAN_LINES = 24.1;
const MEDIAN_LINES = 13;
const MOST_LINES = 1114;

/** Share of the lines that go to each band of the catalogue, best sellers first. */
const BANDS = [
  { items: Math.round(ITEMS * 0.01), share: 0.096 },
  { items: Math.round(ITEMS * 0.19), share: 0.554 },
  { items: ITEMS - Math.round(ITEMS * 0.01) - Math.round(ITEMS * 0.19), share: 0.35 },
] as const;

/** Index of an item, skewed as sales are. */
export const soldItem = (random: Random): number => {
  let left = random();
  let from = 0;
  for (const { items, share } of BANDS) {
    if (left < share) return from + Math.floor((left / share) * items);
    left -= share;
    from += items;
  }
  return ITEMS - 1;
};

/**
 * Lines of each order: log-normal around the median, so spread that the mean of the whole day (the big order
 * included) comes out; drawn evenly over the curve, so that every seed's day has the same shape.
 */
export const lineCounts = (random: Random, orders: number): number[] => {
  const big = orders >= BIG_ORDER_FROM ? BIG_ORDER_LINES : 0;
  const others = big > 0 ? orders - 1 : orders;
  const mean = (MEAN_LINES * orders - big) / others;
  const spread = Math.sqrt(2 * Math.log(Math.max(mean, MEDIAN_LINES + 1) / MEDIAN_LINES));
  const counts = Array.from({ length: others }, (_, at) => {
    const quantile = (at + 0.25 + random() * 0.5) / others;
    return Math.min(MOST_LINES, Math.max(1, Math.round(MEDIAN_LINES * Math.exp(spread * normalQuantile(quantile)))));
  });
  return shuffled(random, big > 0 ? [...counts, big] : counts);
};

/** Orders an hour of the trading day, UTC, in percent. */
const HOURS: readonly (readonly [hour: number, percent: number])[] = [
  [7, 1],
  [8, 4],
  [9, 9],
  [10, 13],
  [11, 14],
  [12, 28],
  [13, 12],
  [14, 9],
  [15, 6],
  [16, 3],
  [17, 1],
];

/** Times of day of the orders, ascending, in milliseconds since midnight. */
export const orderTimes = (random: Random, orders: number): number[] => {
  const times: number[] = [];
  let share = 0;
  for (const [hour, percent] of HOURS) {
    const before = times.length;
    share += percent;
    const upTo = Math.round((share / 100) * orders);
    for (let at = before; at < upTo; at += 1) times.push(hour * 3_600_000 + wholeFrom(random, 0, 3_599_999));
  }
  return times.toSorted((a, b) => a - b);
};
