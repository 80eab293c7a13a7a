/** Asks the ERP to post an invoice or credit memo. It is posted once: by idempotency key, and by our reference. */
import {
  PostingAnswer,
  PostToErp,
  type BilledLine,
  type PostingAnswerData,
  type PostToErpData,
} from '@crossdock/contracts';
import { defineAsk, type AskOutcome } from '@crossdock/runtime';
import type { FinanceSettings } from '../config.js';

/** Body of `POST {erpUrl}/erp/postings`. Amounts are minor units, positive on invoices and credit memos alike. */
export interface ErpPosting {
  /** our document id; the ERP posts one document per reference */
  readonly reference: string;
  readonly kind: 'invoice' | 'credit-memo';
  readonly documentNo: string;
  readonly entity: string;
  readonly account: string;
  readonly currency: string;
  /** YYYY-MM-DD */
  readonly documentDate: string;
  readonly orderNo?: string;
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
  readonly lines: readonly BilledLine[];
}
/** What the ERP answers, also to `GET {erpUrl}/erp/postings?reference=`. */
export interface ErpPosted {
  readonly reference: string;
  readonly erpDocumentNo: string;
}

export const erpPosting = (data: PostToErpData): ErpPosting => ({
  reference: data.documentId,
  kind: data.billing,
  documentNo: data.documentNo,
  entity: data.entity,
  account: data.account,
  currency: data.currency,
  documentDate: data.documentDate,
  ...(data.orderNo === undefined ? {} : { orderNo: data.orderNo }),
  net: data.net,
  tax: data.tax,
  gross: data.gross,
  lines: data.lines,
});

/** An answer that does not name its document is no answer: it throws, so the ERP is asked again. */
const posted = (answer: Partial<ErpPosted>, reference: string): ErpPosted => {
  const { erpDocumentNo } = answer;
  if (answer.reference !== reference || typeof erpDocumentNo !== 'string' || erpDocumentNo === '')
    throw new Error(`the ERP's answer does not say what it posted for ${reference}`);
  return { reference, erpDocumentNo };
};

export const answerFrom = (data: PostToErpData, outcome: AskOutcome<ErpPosted>): PostingAnswerData => ({
  documentId: data.documentId,
  entity: data.entity,
  documentDate: data.documentDate,
  lineCount: data.lines.length,
  outcome: outcome.outcome,
  ...(outcome.outcome === 'done'
    ? { erpDocumentNo: outcome.result.erpDocumentNo }
    : { text: outcome.text.slice(0, 1000) }),
});

export const postToErp = defineAsk<PostToErpData, PostingAnswerData, ErpPosted, FinanceSettings>({
  asks: PostToErp,
  system: 'erp',
  policy: {
    deadlineMs: 10_000,
    concurrency: 64,
    unansweredAfterMs: 60_000,
    backoffMs: [200, 15_000],
  },
  find: async ({ data }, outside, { erpUrl }) => {
    const known = await outside.find<Partial<ErpPosted>>(
      `${erpUrl}/erp/postings?reference=${encodeURIComponent(data.documentId)}`,
    );
    return known && posted(known, data.documentId);
  },
  call: async ({ data }, outside, { erpUrl }) => {
    const headers = { 'Idempotency-Key': data.documentId };
    const answer = await outside.request<Partial<ErpPosted>>(
      'POST',
      `${erpUrl}/erp/postings`,
      erpPosting(data),
      headers,
    );
    return posted(answer, data.documentId);
  },
  answers: PostingAnswer,
  answer: ({ data }, outcome) => answerFrom(data, outcome),
});
