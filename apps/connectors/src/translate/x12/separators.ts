/** The separators of an X12 interchange: nothing but its ISA says them (X12.5). */
export interface Separators {
  readonly element: string;
  /** undefined before release 00402: ISA11 was the standards identifier (`U`) until then */
  readonly repetition?: string;
  readonly component: string;
  /** as sent; LF for CR LF */
  readonly terminator: string;
  /** the file is cut into records of a fixed length: a line end stands anywhere, and is no part of what was sent */
  readonly wrapped?: boolean;
}
const ISA_ELEMENTS = 16;
/** From this release on ISA11 is the repetition separator. */
const REPETITION_SINCE = '00402';

/** What no separator is; anything else may be one, a tab or an underscore too. */
const isWordOrSpace = (character: string | undefined): boolean =>
  character === undefined || /[A-Za-z0-9 \r\n]/.test(character);

/** Place after the nth separator, or -1. */
const after = (text: string, from: number, separator: string, count: number): number => {
  let at = from;
  for (let found = 0; found < count; found++) {
    at = text.indexOf(separator, at) + separator.length;
    if (at === separator.length - 1) return -1;
  }
  return at;
};

const characterAt = (text: string, at: number): string => {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
};

/** CR LF is read as LF with white space before it; a CR alone is a terminator too. A space ends no segment: it is padding. */
const terminatorAt = (text: string, from: number): string => {
  let at = from;
  while (text[at] === ' ') at++;
  const character = characterAt(text, at);
  return character === '\r' && text[at + 1] === '\n' ? '\n' : character;
};
const isLineEnd = (character: string): boolean => character === '\n' || character === '\r';

/** Whether an interchange begins here: the tag alone is not enough, a name may begin with these letters. */
export const isIsaAt = (text: string, at: number): boolean =>
  text.startsWith('ISA', at) && !isWordOrSpace(text[at + 3]);

/**
 * Reads the separators from the ISA that begins at `at`. Its elements are counted, not its characters, so one that
 * is padded wrongly is still read. Undefined when it isn't whole.
 */
export const separatorsOf = (text: string, at: number): Separators | undefined => {
  const element = characterAt(text, at + 3);
  const last = after(text, at + 3, element, ISA_ELEMENTS);
  if (last < 0 || last >= text.length) return undefined;
  const component = characterAt(text, last);
  const next = last + component.length;
  const elements = text.slice(at, last).split(element);
  const version = elements[12] ?? '';
  const [repetition] = elements[11] ?? '';
  // ISA16 left out: what stands there is the terminator already, and the tag of the next segment follows.
  const terminator = /^ *[A-Z]/.test(text.slice(next, next + 8)) ? component : terminatorAt(text, next);
  return {
    element,
    ...(version >= REPETITION_SINCE && !isWordOrSpace(repetition) && { repetition }),
    component,
    terminator: terminator === '' ? '~' : terminator,
    ...(!isLineEnd(terminator) && /[\r\n]/.test(text.slice(at, last)) && { wrapped: true }),
  };
};

/** For a file that begins with GS or ST: the element separator follows the tag, the terminator is guessed. */
export const separatorsWithoutIsa = (text: string): Separators | undefined => {
  const element = text[2];
  if (!/^(GS|ST)$/.test(text.slice(0, 2)) || element === undefined || isWordOrSpace(element)) return undefined;
  return { element, component: '>', terminator: text.includes('~') && element !== '~' ? '~' : '\n' };
};
