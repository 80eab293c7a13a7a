/** 997 and TA1 made from what was received: one 997 for every group, a TA1 where it was asked for or is needed. */
import type {
  AcknowledgedError,
  AcknowledgedMessage,
  AcknowledgedStatus,
  CanonicalAcknowledgement,
} from '../../canonical/acknowledgement.js';
import { dateTimeOf, dayOf } from '../edi/calendar.js';
import { compact, some } from '../edi/compact.js';
import { textOf } from '../edi/text.js';
import { byPosition, placeIn, positionOf, verdictOf, type Verdict } from '../edi/verdict.js';
import type { Fault, TranslationContext } from '../translation.js';
import { X12Envelopes, type X12Envelope, type X12Group, type X12Set } from './envelope.js';
import type { X12Segment } from './segment.js';
import { contentOf } from './translate.js';
import type { X12Outgoing } from './write.js';

/** What goes back for one interchange, to its sender; nothing for one that itself acknowledges. */
export interface X12Answer {
  /** of the interchange that is answered: who gets the answer and who gives it */
  readonly sender: { readonly qualifier: string; readonly id: string };
  readonly receiver: { readonly qualifier: string; readonly id: string };
  readonly outgoing: readonly X12Outgoing[];
}

/** AK502: errors of the set's envelope. 5 says that segments are in error. */
const SET_ERRORS: Readonly<Record<string, string>> = { ST01: '1', SE: '2', SE02: '3', SE01: '4', ST02: '23' };
const SEGMENTS_IN_ERROR = '5';
/** AK905: errors of the group's envelope; 6 for a number that is there already, for which 004010 has no code of its own. */
const GROUP_ERRORS: Readonly<Record<string, string>> = { GE: '3', GE02: '4', GE01: '5', GS06: '6' };
/** TA105: errors of the interchange's envelope; 022 for a control structure that is otherwise wrong. */
const INTERCHANGE_ERRORS: Readonly<Record<string, string>> = { IEA02: '001', IEA01: '021', IEA: '023', ISA13: '025' };
const STRUCTURE_ERROR = '022';
/** AK403 by reason: missing, missing by a condition, excluded by one, invalid character, date, code value. */
const ELEMENT_ERRORS: Readonly<Record<string, string>> = {
  'element-missing': '1',
  'element-conditional': '2',
  'element-excluded': '10',
  'number-unreadable': '6',
  'date-unreadable': '8',
};
const INVALID_VALUE = '7';
/** AK304: a mandatory segment is missing. */
const SEGMENT_MISSING = '3';
/** Groups that acknowledge: they are never acknowledged themselves. */
const ACKNOWLEDGING = new Set(['FA']);

const errorOf = ({ segments }: X12Set, { code, path }: Fault): AcknowledgedError | undefined => {
  const place = placeIn(path);
  if (!place || path in SET_ERRORS) return undefined;
  const found = segments.find(({ tag }) => tag === place.tag);
  const position = String(positionOf(segments, place));
  if (!found || place.element === undefined) return { code: SEGMENT_MISSING, segment: place.tag, position };
  const value = segments[Number(position) - 1]?.at(Number(place.element)).trim();
  return compact<AcknowledgedError>({
    code: ELEMENT_ERRORS[code] ?? INVALID_VALUE,
    segment: place.tag,
    position,
    element: place.element,
    value: value ? value.slice(0, 99) : undefined,
  });
};

const controlOf = (gs: X12Segment | undefined): string => gs?.at(6).trim() ?? '';

const messageOf = (
  set: X12Set,
  gs: X12Segment | undefined,
  context: TranslationContext,
  verdict: Verdict,
): AcknowledgedMessage => {
  const group = controlOf(gs);
  const [type, control] = [set.st.at(1).trim(), set.st.at(2).trim()];
  const { faults } = contentOf(set, gs?.at(8), context);
  const errors = faults
    .map((fault) => errorOf(set, fault))
    .filter((error) => error !== undefined)
    .toSorted(byPosition);
  const codes = faults.map(({ path }) => (Object.hasOwn(SET_ERRORS, path) ? SET_ERRORS[path] : undefined));
  const errorCodes = [...new Set([...codes, errors.length > 0 ? SEGMENTS_IN_ERROR : undefined])];
  return compact<AcknowledgedMessage>({
    type,
    control,
    status: verdict({ type, group, control }) ?? verdictOf(faults),
    errorCodes: some(errorCodes.filter((code) => code !== undefined).slice(0, 5)),
    errors: some(errors),
  });
};

