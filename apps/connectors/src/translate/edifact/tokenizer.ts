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

/** Nothing is yielded when the text begins with no EDIFACT envelope. */
export function* tokens(text: string): Generator<Token> {
  let at = skipSpace(text, 0);
  let found = separatorsAt(text, at);
  while (found) {
    const { separators, from } = found;
    const start = skipSpace(text, from);
    if (start >= text.length) return;
    const end = endOf(text, start, separators);
    const segment = unwrapped(text.slice(start, end));
    if (segment !== '') yield { segment: new EdifactSegment(segment, separators), separators };
    if (end >= text.length) return;
    at = skipSpace(text, end + 1);
    const isInterchange = text.startsWith('UNA', at) || text.startsWith('UNB', at);
    found = (isInterchange ? separatorsAt(text, at) : undefined) ?? { separators, from: at };
  }
}
