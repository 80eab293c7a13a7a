/** Interchange, groups and messages of EDIFACT (ISO 9735): UNB (UNG)? (UNH ... UNT)* (UNE)? UNZ. */
import {
  addFault,
  controlsDiffer,
  countsDiffer,
  tooManyInterchanges,
  isCount,
  isSameControl,
  missing,
  outside,
  repeated,
  SEGMENTS_MAX,
  tooManySegments,
} from '../edi/faults.js';
import { Interchanges } from '../edi/interchanges.js';
import { numberByTag } from '../edi/segment.js';
import type { Fault } from '../translation.js';
import type { EdifactSegment } from './segment.js';
import type { Separators } from './separators.js';
import { Tokenizer } from './tokenizer.js';

/** One message: its segments from UNH to UNT, the group it stands in, and what is wrong with that envelope. */
export interface EdifactMessage {
  /** the first `SEGMENTS_MAX` of them */
  readonly segments: readonly EdifactSegment[];
  /** how many there are */
  readonly count: number;
  readonly unh: EdifactSegment;
  readonly unt?: EdifactSegment;
  readonly ung?: EdifactSegment;
  readonly faults: readonly Fault[];
}
/** What stands around a message while it is read. */
export interface EdifactHead {
  /** undefined when the file begins with UNH */
  readonly unb?: EdifactSegment;
  readonly separators: Separators;
}
/** `T`: what is kept of each message, made of it as soon as it is whole; its segments are held no longer. */
export interface EdifactEnvelope<T> extends EdifactHead {
  readonly messages: readonly T[];
  readonly faults: readonly Fault[];
}
export type KeepMessage<T> = (message: EdifactMessage, head: EdifactHead) => T;

export const isMessageWhole = ({ unh, unt, count }: EdifactMessage): boolean =>
  unt !== undefined && isCount(unt.at(1), count) && unt.at(2).trim() === unh.at(1).trim();

const closeMessage = (
  segments: readonly EdifactSegment[],
  more: number,
  unt: EdifactSegment | undefined,
  ung: EdifactSegment | undefined,
  seen: Set<string>,
): EdifactMessage => {
  numberByTag(segments);
  const [unh] = segments as readonly [EdifactSegment];
  const count = segments.length + more;
  const reference = unh.at(1).trim();
  const faults: Fault[] = more > 0 ? [tooManySegments('UNH', count)] : [];
  if (!unt) faults.push(missing('UNT', `message ${unh.at(2)} ${reference} has no UNT`));
  else {
    if (!isCount(unt.at(1), count)) faults.push(countsDiffer('UNT01', 'segments from UNH to UNT', unt.at(1), count));
    if (unt.at(2).trim() !== reference) faults.push(controlsDiffer('UNT02', unt.at(2), unh.at(1)));
  }
  if (seen.has(reference)) faults.push(repeated('UNH01', reference, 'its interchange'));
  seen.add(reference);
  return { segments, count, unh, faults, ...(unt && { unt }), ...(ung && { ung }) };
};

/** Builds one interchange from its segments, in order; every segment finds a place or a fault. */
class Envelope<T> {
  private readonly messages: T[] = [];
  private readonly faults: Fault[] = [];
  private readonly seen = new Set<string>();
  /** UNG05 of the groups before */
  private readonly seenGroups = new Set<string>();
  private open: EdifactSegment[] | undefined;
  /** segments of the message beyond those that are kept */
  private more = 0;
  private ung: EdifactSegment | undefined;
  private groups = 0;
  private inGroup = 0;
  private unz: EdifactSegment | undefined;

  constructor(
    private readonly separators: Separators,
    private readonly unb: EdifactSegment | undefined,
    private readonly keep: KeepMessage<T>,
  ) {
    if (!unb) addFault(this.faults, missing('UNB', 'the file has no UNB'));
  }

  /** The same control reference from the same sender to the same receiver earlier in the file. */
  repeatedIn(unb: EdifactSegment): void {
    addFault(this.faults, repeated('UNB05', unb.at(5), 'the file'));
  }

