/** X12 to canonical documents: the whole of it in one page. */
import type { CanonicalDocument } from '../../canonical/document.js';
import { notAnInterchange, unsupported } from '../edi/faults.js';
import { arrange } from '../edi/layout.js';
import { numberOf } from '../edi/numbers.js';
import { checkRequired } from '../edi/required.js';
import { textOf } from '../edi/text.js';
import type { Fault, Interchange, TranslatedDocument, TranslationContext } from '../translation.js';
import { envelopes, type X12Envelope, type X12Group, type X12Set } from './envelope.js';
import { acknowledgedFigures, figuresOf } from './figures.js';
import { mandatoryBy } from './message.js';
import { MESSAGE_OF } from './messages.js';
import { readTa1 } from './messages/ta1.js';
import { X12Reading } from './reading.js';
import type { X12Segment } from './segment.js';

export interface Content {
  readonly canonical?: CanonicalDocument;
  readonly faults: readonly Fault[];
}
/** Content of a transaction set; its faults are those of the envelope and of what stands in it. */
export const contentOf = ({ st, segments, se, faults }: X12Set, context: TranslationContext): Content => {
  const message = MESSAGE_OF.get(st.at(1).trim());
  if (!message) return { faults: [...faults, unsupported('ST01', st.at(1))] };
  const reading = new X12Reading(context);
  checkRequired(reading, segments, message.required, mandatoryBy(message));
  const canonical = message.read(arrange(message.layout, se ? segments.slice(0, -1) : segments), reading);
  return { canonical, faults: [...faults, ...reading.faults] };
};

const documentOf = (
  envelope: X12Envelope,
  { gs }: X12Group,
  set: X12Set,
  context: TranslationContext,
): TranslatedDocument => {
  const release = gs?.at(8).trim();
  const group = gs?.at(6).trim();
  const content = contentOf(set, context);
  const number = content.canonical && numberOf(content.canonical);
  return {
    standard: 'X12',
    type: set.st.at(1).trim(),
    control: set.st.at(2).trim(),
    figures: figuresOf(envelope, set),
    ...content,
    ...(release && { release }),
    ...(group && { group }),
    ...(number && { number }),
  };
};

/** TA1s are documents too; only in an interchange without any transaction set has the first one figures. */
const acknowledgedOf = (envelope: X12Envelope, ta1: X12Segment, isFirstAndAlone: boolean): TranslatedDocument => {
  const reading = new X12Reading({ items: {}, units: {}, locations: {}, customers: {} });
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

const interchangeOf = (envelope: X12Envelope, context: TranslationContext): Interchange => {
  const { isa, groups, acknowledged } = envelope;
  const documents = groups.flatMap((group) => group.sets.map((set) => documentOf(envelope, group, set, context)));
  const ta1s = acknowledged.map((ta1, at) => acknowledgedOf(envelope, ta1, documents.length === 0 && at === 0));
  return {
    standard: 'X12',
    documents: [...documents, ...ta1s],
    faults: [...envelope.faults, ...groups.flatMap((group) => group.faults)],
    ...(isa && {
      sender: isa.at(6).trim(),
      senderQualifier: isa.at(5).trim(),
      receiver: isa.at(8).trim(),
      receiverQualifier: isa.at(7).trim(),
      control: isa.at(13).trim(),
      test: isa.at(15).trim() === 'T',
    }),
  };
};

/** Every interchange of a file. Bytes that are no X12 give one interchange with a fault and no document. */
export const translateX12 = (bytes: Uint8Array, context: TranslationContext): readonly Interchange[] => {
  const interchanges: Interchange[] = [];
  for (const envelope of envelopes(textOf(bytes))) interchanges.push(interchangeOf(envelope, context));
  if (interchanges.length > 0) return interchanges;
  return [{ standard: 'X12', documents: [], faults: [notAnInterchange('ISA', 'X12')] }];
};
