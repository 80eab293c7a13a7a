/** Interchange, groups and transaction sets of X12 (X12.5, X12.6): ISA (TA1*) (GS (ST ... SE)* GE)* IEA. */
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
import type { X12Segment } from './segment.js';
import type { Separators } from './separators.js';
import { Tokenizer } from './tokenizer.js';

/** One transaction set: its segments from ST to SE, and what is wrong with that envelope. */
export interface X12Set {
  /** the first `SEGMENTS_MAX` of them */
  readonly segments: readonly X12Segment[];
  /** how many there are */
  readonly count: number;
  readonly st: X12Segment;
  readonly se?: X12Segment;
  readonly faults: readonly Fault[];
}
/** What stands around a set while it is read. */
export interface X12Head {
  /** undefined when the file begins with GS or ST */
  readonly isa?: X12Segment;
  readonly separators: Separators;
}
/** `T`: what is kept of each set, made of it as soon as it is whole; its segments are held no longer. */
export interface X12Group<T> {
  readonly gs?: X12Segment;
  /** GE01 as a number; undefined when it is none */
  readonly declared?: number;
  readonly sets: readonly T[];
  readonly faults: readonly Fault[];
}
export interface X12Envelope<T> extends X12Head {
  readonly acknowledged: readonly X12Segment[];
  readonly groups: readonly X12Group<T>[];
  readonly faults: readonly Fault[];
}
export type KeepSet<T> = (set: X12Set, gs: X12Segment | undefined, head: X12Head) => T;

export const isSetWhole = ({ st, se, count }: X12Set): boolean =>
  se !== undefined && isCount(se.at(1), count) && se.at(2).trim() === st.at(2).trim();

const closeSet = (segments: readonly X12Segment[], more: number, end: X12Segment | undefined, seen: Set<string>) => {
  numberByTag(segments);
  const [st] = segments as readonly [X12Segment];
  const se = end;
  const count = segments.length + more;
  const control = st.at(2).trim();
  const faults: Fault[] = more > 0 ? [tooManySegments('ST', count)] : [];
  if (!se) faults.push(missing('SE', `transaction set ${st.at(1)} ${control} has no SE`));
  else {
    if (!isCount(se.at(1), count)) faults.push(countsDiffer('SE01', 'segments from ST to SE', se.at(1), count));
    if (se.at(2).trim() !== control) faults.push(controlsDiffer('SE02', se.at(2), st.at(2)));
  }
  if (seen.has(control)) faults.push(repeated('ST02', control, 'its group'));
  seen.add(control);
  return { segments, count, st, faults, ...(se && { se }) };
};

interface OpenGroup<T> {
  gs?: X12Segment;
  declared?: number;
  sets: T[];
  faults: Fault[];
  seen: Set<string>;
}
/** Builds one interchange from its segments, in order; every segment finds a place or a fault. */
class Envelope<T> {
  private readonly groups: OpenGroup<T>[] = [];
  /** GS06 of the groups before */
  private readonly seen = new Set<string>();
  private readonly acknowledged: X12Segment[] = [];
  private readonly faults: Fault[] = [];
  private group: OpenGroup<T> | undefined;
  private set: X12Segment[] | undefined;
  /** segments of the set beyond those that are kept */
  private more = 0;
  private iea: X12Segment | undefined;

  constructor(
    private readonly separators: Separators,
    private readonly isa: X12Segment | undefined,
    private readonly keep: KeepSet<T>,
  ) {
    if (!isa) addFault(this.faults, missing('ISA', 'the file has no ISA'));
  }

  /** The same control number from the same sender to the same receiver earlier in the file. */
  repeatedIn(isa: X12Segment): void {
    addFault(this.faults, repeated('ISA13', isa.at(13), 'the file'));
  }

  /** The file goes on, and is not read further. */
  stop(): void {
    addFault(this.faults, tooManyInterchanges('ISA'));
  }

  take(segment: X12Segment): void {
    if (segment.tag === 'ST') this.openSet(segment);
    else if (segment.tag === 'SE' && this.set) this.endSet(segment);
    else if (segment.tag === 'GS') this.openGroup(segment);
    else if (segment.tag === 'GE' && this.group) this.endGroup(segment);
    else if (segment.tag === 'IEA') this.end(segment);
    else if (this.set) this.add(this.set, segment);
    else if (segment.tag === 'TA1') this.acknowledged.push(segment);
    else addFault(this.faults, outside(segment.tag, segment.tag));
  }

