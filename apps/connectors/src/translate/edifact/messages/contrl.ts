/** CONTRL: what became of an interchange and of each message in it (UN/EDIFACT syntax and service report). */
import type {
  AcknowledgedError,
  AcknowledgedMessage,
  AcknowledgedStatus,
  CanonicalAcknowledgement,
} from '../../../canonical/acknowledgement.js';
import type { Identifier } from '../../../canonical/shapes.js';
import { meantBy, OWN, type CodeTable, type ReadBy } from '../../code-table.js';
import { compact, some } from '../../edi/compact.js';
import { loop } from '../../edi/layout.js';
import { writerOf, type EdifactMessageType, type Group } from '../message.js';
import type { EdifactReading } from '../reading.js';
import { segment, type Cell, type Written } from '../writing.js';

/** Action codes (element 0083): 4 rejected with all below; 7 acknowledged; 8 received. */
export const STATUSES: CodeTable<AcknowledgedStatus> = {
  ...OWN,
  list: 'answers',
  codeSet: 'EDIFACT 0083, syntax version 3',
  source: 'UN/EDIFACT service code list 0083, action',
  example: { sent: 'UCM+1+ORDERS:D:96A:UN+4+13', code: '4', means: 'rejected' },
  rows: { '4': 'rejected', '7': 'accepted', '8': 'received' },
};
const CODES: Readonly<Record<AcknowledgedStatus, string>> = {
  accepted: '7',
  'accepted-with-errors': '7',
  'partially-accepted': '7',
  rejected: '4',
  received: '8',
};
const statusOf = (code: string | undefined, by: ReadBy): AcknowledgedStatus =>
  meantBy(STATUSES, code, by) ?? 'received';
const listOf = (code: string | undefined): readonly string[] | undefined => (code === undefined ? undefined : [code]);

/** UCS: an error of a segment; UCD below it: errors of its elements. */
const errorsOf = (reading: EdifactReading, error: Group): readonly AcknowledgedError[] => {
  const position = reading.text(error.opening, 1);
  const code = reading.text(error.opening, 2);
  const elements = error.all('UCD').map((ucd) => {
    const [element, component] = [reading.text(ucd, 2, 1), reading.text(ucd, 2, 2)];
    return compact<AcknowledgedError>({
      code: reading.text(ucd, 1) ?? '',
      position,
      element: element && (component === undefined ? element : `${element}-${component}`),
    });
  });
  return [...(code === undefined ? [] : [compact<AcknowledgedError>({ code, position })]), ...elements];
};
const messageOf = (reading: EdifactReading, group: Group): AcknowledgedMessage => {
  const ucm = group.opening;
  const sentStatus = reading.text(ucm, 3);
  return compact<AcknowledgedMessage>({
    type: reading.needed(ucm, 'UCM', 2),
    control: reading.needed(ucm, 'UCM', 1),
    release: ucm.components(2).slice(1).join(':') || undefined,
    status: statusOf(sentStatus, reading.context),
    sentStatus,
    errorCodes: listOf(reading.text(ucm, 4)),
    errors: some(group.of('UCS').flatMap((error) => errorsOf(reading, error))),
  });
};

const errorSegments = ({ code, position, element }: AcknowledgedError): readonly Written[] =>
  element === undefined
    ? [segment('UCS', position, code)]
    : [segment('UCS', position), segment('UCD', code, element.split('-'))];

/** S002, S003: who sent and who got the interchange. */
const partnerOf = (
  reading: EdifactReading,
  uci: Group['opening'] | undefined,
  element: number,
): Identifier | undefined => {
  const [value, scheme] = [reading.text(uci, element, 1), reading.text(uci, element, 2)];
  return value === undefined ? undefined : compact<Identifier>({ value, scheme });
};
const partnerCell = (partner: Identifier | undefined): Cell => [partner?.value, partner?.scheme];

const write = (acknowledgement: CanonicalAcknowledgement): readonly Written[] => {
  const { interchangeControl, status, sentStatus, errorCodes = [], messages } = acknowledgement;
  const [sender, receiver] = [acknowledgement.sender, acknowledgement.receiver].map(partnerCell);
  return [
    segment('UCI', interchangeControl, sender, receiver, sentStatus ?? CODES[status], errorCodes[0]),
    ...messages.flatMap((one) => [
      segment(
        'UCM',
        one.control,
        [one.type, ...(one.release?.split(':') ?? [])],
        one.sentStatus ?? CODES[one.status],
        one.errorCodes?.[0],
      ),
      ...(one.errors ?? []).flatMap(errorSegments),
    ]),
  ];
};

export const syntaxReport: EdifactMessageType = {
  type: 'CONTRL',
  required: { UCI: [] },
  layout: loop('UNH', 'UCI', loop('UCM', '', loop('UCS', 'UCD')), loop('UCF', '', loop('UCM', '', loop('UCS', 'UCD')))),
  read: (message, reading) => {
    const uci = message.first('UCI');
    const sentStatus = reading.text(uci, 4);
    const groups = message.of('UCF').flatMap((group) => group.of('UCM'));
    const data = compact<CanonicalAcknowledgement>({
      number: message.opening.at(1).trim(),
      level: 'interchange',
      status: statusOf(sentStatus, reading.context),
      sentStatus,
      sender: partnerOf(reading, uci, 2),
      receiver: partnerOf(reading, uci, 3),
      interchangeControl: reading.needed(uci, 'UCI', 1),
      errorCodes: listOf(reading.text(uci, 5)),
      messages: [...message.of('UCM'), ...groups].map((one) => messageOf(reading, one)),
    });
    return { kind: 'acknowledgement', data };
  },
  writer: { ...writerOf('', ['acknowledgement'], write), release: ['D', '3', 'UN'] },
};
