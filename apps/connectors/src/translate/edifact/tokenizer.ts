/** Text of any number of EDIFACT interchanges to segments, one at a time. */
import { EdifactSegment } from './segment.js';
import { separatorsAt, type Separators } from './separators.js';

export interface Token {
  readonly segment: EdifactSegment;
  readonly separators: Separators;
}

const skipSpace = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && (/\s/.test(text.charAt(at)) || text[at] === '\ufeff')) at++;
  return at;
};

/** Place of the next terminator that is not released, or the end of the text. */
const endOf = (text: string, from: number, { terminator, release }: Separators): number => {
  let end = text.indexOf(terminator, from);
  while (end >= 0 && release !== '') {
    let releases = 0;
    while (end - releases > from && text[end - releases - 1] === release) releases++;
    if (releases % 2 === 0) break;
    end = text.indexOf(terminator, end + 1);
  }
  return end < 0 ? text.length : end;
};

/** Line ends are layout wherever they stand: no EDIFACT character set has them. */
const unwrapped = (text: string): string => (/[\r\n]/.test(text) ? text.replace(/[\r\n]+/g, '') : text);

/** How far ahead a UNA or UNB is looked at. */
const WINDOW = 1_024;
/** A terminator that does not come is not waited for longer: no segment has as many characters. */
const SEGMENT_MAX = 1024 * 1024;
const isInterchangeAt = (text: string, at: number): boolean => text.startsWith('UNA', at) || text.startsWith('UNB', at);

/** Takes text as it comes and gives segments as soon as they are whole; no more than one of them is held. */
export class Tokenizer {
  private rest = '';
  private separators: Separators | undefined;
  private isOver = false;

  /** Nothing is yielded when the text begins with no EDIFACT envelope. `isLast`: no more text comes. */
  *take(more: string, isLast: boolean): Generator<Token> {
    const text = this.rest + more;
    let at = 0;
    while (!this.isOver) {
      at = skipSpace(text, at);
      if (!isLast && text.length - at < WINDOW) break;
      const found = !this.separators || isInterchangeAt(text, at) ? separatorsAt(text, at) : undefined;
      const separators = found?.separators ?? this.separators;
      const start = skipSpace(text, found?.from ?? at);
      if (!separators || start >= text.length) {
        this.isOver = !separators || isLast;
        break;
      }
      const end = endOf(text, start, separators);
      // Taken up again where it began: its UNA says how it is read.
      if (end >= text.length && !isLast && text.length - start < SEGMENT_MAX) break;
      this.separators = separators;
      const segment = unwrapped(text.slice(start, end));
      if (segment !== '') yield { segment: new EdifactSegment(segment, separators), separators };
      at = Math.min(end + 1, text.length);
      this.isOver = isLast && end >= text.length;
    }
    this.rest = this.isOver ? '' : text.slice(at);
  }
}
