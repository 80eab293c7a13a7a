/** X12 to canonical documents: the whole of it in one page. */
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
import { checkConditions } from './conditions.js';
import { X12Envelopes, type X12Envelope, type X12Head, type X12Set } from './envelope.js';
import { acknowledgedFigures, figuresOf } from './figures.js';
import { mandatoryBy } from './message.js';
import { MESSAGE_OF } from './messages.js';
import { readTa1 } from './messages/ta1.js';
import { X12Reading } from './reading.js';
import type { X12Segment } from './segment.js';
import { Tokenizer } from './tokenizer.js';

export interface Content {
  readonly canonical?: CanonicalDocument;
  readonly faults: readonly Fault[];
}
/** Content of a transaction set; its faults are those of the envelope and of what stands in it. `version` is its GS08. */
export const contentOf = (
  { st, segments, count, se, faults }: X12Set,
  version: string | undefined,
  context: TranslationContext,
): Content => {
  if (count > segments.length) return { faults };
  const message = MESSAGE_OF.get(st.at(1).trim());
  if (!message) return { faults: [...faults, unsupported('ST01', st.at(1))] };
  const reading = new X12Reading(context);
  checkRequired(reading, segments, message.required, mandatoryBy(message));
  const canonical = message.read(arrange(message.layout, se ? segments.slice(0, -1) : segments), reading);
  checkConditions(reading.faults, segments, version);
  return { canonical, faults: [...faults, ...reading.faults] };
};

const documentOf = (
  head: X12Head,
  gs: X12Segment | undefined,
  set: X12Set,
  context: TranslationContext,
): TranslatedDocument => {
  const release = gs?.at(8).trim();
  const group = gs?.at(6).trim();
  const content = contentOf(set, release, context);
  const number = content.canonical && numberOf(content.canonical);
  return {
    standard: 'X12',
    type: set.st.at(1).trim(),
    control: set.st.at(2).trim(),
    figures: figuresOf(head, set),
    ...content,
    ...(release && { release }),
    ...(group && { group }),
    ...(number && { number }),
  };
};

/** TA1s are documents too; only in an interchange without any transaction set has the first one figures. */
const acknowledgedOf = (
  envelope: X12Head,
  ta1: X12Segment,
  isFirstAndAlone: boolean,
  context: TranslationContext,
): TranslatedDocument => {
  const reading = new X12Reading(context);
  const data = readTa1(ta1, reading);
  return {
    standard: 'X12',
    type: 'TA1',
    number: data.number,
    figures: isFirstAndAlone ? acknowledgedFigures(envelope) : {},
    canonical: { kind: 'acknowledgement', data },
    faults: reading.faults,
  };
};

const headOf = (isa: X12Segment | undefined): InterchangeHead => ({
  standard: 'X12',
  ...(isa && {
    sender: isa.at(6).trim(),
    senderQualifier: isa.at(5).trim(),
    receiver: isa.at(8).trim(),
    receiverQualifier: isa.at(7).trim(),
    control: isa.at(13).trim(),
    test: isa.at(15).trim() === 'T',
  }),
});

const interchangeOf = (
  envelope: X12Envelope<unknown>,
  documents: readonly TranslatedDocument[],
  context: TranslationContext,
): Interchange => {
  const { isa, groups, acknowledged } = envelope;
  const isAlone = groups.every(({ sets }) => sets.length === 0);
  return {
    ...headOf(isa),
    documents: [
      ...documents,
      ...acknowledged.map((ta1, at) => acknowledgedOf(envelope, ta1, isAlone && at === 0, context)),
    ],
    faults: [...envelope.faults, ...groups.flatMap((group) => group.faults)],
  };
};

export const x12Reader = (context: TranslationContext): Reader =>
  new EdiReader<X12Head, X12Envelope<void>>({
    standard: 'X12',
    begins: 'ISA',
    envelopes: (give) => new X12Envelopes<void>((set, gs, head) => give(head, documentOf(head, gs, set, context))),
    headOf: ({ isa }) => headOf(isa),
    interchangeOf: (envelope, documents) => interchangeOf(envelope, documents, context),
  });

/** Every interchange of a file. */
export const translateX12 = (bytes: Uint8Array, context: TranslationContext): readonly Interchange[] => [
  ...x12Reader(context).take(textOf(bytes), true),
];

/** What the beginning of a text tells. */
export const glanceX12 = (text: string): Glance => {
  let isa: X12Segment | undefined;
  for (const { segment } of new Tokenizer().take(text, true)) {
    if (segment.tag === 'ISA') isa ??= segment;
    if (segment.tag === 'ST') return { ...headOf(isa), type: segment.at(1).trim() };
  }
  return headOf(isa);
};
