/** Standings for tests: a day of so many orders, all of them at a stage. */
import { STAGES, type Stage, type Standing } from './standing.ts';

export const aStanding = (given: Partial<Standing> = {}): Standing => ({
  documents: { orders: 10, returns: 2, adjustments: 1, parked: 1, alreadyKnown: 0 },
  orders: { closed: 10 },
  lines: { ordered: 200, goods: 190, charges: 10 },
  progress: upTo('closed', 10),
  returnsPosted: 2,
  money: { currency: 'GBP', invoicedNet: 5_896_079, creditedNet: 32_523, tax: 0, debits: 100, credits: 100 },
  exceptions: {},
  ...given,
});

export const upTo = (stage: Stage, count: number): Standing['progress'] =>
  Object.fromEntries(
    STAGES.map((known, at) => [known, at <= STAGES.indexOf(stage) ? count : 0]),
  ) as Standing['progress'];
