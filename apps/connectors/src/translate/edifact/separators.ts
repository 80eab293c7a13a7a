/** The service characters of an EDIFACT interchange: said by UNA, else those of the syntax level (ISO 9735). */
export interface Separators {
  readonly component: string;
  readonly element: string;
  /** '' when there is none */
  readonly release: string;
  /** syntax version 4 on; '' when there is none */
  readonly repetition: string;
  /** as sent; LF for CR LF */
  readonly terminator: string;
}
const LEVEL_A: Separators = { component: ':', element: '+', release: '?', repetition: '', terminator: "'" };
/** Level B without UNA: information separators 1, 3 and 4. */
const LEVEL_B: Separators = {
  component: '\u001f',
  element: '\u001d',
  release: '',
  repetition: '',
  terminator: '\u001c',
};
const UNA = /^UNA([\s\S]{6})(?=\s*UN[BGH])/;
const SERVICE_TAG = /^(UNB|UNG|UNH)([^A-Za-z0-9\s])/;
const UNA_LENGTH = 9;
/** How far ahead a UNA or UNB is looked at. */
const WINDOW = 1024;

const isSet = (character: string | undefined): character is string =>
  character !== undefined && !/[A-Za-z0-9\s]/.test(character);

const saidByUna = (said: string, rest: string): Separators => {
  const [component, element, , release, repetition, terminator] = said as unknown as string[];
  const isCrLf = terminator === '\r' && rest.startsWith('\n');
  return {
    component: component ?? ':',
    element: element ?? '+',
    release: isSet(release) ? release : '',
    repetition: isSet(repetition) ? repetition : '',
    terminator: isCrLf ? '\n' : (terminator ?? "'"),
  };
};

/** Without a UNA: the element separator follows the tag; the others are known, or stand where UNB and UNH put them. */
const guessed = (head: string, element: string): Separators => {
  const isVersion4 = /^UNB.UNO[A-Z].4/s.test(head);
  if (element === '+') return isVersion4 ? { ...LEVEL_A, repetition: '*' } : LEVEL_A;
  if (element === LEVEL_B.element) return LEVEL_B;
  const component = /^UNB.UNO[A-Z]([^\w\s])/s.exec(head)?.[1] ?? ':';
  const beforeNext = [...head.slice(3).matchAll(/(\S)\s*(?=UN[GH]([^\w\s]))/g)].find((match) => match[2] === element);
  return { ...LEVEL_A, element, component, terminator: beforeNext?.[1] ?? "'" };
};

/**
 * The service characters of the interchange that begins at `at`, and where its first segment begins. Undefined when
 * none begins there.
 */
export const separatorsAt = (text: string, at: number): { separators: Separators; from: number } | undefined => {
  const head = text.slice(at, at + WINDOW);
  const said = UNA.exec(head)?.[1];
  if (said !== undefined) return { separators: saidByUna(said, head.slice(UNA_LENGTH)), from: at + UNA_LENGTH };
  const element = SERVICE_TAG.exec(head)?.[2];
  return element === undefined ? undefined : { separators: guessed(head, element), from: at };
};