  private add(set: X12Segment[], segment: X12Segment): void {
    if (set.length < SEGMENTS_MAX) set.push(segment);
    else this.more++;
  }

  close(): X12Envelope<T> {
    this.leaveGroup();
    if (!this.iea && this.isa) addFault(this.faults, missing('IEA', `interchange ${this.isa.at(13)} has no IEA`));
    const { separators, acknowledged, groups, faults, isa } = this;
    return { separators, acknowledged, groups, faults, ...(isa && { isa }) };
  }

  private openSet(segment: X12Segment): void {
    this.endSet();
    this.group ??= this.newGroup();
    this.set = [segment];
    this.more = 0;
  }

  private endSet(se?: X12Segment): void {
    if (!this.set || !this.group) return;
    if (se) this.add(this.set, se);
    const { separators, isa } = this;
    const set: X12Set = closeSet(this.set, this.more, se, this.group.seen);
    this.group.sets.push(this.keep(set, this.group.gs, { separators, ...(isa && { isa }) }));
    this.set = undefined;
  }

  private newGroup(gs?: X12Segment): OpenGroup<T> {
    const group: OpenGroup<T> = { sets: [], faults: [], seen: new Set<string>(), ...(gs && { gs }) };
    if (!gs) addFault(this.faults, missing('GS', 'a transaction set stands outside of a group'));
    this.groups.push(group);
    return group;
  }

  private openGroup(gs: X12Segment): void {
    this.leaveGroup();
    this.group = this.newGroup(gs);
    const control = gs
      .at(6)
      .trim()
      .replace(/^0+(?=\d)/, '');
    if (control === '') return;
    if (this.seen.has(control)) addFault(this.group.faults, repeated('GS06', gs.at(6), 'its interchange'));
    this.seen.add(control);
  }

  /** A group that ends without a GE. */
  private leaveGroup(): void {
    this.endSet();
    if (this.group?.gs) addFault(this.group.faults, missing('GE', `group ${this.group.gs.at(6)} has no GE`));
    this.group = undefined;
  }

  private endGroup(ge: X12Segment): void {
    this.endSet();
    const group = this.group;
    this.group = undefined;
    if (!group) return;
    const count = group.sets.length;
    if (/^\d{1,6}$/.test(ge.at(1).trim())) group.declared = Number(ge.at(1));
    if (!isCount(ge.at(1), count)) addFault(group.faults, countsDiffer('GE01', 'transaction sets', ge.at(1), count));
    const control = group.gs?.at(6) ?? '';
    if (group.gs && !isSameControl(ge.at(2), control))
      addFault(group.faults, controlsDiffer('GE02', ge.at(2), control));
  }

  private end(iea: X12Segment): void {
    this.leaveGroup();
    if (this.iea) addFault(this.faults, outside('IEA', 'IEA'));
    this.iea = iea;
    const count = this.groups.length;
    // Interchanges of acknowledgements alone declare none or their TA1s, both in use.
    const isAlone = count === 0 && isCount(iea.at(1), this.acknowledged.length);
    if (!isCount(iea.at(1), count) && !isAlone)
      addFault(this.faults, countsDiffer('IEA01', 'functional groups', iea.at(1), count));
    const control = this.isa?.at(13) ?? '';
    if (this.isa && !isSameControl(iea.at(2), control))
      addFault(this.faults, controlsDiffer('IEA02', iea.at(2), control));
  }
}

/** Takes text as it comes and gives interchanges, each when it is over. None when it holds no X12. */
export class X12Envelopes<T> {
  private readonly tokenizer = new Tokenizer();
  private readonly interchanges: Interchanges<X12Segment, Separators, X12Envelope<T>>;

  constructor(keep: KeepSet<T>) {
    this.interchanges = new Interchanges<X12Segment, Separators, X12Envelope<T>>({
      begins: 'ISA',
      identity: [6, 8, 13],
      open: (separators, first) => new Envelope(separators, first, keep),
    });
  }

  take(more: string, isLast: boolean): Generator<X12Envelope<T>> {
    return this.interchanges.take(this.tokenizer.take(more, isLast), isLast);
  }
}
