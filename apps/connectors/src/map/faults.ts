/** Why a document can't be mapped, in the same words whatever document it is. Pure. */
import { violationsOf, type DocumentFault } from '@crossdock/contracts';
import type { Item } from '../canonical/shapes.js';
import { codesOfItem } from './codes.js';

/** `path`: field of the canonical document. */
export const fault = (path: string, text: string, code = 'value-unmappable'): DocumentFault => ({ code, path, text });

interface ItemLine {
  readonly lineNo: string;
  readonly item: Item;
}
/** None of the codes of a line's item leads to one of ours. */
export const itemMissing = ({ lineNo, item }: ItemLine, place: number): DocumentFault => {
  const codes = codesOfItem(item).join(' / ') || '(none)';
  const text = `item ${codes} of line ${lineNo} is not among the partner's items`;
  return fault(`lines[${place}].item`, text, 'cross-reference-missing');
};

/** What of the result its contract does not allow; none when it fits. */
export const misfits = <T extends object>(dataClass: new () => T, mapped: T): readonly DocumentFault[] =>
  violationsOf(dataClass, mapped, 'strict').map(({ field, text }) => fault(field, text));

/** The partner's number of a document becomes part of a key (`keyOf`): what can't be printed, or ends in a space, is damage. */
export const misfitNumber = (number: string): readonly DocumentFault[] =>
  /[\u0000-\u001f]|\s$/.test(number)
    ? [
        fault(
          'number',
          `number ${JSON.stringify(number.slice(0, 80))} must be printable, and without a space at its end`,
        ),
      ]
    : [];