  /** The file goes on, and is not read further. */
  stop(): void {
    addFault(this.faults, tooManyInterchanges('UNB'));
  }

  take(segment: EdifactSegment): void {
    if (segment.tag === 'UNH') this.openMessage(segment);
    else if (segment.tag === 'UNT' && this.open) this.endMessage(segment);
    else if (segment.tag === 'UNG') this.openGroup(segment);
    else if (segment.tag === 'UNE' && this.ung) this.endGroup(segment);
    else if (segment.tag === 'UNZ') this.end(segment);
    else if (this.open) this.add(this.open, segment);
    else addFault(this.faults, outside(segment.tag, segment.tag));
  }

  private add(message: EdifactSegment[], segment: EdifactSegment): void {
    if (message.length < SEGMENTS_MAX) message.push(segment);
    else this.more++;
  }

  close(): EdifactEnvelope<T> {
    this.leaveGroup();
    if (!this.unz && this.unb) addFault(this.faults, missing('UNZ', `interchange ${this.unb.at(5)} has no UNZ`));
    const { separators, messages, faults, unb } = this;
    return { separators, messages, faults, ...(unb && { unb }) };
  }

  private openMessage(unh: EdifactSegment): void {
    this.endMessage();
    this.open = [unh];
    this.more = 0;
  }

  private endMessage(unt?: EdifactSegment): void {
    if (!this.open) return;
    if (unt) this.add(this.open, unt);
    const { separators, unb } = this;
    const message = closeMessage(this.open, this.more, unt, this.ung, this.seen);
    this.messages.push(this.keep(message, { separators, ...(unb && { unb }) }));
    this.inGroup += 1;
    this.open = undefined;
  }

  private openGroup(ung: EdifactSegment): void {
    this.leaveGroup();
    this.ung = ung;
    const control = ung.at(5).trim();
    if (control !== '' && this.seenGroups.has(control))
      addFault(this.faults, repeated('UNG05', control, 'its interchange'));
    this.seenGroups.add(control);
    this.groups += 1;
    this.inGroup = 0;
  }

  /** A group that ends without a UNE. */
  private leaveGroup(): void {
    this.endMessage();
    if (this.ung) addFault(this.faults, missing('UNE', `group ${this.ung.at(5)} has no UNE`));
    this.ung = undefined;
  }

  private endGroup(une: EdifactSegment): void {
    this.endMessage();
    const control = this.ung?.at(5) ?? '';
    this.ung = undefined;
    if (!isCount(une.at(1), this.inGroup))
      addFault(this.faults, countsDiffer('UNE01', 'messages', une.at(1), this.inGroup));
    if (!isSameControl(une.at(2), control)) addFault(this.faults, controlsDiffer('UNE02', une.at(2), control));
  }

  private end(unz: EdifactSegment): void {
    this.leaveGroup();
    if (this.unz) addFault(this.faults, outside('UNZ', 'UNZ'));
    this.unz = unz;
    const [count, of] = this.groups > 0 ? [this.groups, 'groups'] : [this.messages.length, 'messages'];
    if (!isCount(unz.at(1), count)) addFault(this.faults, countsDiffer('UNZ01', of, unz.at(1), count));
    const control = this.unb?.at(5) ?? '';
    if (this.unb && !isSameControl(unz.at(2), control))
      addFault(this.faults, controlsDiffer('UNZ02', unz.at(2), control));
  }
}

/** Takes text as it comes and gives interchanges, each when it is over. None when it holds no EDIFACT. */
export class EdifactEnvelopes<T> {
  private readonly tokenizer = new Tokenizer();
  private readonly interchanges: Interchanges<EdifactSegment, Separators, EdifactEnvelope<T>>;

  constructor(keep: KeepMessage<T>) {
    this.interchanges = new Interchanges<EdifactSegment, Separators, EdifactEnvelope<T>>({
      begins: 'UNB',
      identity: [2, 3, 5],
      open: (separators, first) => new Envelope(separators, first, keep),
    });
  }

  take(more: string, isLast: boolean): Generator<EdifactEnvelope<T>> {
    return this.interchanges.take(this.tokenizer.take(more, isLast), isLast);
  }
}
