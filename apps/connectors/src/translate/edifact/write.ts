/** Canonical documents to EDIFACT interchanges, with counts and references that are true. */
import type { CanonicalDocument } from '../../canonical/document.js';
import type { LocalDateTime } from '../../canonical/shapes.js';
import { digitsOfDay, digitsOfTime } from '../edi/calendar.js';
import { missingIn } from '../edi/required.js';
import { cannotWrite, type Written as Result } from '../edi/written.js';
import { textOf as decoded } from '../edi/text.js';
import type { Fault } from '../translation.js';
import { mandatoryBy } from './message.js';
import { MESSAGE_OF } from './messages.js';
import { segment, type Cell, type Written } from './writing.js';

/** One end of an exchange: UNB02 or UNB03; qualifier 14 is a GLN. */
export interface EdifactParty {
  readonly id: string;
  readonly qualifier?: string;
}
export interface EdifactAddressing {
  readonly sender: EdifactParty;
  readonly receiver: EdifactParty;
  /** UNB05, up to 14 characters; gapless per partner, as its keeper says */
  readonly control: string;
  /** local wall clock of the sender */
  readonly at: LocalDateTime;
  readonly test?: boolean;
  /** UNB09: the receiver is asked for a CONTRL */
  readonly wantsAcknowledgement?: boolean;
  /** UNOA to UNOY; UNOC where every character is in ISO 8859-1, else UNOW (UTF-8) */
  readonly charset?: string;
  /** put after every terminator, such as a line end */
  readonly layout?: string;
  /** UNA is sent always; false leaves it out */
  readonly una?: boolean;
}
export interface EdifactOutgoing {
  /** `ORDERS` ... */
  readonly type: string;
  readonly document: CanonicalDocument;
}

const released = (text: string | undefined): string => (text ?? '').replace(/[\r\n]+/g, ' ').replace(/[?'+:]/g, '?$&');
const textOf = (cell: Cell): string =>
  cell === undefined || typeof cell === 'string' ? released(cell) : cell.map(released).join(':');
const LATIN_1 = /^[\u0000-\u00ff]*$/;

/** Segments from UNH to UNT, or why there are none. */
const messageOf = ({ type, document }: EdifactOutgoing, reference: string): readonly Written[] | Fault => {
  const message = MESSAGE_OF.get(type);
  if (!message?.writer?.kinds.includes(document.kind)) return cannotWrite(type, document.kind);
  const body = message.writer.write(document);
  const lacking = missingIn(body, message.required, mandatoryBy(message));
  if (lacking) return lacking;
  const unh = segment('UNH', reference, [type, ...message.writer.release]);
  return [unh, ...body, segment('UNT', String(body.length + 2), reference)];
};
const isFault = (message: readonly Written[] | Fault): message is Fault => 'code' in message;

const unbOf = (addressing: EdifactAddressing, charset: string): Written => {
  const { sender, receiver, control, at, test, wantsAcknowledgement } = addressing;
  const version = charset >= 'UNOW' ? '4' : '3';
  const day = digitsOfDay(at);
  return segment(
    'UNB',
    [charset, version],
    [sender.id, sender.qualifier],
    [receiver.id, receiver.qualifier],
    [version === '4' ? day : day.slice(2), digitsOfTime(at).slice(0, 4) || '0000'],
    control,
    ...[undefined, undefined, undefined],
    wantsAcknowledgement ? '1' : undefined,
    undefined,
    test ? '1' : undefined,
  );
};

/** One interchange with every document in it. What can't be written is a fault, and the others are written. */
export const writeEdifact = (outgoing: readonly EdifactOutgoing[], addressing: EdifactAddressing): Result => {
  const faults: Fault[] = [];
  const messages: (readonly Written[])[] = [];
  for (const one of outgoing) {
    const message = messageOf(one, String(messages.length + 1));
    if (isFault(message)) faults.push(message);
    else messages.push(message);
  }
  const texts = messages.flat().map((cells) => cells.map(textOf).join('+'));
  const charset = addressing.charset ?? (texts.every((text) => LATIN_1.test(text)) ? 'UNOC' : 'UNOW');
  const segments = [
    unbOf(addressing, charset).map(textOf).join('+'),
    ...texts,
    `UNZ+${messages.length}+${released(addressing.control)}`,
  ];
  const layout = addressing.layout ?? '';
  const una = addressing.una === false ? '' : `UNA:+.? '${layout}`;
  return { text: una + segments.map((text) => `${text}'${layout}`).join(''), faults };
};
/**
 * Bytes of an interchange in the character set that it declares. Latin-1 that happens to be UTF-8 of something else
 * would be read as that, so such a text goes out as UTF-8.
 */
export const bytesOfEdifact = (text: string): Uint8Array => {
  const isLatin1 = LATIN_1.test(text) && !/UNB\+UNO[W-Y]/.test(text.slice(0, 64));
  const bytes = isLatin1
    ? Uint8Array.from(text, (character) => character.charCodeAt(0))
    : new TextEncoder().encode(text);
  return decoded(bytes) === text ? bytes : new TextEncoder().encode(text);
};
