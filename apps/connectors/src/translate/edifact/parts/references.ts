/** References (RFF) and notes (FTX), read and written. */
import type { Reference } from '../../../canonical/shapes.js';
import { digitsOfDay } from '../../edi/calendar.js';
import { compact, some } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import { pieces } from '../../edi/pieces.js';
import { kindOf, qualifierOf } from '../../edi/references.js';
import type { Group } from '../message.js';
import type { EdifactReading } from '../reading.js';
import type { EdifactSegment } from '../segment.js';
import { segment, when, type Written } from '../writing.js';

export const REFERENCE = loop('RFF', 'DTM');
/** DTM below an RFF: reference date. */
const REFERENCE_DAY = '171';

/** References of RFF groups; `skip` names qualifiers that have a field of their own. */
export const referencesOf = (
  reading: EdifactReading,
  parent: Group,
  skip: readonly string[] = [],
): readonly Reference[] | undefined =>
  some(
    parent.of('RFF').flatMap((group) => {
      const [qualifier, number] = [reading.text(group.opening, 1, 1), reading.text(group.opening, 1, 2)];
      if (qualifier === undefined || number === undefined || skip.includes(qualifier)) return [];
      const day = reading.day(group.first('DTM'));
      return [
        compact<Reference>({ kind: kindOf('edifact', qualifier, reading.text(group.opening, 1, 3)), number, day }),
      ];
    }),
  );
/** Number of the first RFF with one of the qualifiers, in the order of the qualifiers. */
export const referenceOf = (
  reading: EdifactReading,
  parent: Group | undefined,
  ...qualifiers: readonly string[]
): string | undefined => {
  for (const qualifier of qualifiers) {
    const found = parent?.of('RFF').find(({ opening }) => opening.at(1).trim() === qualifier);
    if (found) return reading.text(found.opening, 1, 2);
  }
  return undefined;
};
/** Line number within the document of an RFF: C506 component 3. */
export const lineOfReference = (reading: EdifactReading, parent: Group, qualifier: string): string | undefined =>
  reading.text(parent.of('RFF').find(({ opening }) => opening.at(1).trim() === qualifier)?.opening, 1, 3);
/** The line of the order that a line is of: within the reference to the order, else in one of its own (LI). */
export const orderLineNoOf = (reading: EdifactReading, line: Group): string | undefined =>
  lineOfReference(reading, line, 'ON') ?? referenceOf(reading, line, 'LI');

export const referenceSegments = (references: readonly Reference[] | undefined): readonly Written[] =>
  (references ?? []).flatMap(({ kind, number, day }) => {
    const { qualifier, note } = qualifierOf('edifact', kind);
    return [
      segment('RFF', [qualifier, number, note]),
      ...when(day, segment('DTM', [REFERENCE_DAY, day && digitsOfDay(day), '102'])),
    ];
  });

/** Texts of FTX: C108, five components; C107 is a code and no text. */
export const notesOf = (reading: EdifactReading, ftxs: readonly EdifactSegment[]): readonly string[] | undefined =>
  some(
    ftxs.flatMap((ftx) => {
      const texts = [1, 2, 3, 4, 5].map((component) => reading.text(ftx, 4, component));
      const note = texts.filter((text) => text !== undefined).join(' ');
      return note === '' ? [] : [note];
    }),
  );
export const noteSegments = (notes: readonly string[] | undefined): readonly Written[] =>
  (notes ?? []).flatMap((note) => {
    const texts = pieces(note, 70);
    return Array.from({ length: Math.ceil(texts.length / 5) }, (_, at) =>
      segment('FTX', 'AAI', undefined, undefined, texts.slice(at * 5, at * 5 + 5)),
    );
  });
