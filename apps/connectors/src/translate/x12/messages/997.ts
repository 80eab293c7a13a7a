/** 997 Functional and 999 Implementation Acknowledgment: what became of a group and of each set in it. */
import type {
  AcknowledgedError,
  AcknowledgedMessage,
  CanonicalAcknowledgement,
} from '../../../canonical/acknowledgement.js';
import { compact, some } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import { writerOf, type X12Loop, type X12Message } from '../message.js';
import { acknowledgedCode, acknowledgedStatusOf } from '../parts/acknowledgements.js';
import type { X12Reading } from '../reading.js';
import type { X12Segment } from '../segment.js';
import { segment, type Cell, type Written } from '../writing.js';

/** Codes of a segment from an element on. */
const codesFrom = (reading: X12Reading, one: X12Segment | undefined, first: number): readonly string[] | undefined =>
  some([0, 1, 2, 3, 4].map((at) => reading.text(one, first + at)).filter((code) => code !== undefined));
const countOf = (reading: X12Reading, one: X12Segment | undefined, element: number): number | undefined => {
  const decimal = reading.decimal(one, element);
  return decimal !== undefined && Number.isSafeInteger(Number(decimal)) ? Number(decimal) : undefined;
};

/** AK3 with its AK4s: an error of the segment itself, or one for each element. */
const errorsOf = (reading: X12Reading, error: X12Loop, element: 'AK4' | 'IK4'): readonly AcknowledgedError[] => {
  const ak3 = error.opening;
  const place = { segment: reading.text(ak3, 1), position: reading.text(ak3, 2) };
  const elements = error.all(element).map((ak4) =>
    compact<AcknowledgedError>({
      ...place,
      code: reading.text(ak4, 3) ?? '',
      element: reading.text(ak4, 1),
      value: reading.text(ak4, 4),
    }),
  );
  return elements.length > 0 ? elements : [compact<AcknowledgedError>({ ...place, code: reading.text(ak3, 4) ?? '' })];
};

const messageOf = (reading: X12Reading, one: X12Loop, names: Names): AcknowledgedMessage => {
  const verdict = one.first(names.verdict);
  const sentStatus = reading.text(verdict, 1);
  return compact<AcknowledgedMessage>({
    type: reading.needed(one.opening, 'AK2', 1),
    control: reading.needed(one.opening, 'AK2', 2),
    status: acknowledgedStatusOf(sentStatus ?? '', reading.context),
    sentStatus,
    errorCodes: codesFrom(reading, verdict, 2),
    errors: some(one.of(names.segment).flatMap((error) => errorsOf(reading, error, names.element))),
  });
};

interface Names {
  readonly segment: string;
  readonly element: 'AK4' | 'IK4';
  readonly verdict: string;
}
const readerOf =
  (names: Names): X12Message['read'] =>
  (set, reading) => {
    const [ak1, ak9] = [set.first('AK1'), set.first('AK9')];
    const sentStatus = reading.text(ak9, 1);
    const data = compact<CanonicalAcknowledgement>({
      number: set.opening.at(2).trim(),
      level: 'group',
      status: acknowledgedStatusOf(sentStatus ?? '', reading.context),
      sentStatus,
      groupType: reading.needed(ak1, 'AK1', 1),
      groupControl: reading.needed(ak1, 'AK1', 2),
      errorCodes: codesFrom(reading, ak9, 5),
      included: countOf(reading, ak9, 2),
      received: countOf(reading, ak9, 3),
      accepted: countOf(reading, ak9, 4),
      messages: set.of('AK2').map((one) => messageOf(reading, one, names)),
    });
    return { kind: 'acknowledgement', data };
  };

/** Segment syntax error: the segment has data element errors. */
const ELEMENT_ERRORS = '8';
const errorSegments = ({ code, segment: tag, position, element, value }: AcknowledgedError): readonly Written[] => [
  segment('AK3', tag, position ?? '1', undefined, element === undefined ? code : ELEMENT_ERRORS),
  ...(element === undefined ? [] : [segment('AK4', element, undefined, code, value)]),
];
const write = (acknowledgement: CanonicalAcknowledgement): readonly Written[] => {
  const { groupType, groupControl, status, sentStatus, errorCodes = [], messages } = acknowledgement;
  const counts: readonly Cell[] = [acknowledgement.included, acknowledgement.received, acknowledgement.accepted].map(
    (count) => String(count ?? messages.length),
  );
  return [
    segment('AK1', groupType, groupControl),
    ...messages.flatMap((one) => [
      segment('AK2', one.type, one.control),
      ...(one.errors ?? []).flatMap(errorSegments),
      segment('AK5', one.sentStatus ?? acknowledgedCode(one.status), ...(one.errorCodes ?? [])),
    ]),
    segment('AK9', sentStatus ?? acknowledgedCode(status), ...counts, ...errorCodes),
  ];
};

export const functionalAcknowledgment: X12Message = {
  type: '997',
  required: { AK1: [1, 2], AK9: [1, 2, 3, 4] },
  layout: loop('ST', 'AK1 AK9', loop('AK2', 'AK5', loop('AK3', 'AK4'))),
  read: readerOf({ segment: 'AK3', element: 'AK4', verdict: 'AK5' }),
  writer: writerOf('FA', ['acknowledgement'], write),
};
export const implementationAcknowledgment: X12Message = {
  type: '999',
  required: { AK1: [1, 2], AK9: [1, 2, 3, 4] },
  layout: loop('ST', 'AK1 AK9', loop('AK2', 'IK5', loop('IK3', 'CTX IK4'))),
  read: readerOf({ segment: 'IK3', element: 'IK4', verdict: 'IK5' }),
};
