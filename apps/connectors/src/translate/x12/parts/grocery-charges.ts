/** Allowances and charges of the grocery trade (UCS): G72, with its description in G73. */
import type { AllowanceCharge, Money } from '../../../canonical/shapes.js';
import { moneyOf } from '../../amounts.js';
import { compact } from '../../edi/compact.js';
import { shifted } from '../../edi/decimal.js';
import { loop, type Loop } from '../../edi/layout.js';
import type { X12Reading } from '../reading.js';
import type { X12Segment } from '../segment.js';
import { IMPLIED_PLACES, ratedAmount, type Basis } from './charges.js';

export const GROCERY_ALLOWANCE = loop('G72', 'G73');

/** Element 340: codes to 499 are allowances, from 500 on charges; what is negative is taken off in any case. */
const isCharge = (code: string): boolean => /^\d{3}$/.test(code) && Number(code) >= 500;

/** G7208 is the amount; else a rate (G7205) for each unit, or a percentage (G7209) of G7210 or of the line. */
const amountOf = (reading: X12Reading, g72: X12Segment, basis: Basis): Money | undefined => {
  const total = reading.money(g72, 8, undefined, IMPLIED_PLACES);
  if (total) return total;
  const [rate, times, percent, of] = [5, 6, 9, 10].map((at) => reading.decimal(g72, at));
  const rated = { rate, times, percent, of: of && shifted(of, IMPLIED_PLACES) };
  return moneyOf(ratedAmount(rated, basis), reading.currency);
};

/** Those of which the amount can be told: a rate for units that nobody names is none. */
export const groceryCharges = (
  reading: X12Reading,
  parent: Loop<X12Segment>,
  basis: Basis,
): readonly AllowanceCharge[] =>
  parent.of('G72').flatMap((one): AllowanceCharge[] => {
    const g72 = one.opening;
    const amount = amountOf(reading, g72, basis);
    if (!amount) return [];
    const code = reading.text(g72, 1);
    const charge = isCharge(code ?? '') && amount.minor >= 0;
    const reason = reading.text(one.first('G73'), 1) ?? reading.text(g72, 3);
    return [compact<AllowanceCharge>({ charge, code, reason, amount: { ...amount, minor: Math.abs(amount.minor) } })];
  });
