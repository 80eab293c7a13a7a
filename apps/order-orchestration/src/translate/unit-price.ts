/** An amount as unit prices that give it again: shops discount and tax whole lines, orders carry prices of one unit. */
import { exponentOf, lineAmount } from '@crossdock/kernel';

export interface PricedUnits {
  readonly quantity: number;
  /** decimal string of up to 6 places */
  readonly unitPrice: string;
}
const PLACES = 6;

const asPrice = (scaled: bigint): string => {
  const digits = scaled.toString().padStart(PLACES + 1, '0');
  return `${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`.replace(/\.?0+$/, '') || '0';
};

/** One price when 6 decimals can say it; else some units at a price of whole minor units and the rest at one more. */
export const pricesOf = (amount: number, quantity: number, currency: string): readonly PricedUnits[] => {
  const scale = 10n ** BigInt(PLACES - exponentOf(currency));
  const total = BigInt(amount) * scale;
  const count = BigInt(quantity);
  const unitPrice = asPrice((2n * total + count) / (2n * count));
  if (lineAmount(unitPrice, String(quantity), currency) === amount) return [{ quantity, unitPrice }];
  const low = BigInt(amount) / count;
  const dearer = Number(BigInt(amount) - low * count);
  return [
    { quantity: quantity - dearer, unitPrice: asPrice(low * scale) },
    { quantity: dearer, unitPrice: asPrice((low + 1n) * scale) },
  ];
};
