/** Money: integer minor units of one currency. Never a float; one rounding point per line amount, half up. */
export interface Money {
  /** minor units, for example pence; a safe integer */
  readonly amount: number;
  /** ISO 4217 */
  readonly currency: string;
}

/** Decimal places of the currencies that differ from two (ISO 4217 minor units). */
const EXPONENTS: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  CLP: 0,
  ISK: 0,
  VND: 0,
  BHD: 3,
  KWD: 3,
  TND: 3,
  OMR: 3,
  JOD: 3,
};
export const exponentOf = (currency: string): number =>
  Object.hasOwn(EXPONENTS, currency) ? (EXPONENTS[currency] ?? 2) : 2;

/** A decimal as numerator over a power of ten. */
interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}
const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,12}))?$/;

/** Reads a plain decimal string (no exponent, no grouping); undefined when it is none. */
export const readDecimal = (text: string): Decimal | undefined => {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign, whole, fraction = ''] = match;
  return { digits: BigInt(`${sign ?? ''}${whole ?? '0'}${fraction}`), scale: fraction.length };
};

const decimal = (text: string): Decimal => {
  const read = readDecimal(text);
  if (!read) throw new RangeError(`not a decimal: ${JSON.stringify(text)}`);
  return read;
};

/** Divides with rounding half up in magnitude (half away from zero), as invoices are rounded. */
const divideHalfUp = (numerator: bigint, denominator: bigint): bigint => {
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  const rounded = (2n * magnitude + denominator) / (2n * denominator);
  return negative ? -rounded : rounded;
};

const asMinor = (value: bigint): number => {
  const amount = Number(value);
  if (!Number.isSafeInteger(amount)) throw new RangeError(`amount out of range: ${value}`);
  return amount;
};

/** price x quantity in minor units, rounded once, half up. Price has up to 6 decimals, quantity up to 12. */
export const lineAmount = (unitPrice: string, quantity: string, currency = 'GBP'): number => {
  const price = decimal(unitPrice);
  const count = decimal(quantity);
  const product = price.digits * count.digits * 10n ** BigInt(exponentOf(currency));
  return asMinor(divideHalfUp(product, 10n ** BigInt(price.scale + count.scale)));
};

/** A share of an amount by a decimal rate in percent, rounded half up: tax on a line, cost as 60 % of a price. */
export const percentOf = (amount: number, ratePercent: string): number => {
  const rate = decimal(ratePercent);
  return asMinor(divideHalfUp(BigInt(amount) * rate.digits, 100n * 10n ** BigInt(rate.scale)));
};

/** Splits an amount by weights without loss: largest remainders first, ties to the earlier. Sum of parts = amount. */
export const allocate = (amount: number, weights: readonly number[]): number[] => {
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (total <= 0n) throw new RangeError('weights must add up to more than zero');
  const sign = amount < 0 ? -1n : 1n;
  const whole = BigInt(amount) * sign;
  const parts = weights.map((weight, index) => {
    const product = whole * BigInt(weight);
    return { index, part: product / total, remainder: product % total };
  });
  let left = whole - parts.reduce((sum, { part }) => sum + part, 0n);
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const part of byRemainder) {
    if (left === 0n) break;
    part.part += 1n;
    left -= 1n;
  }
  return parts.map(({ part }) => asMinor(part * sign));
};

/** `12.34` for 1234 minor units of GBP. */
export const formatMinor = (amount: number, currency = 'GBP'): string => {
  const places = exponentOf(currency);
  const digits = String(Math.abs(amount)).padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return amount < 0 ? `-${text}` : text;
};

/** Minor units of a decimal string, rounded half up. */
export const minorOf = (text: string, currency = 'GBP'): number => lineAmount(text, '1', currency);
