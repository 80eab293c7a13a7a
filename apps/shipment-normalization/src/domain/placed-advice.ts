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
  readonly refusals: Refusal[] = [];
  constructor(private readonly lines: readonly FulfilmentLine[]) {
    this.open = new Map(lines.map(({ lineNo, released, picked, short }) => [lineNo, released - picked - short]));
  }

  /** The line that is named first, then the others of the item, each up to what is open of it. */
  take({ place, item, lineNo, quantity }: AdvisedRow): readonly Piece[] {
    const ofItem = this.lines.filter((line) => line.item === item);
    if (ofItem.length === 0) {
      const text = `${item} is not on the fulfilment order`;
      this.refusals.push({ reason: 'line-unknown', field: `lines[${place}].item`, text });
      return [];
    }
    const inOrder = ofItem.toSorted((a, b) => Number(b.lineNo === lineNo) - Number(a.lineNo === lineNo));
    const pieces: Piece[] = [];
    let left = quantity;
    for (const line of inOrder) {
      const part = Math.min(left, this.open.get(line.lineNo) ?? 0);
      if (part === 0) continue;
      pieces.push({ lineNo: line.lineNo, quantity: part });
      this.open.set(line.lineNo, (this.open.get(line.lineNo) ?? 0) - part);
      left -= part;
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
  const sumOf = (pieces: readonly Piece[], of: number): number =>
    pieces.reduce((sum, { lineNo, quantity }) => (lineNo === of ? sum + quantity : sum), 0);
  const left = packages.flatMap(({ contents }) => contents);
  const picks = lines
    .map(({ lineNo }) => ({ lineNo, picked: sumOf(left, lineNo), short: sumOf(missing, lineNo) }))
    .filter(({ picked, short: none }) => picked + none > 0);
  return { picks, packages, refusals: open.refusals };
};
