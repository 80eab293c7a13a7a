/** EDIFACT to canonical documents: the whole of it in one page. */
import type { CanonicalDocument } from '../../canonical/document.js';
import { notAnInterchange, unsupported } from '../edi/faults.js';
import { arrange } from '../edi/layout.js';
import { numberOf } from '../edi/numbers.js';
import { checkRequired } from '../edi/required.js';
import { textOf } from '../edi/text.js';
import type { Fault, Interchange, TranslatedDocument, TranslationContext } from '../translation.js';
import { envelopes, type EdifactEnvelope, type EdifactMessage } from './envelope.js';
import { figuresOf } from './figures.js';
import { mandatoryBy } from './message.js';
import { MESSAGE_OF } from './messages.js';
import { EdifactReading } from './reading.js';

export interface Content {
  readonly canonical?: CanonicalDocument;
  readonly faults: readonly Fault[];
}
/** Content of a message; its faults are those of the envelope and of what stands in it. */
export const contentOf = ({ unh, segments, unt, faults }: EdifactMessage, context: TranslationContext): Content => {
  const message = MESSAGE_OF.get(unh.at(2).trim());
  if (!message) return { faults: [...faults, unsupported('UNH02-1', unh.at(2))] };
  const reading = new EdifactReading(context);
  checkRequired(reading, segments, message.required, mandatoryBy(message));
  const canonical = message.read(arrange(message.layout, unt ? segments.slice(0, -1) : segments), reading);
  return { canonical, faults: [...faults, ...reading.faults] };
};

const documentOf = (
  envelope: EdifactEnvelope,
  message: EdifactMessage,
  context: TranslationContext,
): TranslatedDocument => {
  const { unh, ung } = message;
  const content = contentOf(message, context);
  const number = content.canonical && numberOf(content.canonical);
  return {
    standard: 'EDIFACT',
    type: unh.at(2).trim(),
    release: unh.components(2).slice(1).join(':'),
    control: unh.at(1).trim(),
    figures: figuresOf(envelope, message),
    ...content,
    ...(ung && { group: ung.at(5).trim() }),
    ...(number && { number }),
  };
};

const interchangeOf = (envelope: EdifactEnvelope, context: TranslationContext): Interchange => {
  const { unb, messages, faults } = envelope;
  return {
    standard: 'EDIFACT',
    documents: messages.map((message) => documentOf(envelope, message, context)),
    faults,
    ...(unb && {
      sender: unb.at(2).trim(),
      senderQualifier: unb.at(2, 2).trim(),
      receiver: unb.at(3).trim(),
      receiverQualifier: unb.at(3, 2).trim(),
      control: unb.at(5).trim(),
      test: unb.at(11).trim() === '1',
    }),
  };
};

/** Every interchange of a file. Bytes that are no EDIFACT give one interchange with a fault and no document. */
export const translateEdifact = (bytes: Uint8Array, context: TranslationContext): readonly Interchange[] => {
  const interchanges: Interchange[] = [];
  for (const envelope of envelopes(textOf(bytes))) interchanges.push(interchangeOf(envelope, context));
  if (interchanges.length > 0) return interchanges;
  return [{ standard: 'EDIFACT', documents: [], faults: [notAnInterchange('UNB', 'EDIFACT')] }];
};
