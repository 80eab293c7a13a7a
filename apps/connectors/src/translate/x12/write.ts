/** Canonical documents to X12 interchanges, with counts and control numbers that are true. */
import type { CanonicalDocument } from '../../canonical/document.js';
import type { LocalDateTime } from '../../canonical/shapes.js';
import { digitsOfDay, digitsOfTime } from '../edi/calendar.js';
import { missingIn } from '../edi/required.js';
import { cannotWrite, type Written as Result } from '../edi/written.js';
import type { Fault } from '../translation.js';
import { brokenIn } from './conditions.js';
import { mandatoryBy } from './message.js';
import { MESSAGE_OF } from './messages.js';
import { writeTa1 } from './messages/ta1.js';
import { segment, type Cell, type Written } from './writing.js';

/** One end of an exchange: ISA05/06 or ISA07/08, and GS02 or GS03 where it differs. */
export interface X12Party {
  readonly qualifier?: string;
  readonly id: string;
  readonly application?: string;
}
export interface X12Addressing {
  readonly sender: X12Party;
  readonly receiver: X12Party;
  /** ISA13, up to nine digits; gapless per partner, as its keeper says */
  readonly control: number;
  /** GS06 of the first group; further groups count on. The interchange's own where left out */
  readonly groupControl?: number;
  /** local wall clock of the sender */
  readonly at: LocalDateTime;
  /** GS08, such as `004010` or `005010VICS` */
  readonly version?: string;
  readonly test?: boolean;
  /** ISA14: the receiver is asked for a TA1 */
  readonly wantsAcknowledgement?: boolean;
  readonly element?: string;
  readonly component?: string;
  readonly terminator?: string;
  /** put after every terminator, such as a line end */
  readonly layout?: string;
}
/** A document and the set it goes out as: an order response may be an 855 or an 865. */
export interface X12Outgoing {
  readonly type: string;
  readonly document: CanonicalDocument;
}

const ELEMENTS = ['*', '|', '^', '\u001d'];
const COMPONENTS = ['>', ':', '<', '\u001f'];
const TERMINATORS = ['~', '\n', '\u001c'];
const REPETITION = '^';
const VERSION = '004010';

type Chosen = Required<Pick<X12Addressing, 'element' | 'component' | 'terminator'>> & { readonly repetition: string };
/**
 * Separators that stand in no element: X12 has no way to say one within a text. Those that the partner asked for are
 * kept, and such a character becomes a space.
 */
const separatorsFor = (written: readonly Written[], addressing: X12Addressing): Chosen => {
  const used = new Set(written.flatMap((cells) => cells.flat().flatMap((text) => [...(text ?? '')])));
  const free = (candidates: readonly string[], taken: readonly string[]): string =>
    candidates.find((one) => !used.has(one) && !taken.includes(one)) ?? (candidates.at(-1) as string);
  const element = addressing.element ?? free(ELEMENTS, []);
  const terminator = addressing.terminator ?? free(TERMINATORS, [element]);
  const component = addressing.component ?? free(COMPONENTS, [element, terminator]);
  return { element, component, terminator, repetition: element === REPETITION ? '!' : REPETITION };
};
/** ISA11: repetition separator from 00402 on, the standards identifier before. */
const isRepeating = (version: string): boolean => version.slice(0, 5) >= '00402';

const cleanIn = ({ element, component, terminator }: Chosen) => {
  const without = (text: string, ...reserved: readonly string[]): string =>
    [...text].map((character) => (reserved.includes(character) || character < ' ' ? ' ' : character)).join('');
  return (cell: Cell): string => {
    if (cell === undefined || typeof cell === 'string') return without(cell ?? '', element, terminator);
    return cell.map((part) => without(part ?? '', element, terminator, component)).join(component);
  };
};

const isaOf = (addressing: X12Addressing, { component, repetition }: Chosen): Written => {
  const { sender, receiver, control, at, version = VERSION, test, wantsAcknowledgement } = addressing;
  const none = ' '.repeat(10);
  const id = ({ id: value }: X12Party): string => value.padEnd(15).slice(0, 15);
  const isaVersion = version.slice(0, 5).padEnd(5, '0');
  return [
    ...['ISA', '00', none, '00', none, sender.qualifier ?? 'ZZ', id(sender), receiver.qualifier ?? 'ZZ', id(receiver)],
    ...[digitsOfDay(at).slice(2), digitsOfTime(at).slice(0, 4) || '0000', isRepeating(isaVersion) ? repetition : 'U'],
    ...[isaVersion, String(control).padStart(9, '0'), wantsAcknowledgement ? '1' : '0', test ? 'T' : 'P', component],
  ];
};

/** Body of a set between ST and SE, or why there is none. */
const bodyOf = ({ type, document }: X12Outgoing, version: string): readonly Written[] | Fault => {
  const message = MESSAGE_OF.get(type);
  if (!message?.writer?.kinds.includes(document.kind)) return cannotWrite(type, document.kind);
  const body = message.writer.write(document);
  const { required = {} } = message.writer;
  const by = mandatoryBy(message);
  return missingIn(body, message.required, by) ?? missingIn(body, required, by) ?? brokenIn(body, version) ?? body;
};
const isFault = (body: readonly Written[] | Fault): body is Fault => 'code' in body;

/** Groups of sets with one functional identifier, in the order in which the identifiers first came. */
const groupsOf = (
  outgoing: readonly X12Outgoing[],
  addressing: X12Addressing,
  faults: Fault[],
): readonly Written[][] => {
  const { sender, receiver, at, version = VERSION } = addressing;
  const byId = new Map<string, Written[][]>();
  for (const one of outgoing) {
    if (one.type === 'TA1') continue;
    const body = bodyOf(one, version);
    if (isFault(body)) {
      faults.push(body);
      continue;
    }
    const id = MESSAGE_OF.get(one.type)?.writer?.functionalId ?? '';
    const sets = byId.get(id) ?? [];
    const control = String(sets.length + 1).padStart(4, '0');
    sets.push([segment('ST', one.type, control), ...body, segment('SE', String(body.length + 2), control)]);
    byId.set(id, sets);
  }
  const first = addressing.groupControl ?? addressing.control;
  return [...byId].map(([id, sets], index) => {
    const control = String(first + index);
    const [from, to] = [sender, receiver].map((party) => party.application ?? party.id);
    const time = digitsOfTime(at) || '0000';
    const gs = segment('GS', id, from, to, digitsOfDay(at), time, control, 'X', version);
    return [gs, ...sets.flat(), segment('GE', String(sets.length), control)];
  });
};

/** One interchange with every document in it. What can't be written is a fault, and the others are written. */
export const writeX12 = (outgoing: readonly X12Outgoing[], addressing: X12Addressing): Result => {
  const faults: Fault[] = [];
  const groups = groupsOf(outgoing, addressing, faults);
  const ta1s = outgoing.flatMap(({ type, document }) =>
    type === 'TA1' && document.kind === 'acknowledgement' ? [writeTa1(document.data)] : [],
  );
  const inside = [...ta1s, ...groups.flat()];
  const separators = separatorsFor(inside, addressing);
  const clean = cleanIn(separators);
  const control = String(addressing.control).padStart(9, '0');
  const isa = isaOf(addressing, separators);
  const body = [...inside, segment('IEA', String(groups.length), control)].map((cells) =>
    cells.map((cell, at) => (at === 0 ? (cell ?? '') : clean(cell))),
  );
  const { element, terminator } = separators;
  const text = [isa, ...body].map((cells) => `${cells.join(element)}${terminator}${addressing.layout ?? ''}`).join('');
  return { text, faults };
};
