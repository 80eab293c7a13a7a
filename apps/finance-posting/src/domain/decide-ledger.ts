/**
 * The ledger, by legal entity: numbers without gaps, the ERP asked to post, journals that balance. A document counts as
 * posted only under the ERP's own number.
 */
import {
  accept,
  ask,
  answer,
  change,
  defer,
  defineDecider,
  ignore,
  ref,
  reject,
  rule,
  say,
  type Decision,
  type Input,
  type Output,
  type Ref,
} from '@crossdock/kernel';
import {
  caseRef,
  CreditMemoDrafted,
  CreditMemoPosted,
  endCase,
  InvoiceDrafted,
  InvoicePosted,
  PostingAnswer,
  PostingRefused,
  PostToErp,
  raiseCase,
  RetryPosting,
  ValueStock,
  ValueStockDue,
  type BilledLine,
  type BillingDraftedData,
  type PostedLine,
  type PostingAnswerData,
  type ReasonCode,
  type RetryPostingData,
} from '@crossdock/contracts';
import {
  amountsOf,
  billingDataOf,
  documentBlockIds,
  documentNoOf,
  DOCUMENT_BLOCK,
  type DocumentHeader,
  type KnownDocument,
} from './document.js';
import { balanceId } from './journal.js';
import { ledgerKinds, ledgerReads, postJournal, type Seen } from './ledger.js';
import { costOfGoods, creditMemo, isBalanced, journalIdOf, returnCost, salesInvoice } from './posting-rules.js';
import { stockValueRefs, valueStock, valueStockDue } from './decide-stock-value.js';

const COST_RULE = { invoice: 'cost-of-goods', 'credit-memo': 'return-cost' } as const;
const SALES_RULE = { invoice: 'sales-invoice', 'credit-memo': 'credit-memo' } as const;
const ANSWER_CASES = ['posting-unanswered', 'posting-refused'] as const satisfies readonly ReasonCode[];

const documentRef = (documentId: string): Ref => ref('document', documentId);
const lineRefs = (documentId: string, lineCount: number): readonly Ref[] =>
  documentBlockIds(documentId, lineCount).map((id) => ref('documentLines', id));
const bookRefs = (entity: string, postingDate: string): readonly Ref[] => [
  ref('book', entity),
  ref('balance', balanceId(entity, postingDate)),
];

/** True when the totals are those of the lines: nothing is numbered that could not be posted. */
const addsUp = ({ net, tax, gross, lines }: BillingDraftedData): boolean => {
  const { goods, freight, charges, tax: lineTax } = amountsOf(lines);
  return net === goods + freight + charges && tax === lineTax && gross === net + tax;
};

const headerOf = (input: Input<BillingDraftedData>, documentNo: string, sequence: number): DocumentHeader => {
  const { lines, cost, ...data } = input.data;
  return {
    ...data,
    documentNo,
    sequence,
    cost,
    draftedAt: input.at,
    correlationId: input.correlationId,
    lineCount: lines.length,
    amounts: amountsOf(lines),
    ...(input.batchId ? { batchId: input.batchId } : {}),
  };
};

/** Numbers the draft, posts the cost of its goods and asks the ERP to post it. */
const drafted = (input: Input<BillingDraftedData>, seen: Seen): Decision => {
  const { documentId, billing, entity, lines, cost } = input.data;
  if (seen.document(documentId).status !== 'none') return ignore('already-known');
  const known = seen.entity(entity);
  if (known.status === 'unknown') return defer('entity-unknown', ref('entity', entity));
  if (!addsUp(input.data)) return reject('journal-unbalanced');
  const sequence = seen.numbering(entity)[billing] + 1;
  const documentNo = documentNoOf(billing === 'invoice' ? known.invoicePrefix : known.creditMemoPrefix, sequence);
  const header = headerOf(input, documentNo, sequence);
  const blocks = documentBlockIds(documentId, lines.length).map((id, block) => {
    const part = lines.slice(block * DOCUMENT_BLOCK, (block + 1) * DOCUMENT_BLOCK);
    return change(ref('documentLines', id), { type: 'lines-kept', lines: part });
  });
  const entries = billing === 'invoice' ? costOfGoods(cost) : returnCost(cost);
  return accept(
    change(ref('numbering', entity), { type: 'number-given', billing }),
    change(documentRef(documentId), { type: 'document-numbered', header }),
    blocks,
    postJournal(COST_RULE[billing], documentId, { ...header, postingDate: header.documentDate, entries }, input, seen),
    ask(PostToErp, { ...billingDataOf({ ...header, status: 'submitted' }), lines }),
  );
};

const linesOf = (document: KnownDocument, { documentLines }: Seen): readonly BilledLine[] =>
  documentBlockIds(document.documentId, document.lineCount).flatMap((id) => documentLines(id).lines);

const endOpen = (document: KnownDocument, reasons: readonly ReasonCode[], at: string, seen: Seen): readonly Output[] =>
  reasons
    .filter((reason) => seen.case(caseRef(documentRef(document.documentId), reason).id).status === 'open')
    .map((reason) => endCase(documentRef(document.documentId), reason, { how: 'resolved', at }));

