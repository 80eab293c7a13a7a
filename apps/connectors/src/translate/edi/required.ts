/** Segments and elements that a message must have, whatever the partner: those its directory calls mandatory. */
import type { Fault } from '../translation.js';
import type { Reading } from './reading.js';
import { placeOf, type Segment } from './segment.js';

/** Elements of a segment by its tag, none of which may be empty; with none listed the segment itself must be there. */
export type Required = Readonly<Record<string, readonly number[]>>;

/** A fault for every segment and element that is missing; `by` names type and directory: `850 (X12 004010)`. */
export const checkRequired = <S extends Segment>(
  reading: Reading<S>,
  segments: readonly S[],
  required: Required,
  by: string,
): void => {
  for (const [tag, elements] of Object.entries(required)) {
    const found = segments.filter((segment) => segment.tag === tag);
    if (found.length === 0) reading.fault('element-missing', tag, `${tag} is missing: it is mandatory in ${by}`);
    for (const segment of found) for (const element of elements) reading.needed(segment, tag, element);
  }
};

/** A segment as the writers make it: its tag and its elements. */
type Made = readonly (string | undefined | readonly (string | undefined)[])[];
const isEmpty = (cell: Made[number]): boolean =>
  cell === undefined || (typeof cell === 'string' ? cell === '' : cell.every((part) => (part ?? '') === ''));

/** The first mandatory segment or element that a document has nothing for: it is not sent. */
export const missingIn = (made: readonly Made[], required: Required, by: string): Fault | undefined => {
  for (const [tag, elements] of Object.entries(required)) {
    const found = made.filter((cells) => cells[0] === tag);
    const element = elements.find((at) => found.some((cells) => isEmpty(cells[at])));
    if (found.length > 0 && element === undefined) continue;
    const path = element === undefined ? tag : placeOf({ tag, nth: 0, size: 0, at: () => '' }, element);
    return {
      code: 'element-missing',
      path,
      text: `${path} is mandatory in ${by}, and the document has nothing for it`,
    };
  }
  return undefined;
};
