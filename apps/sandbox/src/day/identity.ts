/** Which day: its seed, its date and its size. */
import { fnv1a32 } from '@crossdock/kernel';
import { USUAL_ORDERS } from './shape.js';

export interface Day {
  readonly seed: string;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly orders: number;
}
/** About 85 orders unless said otherwise. */
export const aDay = (seed: string, date: string, orders?: number): Day => ({
  seed,
  date,
  orders: orders ?? USUAL_ORDERS - 5 + (fnv1a32(`orders/${seed}/${date}`) % 11),
});
/** Identity of a day: the same one again is the same import and has the same document numbers. */
export const dayName = ({ seed, date, orders }: Day): string => `day-${date}-${seed}-${orders}`;
