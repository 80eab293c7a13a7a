/** CONTRL made from what was received: one for every interchange that does not itself acknowledge. */
import type {
  AcknowledgedError,
  AcknowledgedMessage,
  CanonicalAcknowledgement,
} from '../../canonical/acknowledgement.js';
import type { Identifier } from '../../canonical/shapes.js';
import { compact, some } from '../edi/compact.js';
import { textOf } from '../edi/text.js';
import { byPosition, placeIn, positionOf, verdictOf, type Verdict } from '../edi/verdict.js';
import type { Fault, TranslationContext } from '../translation.js';
import { EdifactEnvelopes, type EdifactEnvelope, type EdifactMessage } from './envelope.js';
import { contentOf } from './translate.js';
import type { EdifactOutgoing } from './write.js';

/** What goes back for one interchange, to its sender. */
export interface EdifactAnswer {
  /** of the interchange that is answered: who gets the answer and who gives it */
  readonly sender: Identifier;
  readonly receiver: Identifier;
  readonly outgoing: readonly EdifactOutgoing[];
}

/** Syntax error codes (element 0085). */
const [INVALID, MISSING, UNSPECIFIED, DUPLICATE, REFERENCES, COUNT] = ['12', '13', '18', '26', '28', '29'] as const;
const CODES: Readonly<Record<string, string>> = {
  'count-differs': COUNT,
  'control-number-differs': REFERENCES,
  'control-number-repeated': DUPLICATE,
  'envelope-incomplete': MISSING,
  'element-missing': MISSING,
  'number-unreadable': INVALID,
  'date-unreadable': INVALID,
  'code-unmapped': INVALID,
};
const codeOf = ({ code }: Fault): string => (Object.hasOwn(CODES, code) ? (CODES[code] ?? UNSPECIFIED) : UNSPECIFIED);
/** Faults that are of the message's envelope: said by UCM itself, not by UCS. */
const ENVELOPE = /^UN[TH]/;

const errorOf = ({ segments }: EdifactMessage, fault: Fault): AcknowledgedError | undefined => {
  const place = placeIn(fault.path);
  if (!place || ENVELOPE.test(fault.path)) return undefined;
  const { element, component } = place;
  return compact<AcknowledgedError>({
    code: codeOf(fault),
    position: String(positionOf(segments, place)),
    // The tag counts as the first element of a segment (S011).
    element: element && `${Number(element) + 1}${component ? `-${component}` : ''}`,
  });
};

const messageOf = (message: EdifactMessage, context: TranslationContext, verdict: Verdict): AcknowledgedMessage => {
  const { unh, ung } = message;
  const [type, control, group] = [unh.at(2).trim(), unh.at(1).trim(), ung?.at(5).trim()];
  const { faults } = contentOf(message, context);
  const status = verdict(compact({ type, control, group })) ?? verdictOf(faults);
  const isRefused = status === 'rejected';
  const envelope = faults.filter(({ path }) => ENVELOPE.test(path)).map(codeOf);
  const errors = faults
    .map((fault) => errorOf(message, fault))
    .filter((error) => error !== undefined)
    .toSorted(byPosition);
  return compact<AcknowledgedMessage>({
    type,
    control,
    release: unh.components(2).slice(1).join(':') || undefined,
    // CONTRL knows acknowledged and rejected; errors are said of what is rejected.
    status: isRefused ? 'rejected' : 'accepted',
    errorCodes: isRefused ? some(envelope.slice(0, 1)) : undefined,
    errors: isRefused ? some(errors) : undefined,
  });
};

const contrlOf = ({ unb, messages, faults }: EdifactEnvelope<AcknowledgedMessage>, at: number): EdifactOutgoing => {
  const [fault] = faults;
  const party = (element: number): Identifier | undefined => {
    const value = unb?.at(element).trim();
    return value ? compact<Identifier>({ value, scheme: unb?.at(element, 2).trim() || undefined }) : undefined;
  };
  const data = compact<CanonicalAcknowledgement>({
    number: String(at + 1),
    level: 'interchange',
    status: fault ? 'rejected' : 'accepted',
    sender: party(2),
    receiver: party(3),
    interchangeControl: unb?.at(5).trim() ?? '',
    errorCodes: fault && [codeOf(fault)],
    messages: fault ? [] : [...messages],
  });
  return { type: 'CONTRL', document: { kind: 'acknowledgement', data } };
};

const answerOf = (envelope: EdifactEnvelope<AcknowledgedMessage>, at: number): EdifactAnswer => {
  const { unb, messages } = envelope;
  const party = (element: number): Identifier => {
    const scheme = unb?.at(element, 2).trim();
    return { value: unb?.at(element).trim() ?? '', ...(scheme && { scheme }) };
  };
  const isNews = messages.length === 0 || messages.some(({ type }) => type !== 'CONTRL');
  return { sender: party(2), receiver: party(3), outgoing: isNews ? [contrlOf(envelope, at)] : [] };
};

/** Answers to the interchanges of a file as its text comes. `verdict` puts the receiver's own decisions before what the faults say. */
export class EdifactAcknowledger {
  private readonly envelopes: EdifactEnvelopes<AcknowledgedMessage>;
  private count = 0;

  constructor(context: TranslationContext, verdict: Verdict = () => undefined) {
    this.envelopes = new EdifactEnvelopes((message) => messageOf(message, context, verdict));
  }
  *take(text: string, isLast: boolean): Generator<EdifactAnswer> {
    for (const envelope of this.envelopes.take(text, isLast)) yield answerOf(envelope, this.count++);
  }
}

/** Answers to every interchange of a file. */
export const acknowledgeEdifact = (
  bytes: Uint8Array,
  context: TranslationContext,
  verdict?: Verdict,
): readonly EdifactAnswer[] => [...new EdifactAcknowledger(context, verdict).take(textOf(bytes), true)];
