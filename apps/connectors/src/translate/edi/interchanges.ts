/** A file of one or more interchanges, cut where the next one begins: ISA in X12, UNB in EDIFACT. */
import { INTERCHANGES_MAX } from './faults.js';
import type { Segment } from './segment.js';

interface Token<S, P> {
  readonly segment: S;
  readonly separators: P;
}
/** An interchange while its segments arrive. */
interface Open<S, E> {
  take(segment: S): void;
  /** one with the same sender, receiver and control number was in this file already */
  repeatedIn(segment: S): void;
  /** nothing after it is read */
  stop(): void;
  close(): E;
}
interface Syntax<S, P, E> {
  readonly begins: string;
  /** elements of the first segment: sender, receiver, control number */
  readonly identity: readonly number[];
  /** `first` is undefined when a file begins within an interchange */
  readonly open: (separators: P, first: S | undefined) => Open<S, E>;
}

/** The interchanges of a file, each when it is over; the first `INTERCHANGES_MAX` of them. */
export class Interchanges<S extends Segment, P, E> {
  private open: Open<S, E> | undefined;
  private readonly controls = new Set<string>();
  private count = 0;

  constructor(private readonly syntax: Syntax<S, P, E>) {}

  /** More of the file; `isLast` when it ends with these. */
  *take(tokens: Iterable<Token<S, P>>, isLast: boolean): Generator<E> {
    for (const token of tokens) {
      if (this.count > INTERCHANGES_MAX) continue;
      const closed = this.place(token);
      if (closed) yield closed;
    }
    const last = isLast ? this.open?.close() : undefined;
    if (last) yield last;
  }

  private place({ segment, separators }: Token<S, P>): E | undefined {
    const { begins, open } = this.syntax;
    if (segment.tag !== begins) {
      this.open ??= open(separators, undefined);
      this.open.take(segment);
      return undefined;
    }
    if (++this.count > INTERCHANGES_MAX) {
      this.open?.stop();
      return undefined;
    }
    const before = this.open?.close();
    this.open = open(separators, segment);
    const control = this.syntax.identity.map((element) => segment.at(element).trim()).join(' ');
    if (this.controls.has(control)) this.open.repeatedIn(segment);
    this.controls.add(control);
    return before;
  }
}
