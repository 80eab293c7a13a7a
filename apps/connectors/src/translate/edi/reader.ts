/** Documents of a file as its text comes, whatever its envelopes are: each is read when it is whole and held no longer. */
import type { Interchange, InterchangeHead, Reader, TranslatedDocument } from '../translation.js';
import { notAnInterchange } from './faults.js';

/** Interchanges of a file, each when it is over; their documents were given away as they became whole. */
interface Envelopes<E> {
  take(text: string, isLast: boolean): Iterable<E>;
}
export interface EdiSyntax<H, E> {
  readonly standard: 'X12' | 'EDIFACT';
  /** tag of the segment that begins an interchange */
  readonly begins: string;
  readonly envelopes: (give: (head: H, document: TranslatedDocument) => void) => Envelopes<E>;
  readonly headOf: (head: H) => InterchangeHead;
  readonly interchangeOf: (envelope: E, documents: readonly TranslatedDocument[]) => Interchange;
}

/** Text that holds no interchange gives one with a fault and no document. */
export class EdiReader<H, E> implements Reader {
  private readonly envelopes: Envelopes<E>;
  private ready: { readonly head: H; readonly document: TranslatedDocument }[] = [];
  private isEmpty = true;

  constructor(private readonly syntax: EdiSyntax<H, E>) {
    this.envelopes = syntax.envelopes((head, document) => void this.ready.push({ head, document }));
  }

  *take(text: string, isLast: boolean): Generator<Interchange> {
    const { standard, begins, interchangeOf } = this.syntax;
    for (const envelope of this.envelopes.take(text, isLast)) {
      this.isEmpty = false;
      const documents = this.ready.splice(0).map(({ document }) => document);
      yield interchangeOf(envelope, documents);
    }
    if (isLast && this.isEmpty) yield { standard, documents: [], faults: [notAnInterchange(begins, standard)] };
  }
  drain() {
    return this.ready.splice(0).map(({ head, document }) => ({ head: this.syntax.headOf(head), document }));
  }
}
