/** How the warehouse works a fulfilment order off: what it picks, what is short, what goes into which package. Pure. */
import { fnv1a32 } from '@crossdock/kernel';
import { ssccOf, trackingNoOf } from './sscc.js';

export interface FulfilmentLine {
  readonly lineNo: number;
  readonly item: string;
  /** base units */
  readonly quantity: number;
}
export interface PickedLine {
  readonly lineNo: number;
  readonly picked: number;
  readonly short: number;
}
export interface Package {
  readonly sscc: string;
  readonly trackingNo: string;
  readonly carrier: string;
  readonly weightGrams: number;
  readonly contents: readonly { readonly lineNo: number; readonly quantity: number }[];
}
/** Units of one line that are not found on the shelf. */
export interface ShortPick {
  readonly lineNo: number;
  readonly short: number;
}

export const CARRIER = 'UPS';
const GRAMS_PER_UNIT = 250;
const GRAMS_OF_BOX = 400;
/** So many hash values make the whole of them. */
const WHOLE = 2 ** 32;

/**
 * The short pick of a fulfilment order, if it is to have one: half of one line that has more than one unit. Decided by
 * the fulfilment's id alone, so asking again decides the same.
 */
export const shortPickOf = (
  fulfilmentId: string,
  lines: readonly FulfilmentLine[],
  rate: number,
): ShortPick | undefined => {
  if (fnv1a32(`short/${fulfilmentId}`) >= rate * WHOLE) return undefined;
  const line = lines.find(({ quantity }) => quantity > 1);
  return line && { lineNo: line.lineNo, short: Math.floor(line.quantity / 2) };
};

export const picksOf = (lines: readonly FulfilmentLine[], short: ShortPick | undefined): PickedLine[] =>
  lines.map(({ lineNo, quantity }) => {
    const missing = short?.lineNo === lineNo ? short.short : 0;
    return { lineNo, picked: quantity - missing, short: missing };
  });

/** Packages an order needs at most. */
export const packageCount = (lines: number, linesPerPackage: number): number => Math.ceil(lines / linesPerPackage);

export const packagesOf = (
  fulfilmentId: string,
  picks: readonly PickedLine[],
  linesPerPackage: number,
  firstSerial: number,
): Package[] => {
  const found = picks.filter(({ picked }) => picked > 0);
  return Array.from({ length: packageCount(found.length, linesPerPackage) }, (_, nth) => {
    const contents = found
      .slice(nth * linesPerPackage, (nth + 1) * linesPerPackage)
      .map(({ lineNo, picked }) => ({ lineNo, quantity: picked }));
    const units = contents.reduce((sum, { quantity }) => sum + quantity, 0);
    return {
      sscc: ssccOf(firstSerial + nth),
      trackingNo: trackingNoOf(fulfilmentId, nth + 1),
      carrier: CARRIER,
      weightGrams: GRAMS_OF_BOX + units * GRAMS_PER_UNIT,
      contents,
    };
  });
};
