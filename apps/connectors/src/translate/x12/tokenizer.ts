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

/** Nothing is yielded when the text begins with no X12 envelope. */
export function* tokens(text: string): Generator<Token> {
  let at = skipSpace(text, 0);
  let separators = isIsaAt(text, at) ? separatorsOf(text, at) : separatorsWithoutIsa(text.slice(at, at + 4096));
  while (separators && at < text.length) {
    const end = text.indexOf(separators.terminator, at);
    const to = end < 0 ? text.length : end;
    const cut = text.slice(at, to);
    const stripped = strip(separators.wrapped ? cut.replace(/[\r\n]+/g, '') : cut, separators);
    if (stripped !== '') yield { segment: new X12Segment(stripped, separators), separators };
    at = end < 0 ? text.length : end + separators.terminator.length;
    const next = skipSpace(text, at);
    // Every interchange may bring separators of its own, so the next ISA is looked for before its terminator is known.
    if (isIsaAt(text, next)) {
      const own = separatorsOf(text, next);
      if (own) [at, separators] = [next, own];
    }
  }
}
