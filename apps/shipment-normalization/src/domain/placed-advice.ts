/** Which of our lines a partner's shipping advice means: it tells items, and our line only where it was kept. Pure. */
import type { Refusal } from '@crossdock/kernel';
import type { AdvisedContent, AdvisedRow, ConfirmedPick, PackageData, ShippingAdvice } from '@crossdock/contracts';
import type { FulfilmentLine } from './fulfilment.js';

export interface PlacedAdvice {
  /** in the order of our lines, only those that it tells of */
  readonly picks: readonly ConfirmedPick[];
  readonly packages: readonly PackageData[];
  readonly refusals: readonly Refusal[];
}
interface Piece {
  readonly lineNo: number;
  readonly quantity: number;
}

/** What is still open of each line while the rows of one advice are gone through. */
class OpenLines {
  private readonly open: Map<number, number>;
  private readonly byItem = new Map<string, number[]>();
  readonly refusals: Refusal[] = [];
  constructor(lines: readonly FulfilmentLine[]) {
    this.open = new Map(lines.map(({ lineNo, released, picked, short }) => [lineNo, released - picked - short]));
    for (const { item, lineNo } of lines) {
      const known = this.byItem.get(item);
      if (known) known.push(lineNo);
      else this.byItem.set(item, [lineNo]);
    }
  }

  /** The line that is named first, then the others of the item, each up to what is open of it. */
  take({ place, item, lineNo, quantity }: AdvisedRow): readonly Piece[] {
    const ofItem = this.byItem.get(item);
    if (!ofItem) {
      const text = `${item} is not on the fulfilment order`;
      this.refusals.push({ reason: 'line-unknown', field: `lines[${place}].item`, text });
      return [];
    }
    const pieces: Piece[] = [];
    let left = quantity;
    const takeOf = (one: number): void => {
      const open = this.open.get(one) ?? 0;
      const part = Math.min(left, open);
      if (part === 0) return;
      pieces.push({ lineNo: one, quantity: part });
      this.open.set(one, open - part);
      left -= part;
    };
    if (lineNo !== undefined && ofItem.includes(lineNo)) takeOf(lineNo);
    for (const one of ofItem) {
      if (left === 0) break;
      takeOf(one);
    }
    if (left > 0) {
      const text = `${item}: ${quantity} are told, but only ${quantity - left} are open on the fulfilment order`;
      this.refusals.push({ reason: 'pick-above-release', field: `lines[${place}].quantity`, text });
    }
    return pieces;
  }

  rest(): readonly Piece[] {
    return [...this.open].map(([lineNo, quantity]) => ({ lineNo, quantity }));
  }
}

/** A lot goes with every piece of its row; serial numbers go to the pieces in their order, as many as there are units. */
const contentsOf = ({ lot, serials = [] }: AdvisedContent, pieces: readonly Piece[]): PackageData['contents'] => {
  let told = 0;
  return pieces.map(({ lineNo, quantity }) => {
    const own = serials.slice(told, (told += quantity));
    return { lineNo, quantity, ...(lot ? { lot } : {}), ...(own.length > 0 ? { serials: own } : {}) };
  });
};

const byLine = (pieces: readonly Piece[]): ReadonlyMap<number, number> => {
  const sums = new Map<number, number>();
  for (const { lineNo, quantity } of pieces) sums.set(lineNo, (sums.get(lineNo) ?? 0) + quantity);
  return sums;
};

export const placedAdvice = (lines: readonly FulfilmentLine[], advice: ShippingAdvice): PlacedAdvice => {
  const open = new OpenLines(lines);
  const packages = advice.packages
    .map(({ contents, ...about }) => ({
      ...about,
      contents: contents.flatMap((row) => contentsOf(row, open.take(row))),
    }))
    .filter(({ contents }) => contents.length > 0);
  const short = advice.short.flatMap((row) => open.take(row));
  const missing = advice.complete ? [...short, ...open.rest()] : short;
  const picked = byLine(packages.flatMap(({ contents }) => contents));
  const lost = byLine(missing);
  const picks = lines
    .map(({ lineNo }) => ({ lineNo, picked: picked.get(lineNo) ?? 0, short: lost.get(lineNo) ?? 0 }))
    .filter((pick) => pick.picked + pick.short > 0);
  return { picks, packages, refusals: open.refusals };
};
