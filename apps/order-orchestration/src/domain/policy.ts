/** Times an order's steps may take, and how long stock is held softly. */
import { hours, minutes } from '@crossdock/kernel';

/** A soft hold that is not allocated by then goes back to the others. */
export const HOLD_MS = hours(24);
/** After this long a step is an exception case. */
export const STEP_LIMIT_MS = {
  'stock-answer': minutes(5),
  'erp-answer': minutes(15),
  allocation: minutes(5),
  fulfilment: hours(72),
  delivery: hours(14 * 24),
  invoice: hours(24),
} as const;
export type WatchedStep = keyof typeof STEP_LIMIT_MS;
/** The first look at an order, and the least time between two looks. */
export const WATCH_MS = minutes(5);
export const DEFAULT_PRIORITY = 5;