const groupStatus = (messages: readonly AcknowledgedMessage[], isBroken: boolean): AcknowledgedStatus => {
  const refused = messages.filter(({ status }) => status === 'rejected').length;
  if (isBroken || (refused > 0 && refused === messages.length)) return 'rejected';
  if (refused > 0) return 'partially-accepted';
  return messages.some(({ status }) => status === 'accepted-with-errors') ? 'accepted-with-errors' : 'accepted';
};

const groupAnswer = (group: X12Group<AcknowledgedMessage>, at: number): X12Outgoing => {
  const control = controlOf(group.gs);
  const messages = group.sets;
  const codes = group.faults.map(({ path }) => (Object.hasOwn(GROUP_ERRORS, path) ? GROUP_ERRORS[path] : undefined));
  const errorCodes = codes.filter((code) => code !== undefined);
  const isBroken = errorCodes.length > 0;
  const data = compact<CanonicalAcknowledgement>({
    number: String(at + 1).padStart(4, '0'),
    level: 'group',
    status: groupStatus(messages, isBroken),
    groupType: group.gs?.at(1).trim() ?? '',
    groupControl: control,
    errorCodes: some(errorCodes),
    included: group.declared ?? messages.length,
    received: messages.length,
    accepted: isBroken ? 0 : messages.filter(({ status }) => status !== 'rejected').length,
    messages: [...messages],
  });
  return { type: '997', document: { kind: 'acknowledgement', data } };
};

const interchangeAnswer = ({ isa, faults }: X12Envelope<unknown>): readonly X12Outgoing[] => {
  if (!isa) return [];
  const [fault] = faults;
  if (!fault && isa.at(14).trim() !== '1') return [];
  const code =
    fault && (Object.hasOwn(INTERCHANGE_ERRORS, fault.path) ? INTERCHANGE_ERRORS[fault.path] : STRUCTURE_ERROR);
  const control = isa.at(13).trim();
  const [day, time] = [isa.at(9).trim(), isa.at(10).trim()];
  const data = compact<CanonicalAcknowledgement>({
    number: control,
    level: 'interchange',
    status: fault ? 'rejected' : 'accepted',
    interchangeControl: control,
    interchangeDay: dayOf(day),
    interchangeAt: dateTimeOf(day, time),
    errorCodes: code === undefined ? undefined : [code],
    messages: [],
  });
  return [{ type: 'TA1', document: { kind: 'acknowledgement', data } }];
};

const answerOf = (envelope: X12Envelope<AcknowledgedMessage>): X12Answer => {
  const { isa } = envelope;
  const groups = envelope.groups.filter(({ gs }) => !ACKNOWLEDGING.has(gs?.at(1).trim() ?? ''));
  const party = (at: number) => ({ qualifier: isa?.at(at).trim() ?? '', id: isa?.at(at + 1).trim() ?? '' });
  const isNews = groups.length > 0 || envelope.groups.length + envelope.acknowledged.length === 0;
  const outgoing = [...(isNews ? interchangeAnswer(envelope) : []), ...groups.map(groupAnswer)];
  return { sender: party(5), receiver: party(7), outgoing };
};

/** Answers to the interchanges of a file as its text comes. `verdict` puts the receiver's own decisions before what the faults say. */
export class X12Acknowledger {
  private readonly envelopes: X12Envelopes<AcknowledgedMessage>;

  constructor(context: TranslationContext, verdict: Verdict = () => undefined) {
    this.envelopes = new X12Envelopes((set, gs) => messageOf(set, gs, context, verdict));
  }
  *take(text: string, isLast: boolean): Generator<X12Answer> {
    for (const envelope of this.envelopes.take(text, isLast)) yield answerOf(envelope);
  }
}

/** Answers to every interchange of a file. */
export const acknowledgeX12 = (
  bytes: Uint8Array,
  context: TranslationContext,
  verdict?: Verdict,
): readonly X12Answer[] => [...new X12Acknowledger(context, verdict).take(textOf(bytes), true)];
