/** X12 to canonical documents: the whole of it in one page. */
import { notAnInterchange } from '../edi/faults.js';
import { textOf } from '../edi/text.js';
import type { Fault, Interchange, TranslatedDocument, TranslationContext } from '../translation.js';
import { envelopes, type X12Envelope, type X12Group, type X12Set } from './envelope.js';
import { acknowledgedFigures, figuresOf } from './figures.js';

const documentOf = (
  envelope: X12Envelope,
  { gs }: X12Group,
  set: X12Set,
  _context: TranslationContext,
): TranslatedDocument => {
  const { st, faults } = set;
  const release = gs?.at(8).trim();
  const group = gs?.at(6).trim();
  return {
    standard: 'X12',
    type: st.at(1).trim(),
    control: st.at(2).trim(),
    figures: figuresOf(envelope, set),
    faults,
    ...(release && { release }),
    ...(group && { group }),
  };
};

const interchangeOf = (envelope: X12Envelope, context: TranslationContext): Interchange => {
  const { isa, groups, acknowledged } = envelope;
  const documents = groups.flatMap((group) => group.sets.map((set) => documentOf(envelope, group, set, context)));
  const faults: Fault[] = [...envelope.faults, ...groups.flatMap((group) => group.faults)];
  const acknowledgements = acknowledged.map((_, at): TranslatedDocument => {
    const isAlone = documents.length === 0 && at === 0;
    return { standard: 'X12', type: 'TA1', figures: isAlone ? acknowledgedFigures(envelope) : {}, faults: [] };
  });
  return {
    standard: 'X12',
    documents: [...documents, ...acknowledgements],
    faults,
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
