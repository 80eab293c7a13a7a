/** Text of any number of X12 interchanges to segments, one at a time: a file is never held as a list of segments. */
import { X12Segment } from './segment.js';
import { isIsaAt, separatorsOf, separatorsWithoutIsa, type Separators } from './separators.js';

export interface Token {
  readonly segment: X12Segment;
  readonly separators: Separators;
}

/** Line ends and indentation around a segment are layout; a separator never is. */
const strip = (text: string, { element }: Separators): string => {
  let from = 0;
  let to = text.length;
  while (from < to && text.charCodeAt(from) <= 32 && text[from] !== element) from++;
  while (to > from && text.charCodeAt(to - 1) <= 32 && text[to - 1] !== element) to--;
  return text.slice(from, to);
};

const skipSpace = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && (text.charCodeAt(at) <= 32 || text[at] === '\ufeff')) at++;
  return at;
};

/** How far ahead an ISA is looked at; a GS or ST without one tells its terminator within this. */
const WINDOW = 4_096;
/** A terminator that does not come is not waited for longer: no segment has as many characters. */
const SEGMENT_MAX = 1024 * 1024;

/** Takes text as it comes and gives segments as soon as they are whole; no more than one of them is held. */
export class Tokenizer {
  private rest = '';
  private separators: Separators | undefined;
  private isOver = false;

  /** Nothing is yielded when the text begins with no X12 envelope. `isLast`: no more text comes. */
  *take(more: string, isLast: boolean): Generator<Token> {
    const text = this.rest + more;
    let at = 0;
    while (!this.isOver) {
      const next = skipSpace(text, at);
      if (!isLast && text.length - next < WINDOW) break;
      const from = this.begin(text, at, next);
      const { separators } = this;
      if (!separators || from >= text.length) {
        this.isOver = true;
        break;
      }
      const end = text.indexOf(separators.terminator, from);
      if (end < 0 && !isLast && text.length - from < SEGMENT_MAX) break;
      const to = end < 0 ? text.length : end;
      const cut = text.slice(from, to);
      const stripped = strip(separators.wrapped ? cut.replace(/[\r\n]+/g, '') : cut, separators);
      if (stripped !== '') yield { segment: new X12Segment(stripped, separators), separators };
      at = end < 0 ? to : end + separators.terminator.length;
    }
    this.rest = this.isOver ? '' : text.slice(at);
  }

  /** Every interchange may bring separators of its own, so an ISA is looked for before its terminator is known. */
  private begin(text: string, at: number, next: number): number {
    const own = isIsaAt(text, next) ? separatorsOf(text, next) : undefined;
    if (own) this.separators = own;
    else if (this.separators) return at;
    else if (!isIsaAt(text, next)) this.separators = separatorsWithoutIsa(text.slice(next, next + WINDOW));
    return next;
  }
}
