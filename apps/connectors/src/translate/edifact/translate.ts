/** EDIFACT to canonical documents: the whole of it in one page. */
import type { CanonicalDocument } from '../../canonical/document.js';
import { unsupported } from '../edi/faults.js';
import { arrange } from '../edi/layout.js';
import { numberOf } from '../edi/numbers.js';
import { EdiReader } from '../edi/reader.js';
import { checkRequired } from '../edi/required.js';
import { textOf } from '../edi/text.js';
import type {
  Fault,
  Glance,
  Interchange,
  InterchangeHead,
  Reader,
  TranslatedDocument,
  TranslationContext,
} from '../translation.js';
import { EdifactEnvelopes, type EdifactEnvelope, type EdifactHead, type EdifactMessage } from './envelope.js';
import { figuresOf } from './figures.js';
import { mandatoryBy } from './message.js';
import { MESSAGE_OF } from './messages.js';
import { EdifactReading } from './reading.js';
import type { EdifactSegment } from './segment.js';
import { Tokenizer } from './tokenizer.js';

export interface Content {
  readonly canonical?: CanonicalDocument;
  readonly faults: readonly Fault[];
}
/** Content of a message; its faults are those of the envelope and of what stands in it. */
export const contentOf = (
  { unh, segments, count, unt, faults }: EdifactMessage,
  context: TranslationContext,
): Content => {
  if (count > segments.length) return { faults };
  const message = MESSAGE_OF.get(unh.at(2).trim());
  if (!message) return { faults: [...faults, unsupported('UNH02-1', unh.at(2))] };
  const reading = new EdifactReading(context);
  checkRequired(reading, segments, message.required, mandatoryBy(message));
  const canonical = message.read(arrange(message.layout, unt ? segments.slice(0, -1) : segments), reading);
  return { canonical, faults: [...faults, ...reading.faults] };
};

const documentOf = (head: EdifactHead, message: EdifactMessage, context: TranslationContext): TranslatedDocument => {
  const { unh, ung } = message;
  const content = contentOf(message, context);
  const number = content.canonical && numberOf(content.canonical);
  return {
    standard: 'EDIFACT',
    type: unh.at(2).trim(),
    release: unh.components(2).slice(1).join(':'),
    control: unh.at(1).trim(),
    figures: figuresOf(head, message),
    ...content,
    ...(ung && { group: ung.at(5).trim() }),
    ...(number && { number }),
  };
};

const headOf = (unb: EdifactSegment | undefined): InterchangeHead => ({
  standard: 'EDIFACT',
  ...(unb && {
    sender: unb.at(2).trim(),
    senderQualifier: unb.at(2, 2).trim(),
    receiver: unb.at(3).trim(),
    receiverQualifier: unb.at(3, 2).trim(),
    control: unb.at(5).trim(),
    test: unb.at(11).trim() === '1',
  }),
});

export const edifactReader = (context: TranslationContext): Reader =>
  new EdiReader<EdifactHead, EdifactEnvelope<void>>({
    standard: 'EDIFACT',
    begins: 'UNB',
    envelopes: (give) => new EdifactEnvelopes<void>((message, head) => give(head, documentOf(head, message, context))),
    headOf: ({ unb }) => headOf(unb),
    interchangeOf: ({ unb, faults }, documents) => ({ ...headOf(unb), documents, faults }),
  });

/** Every interchange of a file. */
export const translateEdifact = (bytes: Uint8Array, context: TranslationContext): readonly Interchange[] => [
  ...edifactReader(context).take(textOf(bytes), true),
];

/** What the beginning of a text tells. */
export const glanceEdifact = (text: string): Glance => {
  let unb: EdifactSegment | undefined;
  for (const { segment } of new Tokenizer().take(text, true)) {
    if (segment.tag === 'UNB') unb ??= segment;
    if (segment.tag === 'UNH') return { ...headOf(unb), type: segment.at(2).trim() };
  }
  return headOf(unb);
};
