/** Conditions between the elements of an X12 segment, checked in what is read and in what is written. */
import { addFault } from '../edi/faults.js';
import { placeOf } from '../edi/segment.js';
import type { Fault } from '../translation.js';
import type { X12Segment } from './segment.js';
import { notesOf, type SyntaxNote } from './syntax-notes.js';
import type { Cell, Written } from './writing.js';

type IsThere = (element: number) => boolean;

/** GS08 without its suffix: `005010VICS` is of the directory 005010. What says no release is read as 004010. */
const releaseOf = (version: string | undefined): string => /^\d{6}/.exec(version?.trim() ?? '')?.[0] ?? '004010';

/** The element a note is broken at: the one that is missing, or that is one too many; undefined when it holds. */
const brokenAt = ({ type, elements }: SyntaxNote, isThere: IsThere): number | undefined => {
  const [first = 0, ...others] = elements;
  const present = elements.filter(isThere);
  const missing = elements.find((element) => !isThere(element));
  if (type === 'E') return present[1];
  if (type === 'R') return present.length > 0 ? undefined : first;
  if (type === 'P') return present.length > 0 ? missing : undefined;
  if (!isThere(first)) return undefined;
  if (type === 'C') return others.find((element) => !isThere(element));
  return others.some(isThere) ? undefined : others[0];
};

const listed = (names: readonly string[], word: string): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1) ?? ''}`;

/** A note in words, as the directory explains it. */
const wordsOf = (tag: string, { type, elements }: SyntaxNote): string => {
  const names = elements.map((element) => `${tag}${String(element).padStart(2, '0')}`);
  const [first = '', ...others] = names;
  if (type === 'P') return `if one of ${listed(names, 'and')} is present, all are required`;
  if (type === 'R') return `at least one of ${listed(names, 'or')} is required`;
  if (type === 'E') return `only one of ${listed(names, 'or')} may be present`;
  if (type === 'C') return `if ${first} is present, ${listed(others, 'and')} must be`;
  return `if ${first} is present, at least one of ${listed(others, 'or')} is required`;
};

interface Placed {
  readonly tag: string;
  readonly nth: number;
}
/** One fault for each note of a segment that its elements break. */
const faultsOf = (segment: Placed, release: string, isThere: IsThere): readonly Fault[] =>
  notesOf(segment.tag, release).flatMap((note) => {
    const element = brokenAt(note, isThere);
    if (element === undefined) return [];
    const path = placeOf({ ...segment, size: 0, at: () => '' }, element);
    const code = note.type === 'E' ? 'element-excluded' : 'element-conditional';
    const text = `${note.text} of ${segment.tag} (X12 ${release}): ${wordsOf(segment.tag, note)}`;
    return [{ code, path, text }];
  });

/** Faults of every segment of a set, but where one stands already; `version` is its GS08. */
export const checkConditions = (
  faults: Fault[],
  segments: readonly X12Segment[],
  version: string | undefined,
): void => {
  const release = releaseOf(version);
  const said = new Set(faults.map(({ path }) => path));
  for (const segment of segments) {
    const { tag, nth } = segment;
    const broken = faultsOf({ tag, nth }, release, (element) => segment.at(element).trim() !== '');
    for (const fault of broken) if (!said.has(fault.path)) addFault(faults, fault);
  }
};

const isSaid = (cell: Cell): boolean =>
  typeof cell === 'string' ? cell !== '' : (cell?.some((part) => (part ?? '') !== '') ?? false);
/** The first condition that a set as it would be sent breaks. */
export const brokenIn = (body: readonly Written[], version: string | undefined): Fault | undefined => {
  const release = releaseOf(version);
  for (const cells of body) {
    const [tag] = cells;
    const [fault] =
      typeof tag === 'string' ? faultsOf({ tag, nth: 0 }, release, (element) => isSaid(cells[element])) : [];
    if (fault) return fault;
  }
  return undefined;
};
