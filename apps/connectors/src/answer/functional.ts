/** What was read of an interchange, as its partner is told: X12 997 by group, EDIFACT CONTRL for the whole. */
import { dayOf } from '@crossdock/kernel';
import type { Addressing, AnsweredMessage } from '@crossdock/contracts';
import type {
  AcknowledgedMessage,
  AcknowledgedStatus,
  CanonicalAcknowledgement,
} from '../canonical/acknowledgement.js';

export interface Acknowledged {
  readonly interchange: string;
  readonly receivedAt: string;
  readonly messages: readonly AnsweredMessage[];
}

/** GS01 of the sets that partners send (X12 data element 479). */
const GROUPS: Readonly<Record<string, string>> = {
  '180': 'AN',
  '210': 'IM',
  '214': 'QM',
  '810': 'IN',
  '816': 'OR',
  '820': 'RA',
  '824': 'AG',
  '832': 'SC',
  '846': 'IB',
  '850': 'PO',
  '852': 'PD',
  '855': 'PR',
  '856': 'SH',
  '860': 'PC',
  '861': 'RC',
  '865': 'CA',
  '875': 'OG',
  '940': 'OW',
  '943': 'AR',
  '944': 'RE',
  '945': 'SW',
};
/** AK502 (data element 718): why a set is refused; 5 is one or more segments in error. */
const SET_ERRORS: Readonly<Record<string, string>> = {
  'message-unsupported': '1',
  'envelope-incomplete': '2',
  'control-number-differs': '3',
  'count-differs': '4',
  'control-number-repeated': '23',
};
/** UCM05 (data element 0085): 29 is a wrong number of segments, 26 a repetition, 12 an invalid value. */
const MESSAGE_ERRORS: Readonly<Record<string, string>> = {
  'message-unsupported': '14',
  'envelope-incomplete': '13',
  'control-number-differs': '28',
  'count-differs': '29',
  'control-number-repeated': '26',
};

const messageOf = (
  { type, control, release, faults }: AnsweredMessage,
  codes: Readonly<Record<string, string>>,
  other: string,
): AcknowledgedMessage => ({
  type,
  control,
  ...(release ? { release } : {}),
  status: faults.length === 0 ? 'accepted' : 'rejected',
  ...(faults.length === 0 ? {} : { errorCodes: [...new Set(faults.map((code) => codes[code] ?? other))].slice(0, 5) }),
});

const statusOf = (messages: readonly AcknowledgedMessage[]): AcknowledgedStatus => {
  const accepted = messages.filter(({ status }) => status === 'accepted').length;
  if (accepted === messages.length) return 'accepted';
  return accepted === 0 ? 'rejected' : 'partially-accepted';
};

const groupAcknowledgement = (
  group: string,
  own: readonly AnsweredMessage[],
  all: Acknowledged,
): CanonicalAcknowledgement => {
  const messages = own.map((one) => messageOf(one, SET_ERRORS, '5'));
  return {
    number: group,
    level: 'group',
    status: statusOf(messages),
    interchangeControl: all.interchange,
    groupControl: group,
    groupType: GROUPS[own[0]?.type ?? ''] ?? 'FA',
    included: own.length,
    received: own.length,
    accepted: messages.filter(({ status }) => status === 'accepted').length,
    messages,
  };
};

/** One 997 per group of the interchange. */
export const groupAcknowledgements = (all: Acknowledged): readonly CanonicalAcknowledgement[] => {
  const groups = new Map<string, AnsweredMessage[]>();
  for (const one of all.messages) {
    const group = one.group ?? '1';
    const own = groups.get(group);
    if (own) own.push(one);
    else groups.set(group, [one]);
  }
  return [...groups].map(([group, own]) => groupAcknowledgement(group, own, all));
};

export const interchangeAcknowledgement = (
  all: Acknowledged,
  { ourId, ourQualifier, theirId, theirQualifier }: Addressing,
): CanonicalAcknowledgement => {
  const messages = all.messages.map((one) => messageOf(one, MESSAGE_ERRORS, '12'));
  return {
    number: all.interchange,
    level: 'interchange',
    // UCI knows no part: what was refused stands at its message.
    status: statusOf(messages) === 'rejected' ? 'rejected' : 'accepted',
    sender: { value: theirId, ...(theirQualifier ? { scheme: theirQualifier } : {}) },
    receiver: { value: ourId, ...(ourQualifier ? { scheme: ourQualifier } : {}) },
    interchangeControl: all.interchange,
    interchangeDay: dayOf(all.receivedAt),
    messages,
  };
};
