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

/** The interchanges of a file, one at a time; the first `INTERCHANGES_MAX` of them. */
export function* interchangesOf<S extends Segment, P, E>(
  tokens: Iterable<Token<S, P>>,
  { begins, identity, open: openWith }: Syntax<S, P, E>,
): Generator<E> {
  let open: Open<S, E> | undefined;
  const controls = new Set<string>();
  let interchanges = 0;
  for (const { segment, separators } of tokens) {
    if (segment.tag === begins) {
      if (++interchanges > INTERCHANGES_MAX) {
        open?.stop();
        break;
      }
      if (open) yield open.close();
      open = openWith(separators, segment);
      const control = identity.map((element) => segment.at(element).trim()).join(' ');
      if (controls.has(control)) open.repeatedIn(segment);
      controls.add(control);
    } else {
      open ??= openWith(separators, undefined);
      open.take(segment);
    }
  }
  if (open) yield open.close();
}
