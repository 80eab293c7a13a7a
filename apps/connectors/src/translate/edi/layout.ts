/**
 * The loops (X12) and segment groups (EDIFACT) of a message as data, and the tree of a message that was received.
 * Partners leave out, add and reorder: a segment goes to the innermost open loop that lists it, else it stays where it
 * was found. Nothing is refused here and nothing is lost.
 */
import type { Segment } from './segment.js';

export interface Layout {
  /** segment that opens the loop */
  readonly tag: string;
  /** further segments of the loop itself */
  readonly own: ReadonlySet<string>;
  readonly loops: ReadonlyMap<string, Layout>;
}
/** `loop('N1', 'N2 N3 N4 REF PER')`: opened by N1, with those segments and loops of its own. */
export const loop = (tag: string, own = '', ...loops: readonly Layout[]): Layout => ({
  tag,
  own: new Set(own.split(' ')),
  loops: new Map(loops.map((one) => [one.tag, one])),
});

export class Loop<S extends Segment> {
  /** the segments of the loop itself, the one that opens it first */
  readonly segments: S[];
  readonly loops: Loop<S>[] = [];

  constructor(
    readonly layout: Layout,
    readonly opening: S,
  ) {
    this.segments = [opening];
  }

  first(tag: string): S | undefined {
    return this.segments.find((segment) => segment.tag === tag);
  }
  all(tag: string): readonly S[] {
    return this.segments.filter((segment) => segment.tag === tag);
  }
  /** Loops that begin with the tag, in order. */
  of(tag: string): readonly Loop<S>[] {
    return this.loops.filter(({ opening }) => opening.tag === tag);
  }
  /** The first loop that begins with the tag. */
  one(tag: string): Loop<S> | undefined {
    return this.loops.find(({ opening }) => opening.tag === tag);
  }
  /** Segments of a tag wherever they stand at or below this loop, the loop's own first. */
  *deep(tag: string): Generator<S> {
    yield* this.all(tag);
    for (const inner of this.loops) yield* inner.deep(tag);
  }
}

/** Puts segments where the layout says; the first opens the message, its trailer is left out by the caller. */
export const arrange = <S extends Segment>(layout: Layout, segments: readonly S[]): Loop<S> => {
  const [opening, ...rest] = segments as readonly [S, ...S[]];
  const root = new Loop<S>(layout, opening);
  const open: Loop<S>[] = [root];
  for (const segment of rest) {
    let at = open.length - 1;
    while (at >= 0 && !open[at]?.layout.loops.has(segment.tag) && !open[at]?.layout.own.has(segment.tag)) at--;
    const place = open[at] ?? open.at(-1) ?? root;
    if (at >= 0) open.length = at + 1;
    const inner = place.layout.loops.get(segment.tag);
    if (!inner) {
      place.segments.push(segment);
      continue;
    }
    const next = new Loop<S>(inner, segment);
    place.loops.push(next);
    open.push(next);
  }
  return root;
};