const openCase = (document: KnownDocument, reason: ReasonCode, text: string, input: Input): Output => {
  const { documentId, documentNo, entity, lineCount, orderId, orderNo, returnId } = document;
  const content: RetryPostingData = { documentId, entity, lineCount };
  return raiseCase({
    reason,
    text,
    content,
    at: input.at,
    subject: documentRef(documentId),
    keys: [
      `documentNo:${documentNo}`,
      ...(orderId ? [`order:${orderId}`] : []),
      ...(orderNo ? [`orderNo:${orderNo}`] : []),
      ...(returnId ? [`return:${returnId}`] : []),
    ],
    correlationId: document.correlationId,
    lane: entity,
    ...(document.batchId ? { batchId: document.batchId } : {}),
  });
};

/** The ERP has posted: now the sale stands in our ledger too, and everyone hears of it. */
const posted = (document: KnownDocument, erpDocumentNo: string, input: Input, seen: Seen): Decision => {
  const { documentId, billing, amounts } = document;
  const on = documentRef(documentId);
  const lines: PostedLine[] = linesOf(document, seen).map(({ lineNo, quantity, net, tax }) => ({
    lineNo,
    quantity,
    net,
    tax,
  }));
  const entries = billing === 'invoice' ? salesInvoice(amounts) : creditMemo(amounts);
  if (!isBalanced(entries)) return reject('journal-unbalanced');
  const data = { ...billingDataOf(document), erpDocumentNo, postedAt: input.at, lines };
  return accept(
    change(on, { type: 'document-posted', erpDocumentNo, at: input.at }),
    endOpen(document, ANSWER_CASES, input.at, seen),
    postJournal(
      SALES_RULE[billing],
      documentId,
      { ...document, postingDate: document.documentDate, entries },
      input,
      seen,
    ),
    say(billing === 'invoice' ? InvoicePosted : CreditMemoPosted, data, on),
  );
};

const answered = (input: Input<PostingAnswerData>, seen: Seen): Decision => {
  const { documentId, outcome, erpDocumentNo, text = '' } = input.data;
  const document = seen.document(documentId);
  if (document.status === 'none') return reject('illegal-transition');
  if (document.status === 'posted') return ignore('nothing-to-do');
  if (outcome === 'done' && erpDocumentNo) return posted(document, erpDocumentNo, input, seen);
  if (outcome === 'refused') {
    const refusal = text || 'The ERP gave no reason.';
    return accept(
      change(documentRef(documentId), { type: 'document-refused', text: refusal, at: input.at }),
      endOpen(document, ['posting-unanswered'], input.at, seen),
      openCase(document, 'posting-refused', refusal, input),
      say(PostingRefused, { ...billingDataOf(document), text: refusal }, documentRef(documentId)),
    );
  }
  if (document.status === 'refused') return ignore('nothing-to-do');
  return accept(openCase(document, 'posting-unanswered', text || 'The ERP gave no document number.', input));
};

/** An operator asks again. While the first question still waits for its answer there is nothing to add. */
const retried = ({ data }: Input<RetryPostingData>, seen: Seen): Decision => {
  const document = seen.document(data.documentId);
  if (document.status === 'none') return reject('not-found');
  const told = { documentId: document.documentId, documentNo: document.documentNo, status: 'submitted' };
  if (document.status !== 'refused') return ignore('nothing-to-do', { ...told, status: document.status });
  return accept(
    change(documentRef(data.documentId), { type: 'document-resubmitted' }),
    ask(PostToErp, { ...billingDataOf(document), lines: [...linesOf(document, seen)] }),
    answer(told),
  );
};

const draftRefs = ({ data }: Input<BillingDraftedData>): readonly Ref[] => [
  ref('entity', data.entity),
  ref('numbering', data.entity),
  documentRef(data.documentId),
  ...lineRefs(data.documentId, data.lines.length),
  ref('journal', journalIdOf(COST_RULE[data.billing], data.documentId)),
  ...bookRefs(data.entity, data.documentDate),
];

export const ledger = defineDecider({
  name: 'ledger',
  kinds: ledgerKinds,
  reads: ledgerReads,
  rules: [
    rule(InvoiceDrafted, draftRefs, drafted),
    rule(CreditMemoDrafted, draftRefs, drafted),
    rule(
      PostingAnswer,
      ({ data }) => [
        documentRef(data.documentId),
        ...lineRefs(data.documentId, data.lineCount),
        ...Object.values(SALES_RULE).map((by) => ref('journal', journalIdOf(by, data.documentId))),
        ...bookRefs(data.entity, data.documentDate),
        ...ANSWER_CASES.map((reason) => caseRef(documentRef(data.documentId), reason)),
      ],
      answered,
    ),
    rule(
      RetryPosting,
      ({ data }) => [documentRef(data.documentId), ...lineRefs(data.documentId, data.lineCount)],
      retried,
    ),
    rule(ValueStock, ({ data }) => [...stockValueRefs(data), ...bookRefs(data.entity, data.postingDate)], valueStock),
    rule(
      ValueStockDue,
      ({ data }) => [...stockValueRefs(data), ...bookRefs(data.entity, data.postingDate)],
      valueStockDue,
    ),
  ],
});
