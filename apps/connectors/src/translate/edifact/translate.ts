/** EDIFACT to canonical documents: the whole of it in one page. */
import { notAnInterchange } from '../edi/faults.js';
import { textOf } from '../edi/text.js';
import type { Interchange, TranslatedDocument, TranslationContext } from '../translation.js';
import { envelopes, type EdifactEnvelope, type EdifactMessage } from './envelope.js';
import { figuresOf } from './figures.js';

const documentOf = (
  envelope: EdifactEnvelope,
  message: EdifactMessage,
  _context: TranslationContext,
): TranslatedDocument => {
  const { unh, ung, faults } = message;
  return {
    standard: 'EDIFACT',
    type: unh.at(2).trim(),
    release: unh.components(2).slice(1).join(':'),
    control: unh.at(1).trim(),
    figures: figuresOf(envelope, message),
    faults,
    ...(ung && { group: ung.at(5).trim() }),
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
