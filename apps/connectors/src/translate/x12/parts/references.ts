/** References (REF, N9) and notes (N9 with MSG, NTE), read and written. */
import type { Reference } from '../../../canonical/shapes.js';
import { compact, some } from '../../edi/compact.js';
import { loop, type Loop } from '../../edi/layout.js';
import { digitsOfDay } from '../../edi/calendar.js';
import { kindOf, qualifierOf } from '../../edi/references.js';
import type { X12Reading } from '../reading.js';
import type { X12Segment } from '../segment.js';
import { pieces } from '../../edi/pieces.js';
import { segment, type Written } from '../writing.js';

/** The N9 loop: a reference, or notes under one. */
export const NOTE = loop('N9', 'DTM MTX PWK EFI MSG');
/** Qualifier of an N9 that stands for notes alone. */
const LETTERS_OR_NOTES = 'L1';

/** References of REF (N9) segments; `skip` names qualifiers that have a field of their own. */
export const referencesOf = (
  reading: X12Reading,
  segments: readonly X12Segment[],
  skip: readonly string[] = [],
): readonly Reference[] | undefined =>
  some(
    segments.flatMap((ref) => {
      const [qualifier, note] = [reading.text(ref, 1), reading.text(ref, 3)];
      const number = reading.text(ref, 2) ?? note;
      if (qualifier === undefined || number === undefined || skip.includes(qualifier)) return [];
      const day = ref.tag === 'N9' && ref.at(4) !== '' ? reading.day(ref, 4) : undefined;
      return [compact<Reference>({ kind: kindOf('x12', qualifier, note), number, day })];
    }),
  );
export const referenceOf = (
  reading: X12Reading,
  segments: readonly X12Segment[],
  ...qualifiers: readonly string[]
): string | undefined => {
  for (const qualifier of qualifiers) {
    const found = segments.find((ref) => ref.at(1).trim() === qualifier);
    if (found) return reading.text(found, 2) ?? reading.text(found, 3);
  }
  return undefined;
};

/** Zeros in an element of a first segment: there is none. */
const NONE = /^0+$/;
/** References that the first segment of a set has elements for (BEG04 release, BEG06 contract): they go before the others. */
export const leadingReferences = (
  reading: X12Reading,
  first: X12Segment | undefined,
  elements: Readonly<Record<string, number>>,
): readonly Reference[] =>
  Object.entries(elements).flatMap(([kind, element]) => {
    const number = reading.text(first, element);
    return number === undefined || NONE.test(number) ? [] : [{ kind, number }];
  });
/** A header with them before its other references. */
export const withLeading = <H extends { readonly references?: readonly Reference[] }>(
  header: H,
  leading: readonly Reference[],
): H => (leading.length === 0 ? header : { ...header, references: [...leading, ...(header.references ?? [])] });
/** The number for such an element, and the references that are left: only one in its place before the others goes there. */
export const takeLeading = (
  references: readonly Reference[] | undefined,
  kind: string,
): { readonly number?: string; readonly rest: readonly Reference[] } => {
  const [first, ...rest] = references ?? [];
  const isElement = first?.kind === kind && first.day === undefined && !NONE.test(first.number);
  return isElement ? { number: first.number, rest } : { rest: references ?? [] };
};

/** References as N9, which carries a day, or as REF, which doesn't. */
export const referenceSegments = (
  tag: 'REF' | 'N9',
  references: readonly Reference[] | undefined,
): readonly Written[] =>
  (references ?? []).map(({ kind, number, day }) => {
    const { qualifier, note } = qualifierOf('x12', kind);
    return segment(day === undefined ? tag : 'N9', qualifier, number, note, day && digitsOfDay(day));
  });

/** Notes: MSG (from release 5010 on MTX) below N9, MTX and MSG on their own, and NTE. */
export const notesOf = (reading: X12Reading, parent: Loop<X12Segment>): readonly string[] | undefined => {
  const messages = parent.of('N9').map((n9) => joined(textsOf(reading, n9)));
  const ntes = parent.all('NTE').map((nte) => reading.text(nte, 2));
  return some([...messages, ...textsOf(reading, parent), ...ntes].filter((note) => note !== undefined));
};
/** MSG01, MTX02 or MTX03, in order. */
const textsOf = (reading: X12Reading, parent: Loop<X12Segment>): readonly (string | undefined)[] =>
  parent.segments
    .filter(({ tag }) => tag === 'MSG' || tag === 'MTX')
    .map((one) => (one.tag === 'MSG' ? reading.text(one, 1) : (reading.text(one, 2) ?? reading.text(one, 3))));
const joined = (texts: readonly (string | undefined)[]): string | undefined =>
  texts.filter((text) => text !== undefined).join(' ') || undefined;

/** N9 loops that are references: those with notes below are none. */
export const referencesOfLoops = (parent: Loop<X12Segment>): readonly X12Segment[] =>
  parent
    .of('N9')
    .filter((n9) => n9.first('MSG') === undefined && n9.first('MTX') === undefined)
    .map(({ opening }) => opening);

export const noteSegments = (notes: readonly string[] | undefined): readonly Written[] =>
  (notes ?? []).flatMap((note) => [
    segment('N9', LETTERS_OR_NOTES, 'NOTE'),
    ...pieces(note, 264).map((text) => segment('MSG', text)),
  ]);

/** L11 turns REF around: number first, qualifier second. */
export const l11Of = (
  reading: X12Reading,
  parent: Loop<X12Segment>,
  ...qualifiers: readonly string[]
): string | undefined => {
  const found = parent.all('L11').find((l11) => qualifiers.includes(l11.at(2).trim()));
  return reading.text(found, 1);
};
export const referencesOfL11 = (
  reading: X12Reading,
  segments: readonly X12Segment[],
): readonly Reference[] | undefined =>
  some(
    segments.flatMap((l11) => {
      const [number, qualifier] = [reading.text(l11, 1), reading.text(l11, 2)];
      return number === undefined || qualifier === undefined ? [] : [{ kind: kindOf('x12', qualifier), number }];
    }),
  );
