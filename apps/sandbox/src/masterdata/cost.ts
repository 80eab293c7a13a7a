/** The ERP's cost rule for files that tell none: 60 % of an item's highest price, rounded half up to 6 places, at least 0.01. */
const PLACES = 6;
const LEAST = 10n ** BigInt(PLACES) / 100n;

/** A price of up to 6 places in millionths. */
const millionths = (price: string): bigint => {
  const [whole = '0', fraction = ''] = price.split('.');
  return BigInt(`${whole}${fraction.padEnd(PLACES, '0')}`);
};
const asText = (value: bigint): string => {
  const digits = value.toString().padStart(PLACES + 1, '0');
  const fraction = digits.slice(-PLACES).replace(/0+$/, '').padEnd(2, '0');
  return `${digits.slice(0, -PLACES)}.${fraction}`;
};

export const higherPrice = (a: string | undefined, b: string | undefined): string | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  return millionths(a) >= millionths(b) ? a : b;
};

export const costOf = (highestPrice: string | undefined): string => {
  const share = (millionths(highestPrice ?? '0') * 6n * 2n + 10n) / 20n;
  return asText(share > LEAST ? share : LEAST);
};
