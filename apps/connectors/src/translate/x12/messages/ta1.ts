/** TA1 Interchange Acknowledgment: a segment between ISA and GS, and no transaction set. */
import type { CanonicalAcknowledgement } from '../../../canonical/acknowledgement.js';
import { dateTimeOf, dayOf, digitsOfDay, digitsOfTime } from '../../edi/calendar.js';
import { compact } from '../../edi/compact.js';
import { acknowledgedCode, acknowledgedStatusOf } from '../parts/acknowledgements.js';
import type { X12Reading } from '../reading.js';
import type { X12Segment } from '../segment.js';
import { segment, type Written } from '../writing.js';

/** TA105 of an interchange without errors. */
const NO_ERROR = '000';

export const readTa1 = (ta1: X12Segment, reading: X12Reading): CanonicalAcknowledgement => {
  const control = reading.needed(ta1, 'TA1', 1);
  const sentStatus = reading.text(ta1, 4);
  const note = reading.text(ta1, 5);
  const [day, time] = [ta1.at(2).trim(), ta1.at(3).trim()];
  return compact<CanonicalAcknowledgement>({
    number: control,
    level: 'interchange',
    status: acknowledgedStatusOf(sentStatus ?? '', reading.context),
    sentStatus,
    interchangeControl: control,
    interchangeDay: dayOf(day),
    interchangeAt: time === '' ? undefined : dateTimeOf(day, time),
    errorCodes: note === undefined || note === NO_ERROR ? undefined : [note],
    messages: [],
  });
};
export const writeTa1 = (acknowledgement: CanonicalAcknowledgement): Written => {
  const { interchangeControl, interchangeDay, interchangeAt, status, sentStatus, errorCodes } = acknowledgement;
  return segment(
    'TA1',
    interchangeControl,
    interchangeDay && digitsOfDay(interchangeDay).slice(2),
    interchangeAt && digitsOfTime(interchangeAt),
    sentStatus ?? acknowledgedCode(status),
    errorCodes?.[0] ?? NO_ERROR,
  );
};
