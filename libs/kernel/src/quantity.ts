/**
 * Quantity: a decimal string and a unit (UN/ECE Rec 20). Inside the stock ledger only whole base units stand.
 * Conversion is by exact rationals; a fraction of an indivisible unit is an error, never rounded away.
 */
import { readDecimal } from './money.js';

export interface Quantity {
  /** plain decimal string */
  readonly value: string;
  /** UN/ECE Recommendation 20 code, for example `EA`, `CS`, `KGM` */
  readonly unit: string;
}
/** How many base units make one of this unit: numerator / denominator. */
export interface UnitFactor {
  readonly unit: string;
  readonly numerator: number;
  readonly denominator: number;
}
export type BaseUnits =
  | { readonly ok: true; readonly units: number }
  | { readonly ok: false; readonly reason: 'unit-unknown' | 'fraction-of-unit' | 'quantity-unreadable' };

/** Whole base units of a quantity, or why there are none. */
export const toBaseUnits = (quantity: Quantity, baseUnit: string, factors: readonly UnitFactor[]): BaseUnits => {
  const value = readDecimal(quantity.value);
  if (!value) return { ok: false, reason: 'quantity-unreadable' };
  const factor =
    quantity.unit === baseUnit
      ? { numerator: 1, denominator: 1 }
      : factors.find((candidate) => candidate.unit === quantity.unit);
  if (!factor) return { ok: false, reason: 'unit-unknown' };
  const numerator = value.digits * BigInt(factor.numerator);
  const denominator = 10n ** BigInt(value.scale) * BigInt(factor.denominator);
  if (numerator % denominator !== 0n) return { ok: false, reason: 'fraction-of-unit' };
  const units = Number(numerator / denominator);
  return Number.isSafeInteger(units) ? { ok: true, units } : { ok: false, reason: 'quantity-unreadable' };
};
