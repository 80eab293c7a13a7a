/** The ERP's posted documents: each once, and only when its sums are right. */
import { createHash } from 'node:crypto';
import type { Refusal } from './orders.js';

export interface PostingRequest {
  /** the caller's own id of the document; finds it again */
  readonly reference: string;
  /** its invoice or credit memo number; once per entity */
  readonly documentNo: string;
  readonly kind: 'invoice' | 'credit-memo';
  readonly entity: string;
  readonly account: string;
  readonly currency: string;
  /** YYYY-MM-DD */
  readonly documentDate: string;
  /** minor units */
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
  readonly lines?: readonly { readonly net: number; readonly tax: number }[];
}
export interface ErpPosting extends Omit<PostingRequest, 'lines'> {
  readonly erpDocumentNo: string;
  readonly postedAt: string;
}
export interface PostingEntry {
  readonly type: 'posted';
  readonly key: string;
  readonly content: string;
  readonly posting: ErpPosting;
}
export type PostingVerdict =
  { readonly known: ErpPosting } | { readonly entry: PostingEntry } | { readonly refusal: Refusal };

export interface PostingTotals {
  readonly documents: number;
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
}

const FIRST_NO = 9_000_000_001;
const refuse = (status: number, code: string, text: string): PostingVerdict => ({ refusal: { status, code, text } });
const numberId = (entity: string, documentNo: string) => `${entity}/${documentNo}`;
const isAmount = (value: unknown): value is number => Number.isSafeInteger(value);
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Short mark of a body, to tell a repetition from another document. */
export const contentMark = (body: unknown): string =>
  createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 16);

/** The first thing that is wrong with a document, if any. */
const faultOf = (request: Partial<PostingRequest>): Refusal | undefined => {
  const { reference, documentNo, entity, account, currency, documentDate, kind, net, tax, gross, lines } = request;
  for (const [name, value] of Object.entries({ reference, documentNo, entity, account, currency, documentDate })) {
    if (typeof value !== 'string' || value === '')
      return { status: 400, code: 'field-missing', text: `${name} is missing` };
  }
  if (kind !== 'invoice' && kind !== 'credit-memo') {
    return { status: 400, code: 'field-wrong', text: 'kind must be invoice or credit-memo' };
  }
  if (!isAmount(net) || !isAmount(tax) || !isAmount(gross)) {
    return { status: 400, code: 'field-wrong', text: 'net, tax and gross must be whole minor units' };
  }
  if (net + tax !== gross)
    return { status: 422, code: 'sums-differ', text: `net ${net} + tax ${tax} is not gross ${gross}` };
  if (!lines) return undefined;
  const ofLines = { net: sumOf(lines.map((line) => line.net)), tax: sumOf(lines.map((line) => line.tax)) };
  if (ofLines.net === net && ofLines.tax === tax) return undefined;
  return {
    status: 422,
    code: 'sums-differ',
    text: `lines add up to ${ofLines.net} and ${ofLines.tax}, not ${net} and ${tax}`,
  };
};

export class PostingBook {
  private readonly byKey = new Map<string, { readonly reference: string; readonly content: string }>();
  private readonly byReference = new Map<string, ErpPosting>();
  private readonly byNumber = new Map<string, string>();

  /** What a document comes to; nothing is changed before its entry is applied. */
  post(key: string, content: string, request: Partial<PostingRequest>, at: string): PostingVerdict {
    if (!key) return refuse(400, 'field-missing', 'Idempotency-Key is missing');
    const before = this.byKey.get(key);
    if (before && before.content !== content)
      return refuse(422, 'key-reused', 'the same Idempotency-Key came with another body');
    const fault = faultOf(request);
    if (fault) return { refusal: fault };
    const { lines: _lines, ...document } = request as PostingRequest;
    const known = this.byReference.get(document.reference);
    if (known) {
      if (known.documentNo === document.documentNo && known.gross === document.gross) return { known };
      return refuse(
        422,
        'document-changed',
        `${document.reference} was posted as ${known.documentNo} over ${known.gross}`,
      );
    }
    const holder = this.byNumber.get(numberId(document.entity, document.documentNo));
    if (holder) return refuse(422, 'number-taken', `${document.documentNo} was posted for ${holder}`);
    const { reference, documentNo, kind, entity, account, currency, documentDate, net, tax, gross } = document;
    const erpDocumentNo = String(FIRST_NO + this.byReference.size);
    const posting = {
      erpDocumentNo,
      postedAt: at,
      reference,
      documentNo,
      kind,
      entity,
      account,
      currency,
      documentDate,
      net,
      tax,
      gross,
    };
    return { entry: { type: 'posted', key, content, posting } };
  }

  apply({ key, content, posting }: PostingEntry): void {
    this.byKey.set(key, { reference: posting.reference, content });
    this.byReference.set(posting.reference, posting);
    this.byNumber.set(numberId(posting.entity, posting.documentNo), posting.reference);
  }

  find(reference: string): ErpPosting | undefined {
    return this.byReference.get(reference);
  }

  all(): readonly ErpPosting[] {
    return [...this.byReference.values()];
  }

  totals(): Readonly<Record<string, PostingTotals>> {
    const totals: Record<string, PostingTotals> = {};
    for (const { kind, currency, net, tax, gross } of this.byReference.values()) {
      const name = `${kind}/${currency}`;
      const sum = totals[name] ?? { documents: 0, net: 0, tax: 0, gross: 0 };
      totals[name] = { documents: sum.documents + 1, net: sum.net + net, tax: sum.tax + tax, gross: sum.gross + gross };
    }
    return totals;
  }
}
