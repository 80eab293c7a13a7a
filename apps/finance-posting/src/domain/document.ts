/** Invoices and credit memos: numbered without gaps, submitted to the ERP, posted under its number. Never edited. */
import { kind, type Instant } from '@crossdock/kernel';
import type { BilledLine, BillingData, BillingKind } from '@crossdock/contracts';
import type { BilledAmounts } from './posting-rules.js';

/** The last number given per kind of document; every number has its document, so there are no gaps. */
export interface Numbering {
  readonly entity: string;
  readonly invoice: number;
  readonly 'credit-memo': number;
}
export const numberingKind = kind<Numbering, { readonly type: 'number-given'; readonly billing: BillingKind }>({
  initial: (id) => ({ entity: id, invoice: 0, 'credit-memo': 0 }),
  evolve: (state, { billing }) => ({ ...state, [billing]: state[billing] + 1 }),
});
export const documentNoOf = (prefix: string, sequence: number): string =>
  `${prefix}${String(sequence).padStart(7, '0')}`;

export interface DocumentHeader extends BillingData {
  readonly documentNo: string;
  /** place in the entity's numbers of this kind, 1 for the first */
  readonly sequence: number;
  readonly draftedAt: Instant;
  readonly batchId?: string;
  readonly correlationId: string;
  readonly lineCount: number;
  /** net by what it stands for, and tax, as the sales journal posts them */
  readonly amounts: BilledAmounts;
  readonly cost: number;
}
export type Document =
  | { readonly status: 'none' }
  | (DocumentHeader & { readonly status: 'submitted' })
  | (DocumentHeader & { readonly status: 'refused'; readonly text: string; readonly refusedAt: Instant })
  | (DocumentHeader & { readonly status: 'posted'; readonly erpDocumentNo: string; readonly postedAt: Instant });
export type KnownDocument = Exclude<Document, { status: 'none' }>;

export type DocumentFact =
  | { readonly type: 'document-numbered'; readonly header: DocumentHeader }
  | { readonly type: 'document-posted'; readonly erpDocumentNo: string; readonly at: Instant }
  | { readonly type: 'document-refused'; readonly text: string; readonly at: Instant }
  | { readonly type: 'document-resubmitted' };

const headerOf = (document: KnownDocument): DocumentHeader => {
  if (document.status === 'submitted') {
    const { status: _, ...header } = document;
    return header;
  }
  if (document.status === 'refused') {
    const { status: _, text: _text, refusedAt: _at, ...header } = document;
    return header;
  }
  const { status: _, erpDocumentNo: _no, postedAt: _at, ...header } = document;
  return header;
};
/** What every message about the document says of it. */
export const billingDataOf = (document: KnownDocument): BillingData & { documentNo: string } => {
  const { documentId, documentNo, billing, entity, account, currency, documentDate, net, tax, gross } = document;
  const { orderId, orderNo, shipmentId, returnId } = document;
  return {
    documentId,
    documentNo,
    billing,
    entity,
    account,
    currency,
    documentDate,
    ...(orderId === undefined ? {} : { orderId }),
    ...(orderNo === undefined ? {} : { orderNo }),
    ...(shipmentId === undefined ? {} : { shipmentId }),
    ...(returnId === undefined ? {} : { returnId }),
    net,
    tax,
    gross,
  };
};

/** Keys begin with the kind of document, so that one list never mixes them. */
const listKeys = (document: KnownDocument): readonly string[] => {
  const { billing, account, orderId, orderNo, returnId, batchId, status } = document;
  return [
    billing,
    `${billing}:account:${account}`,
    `${billing}:status:${status}`,
    ...(orderId === undefined ? [] : [`${billing}:order:${orderId}`]),
    ...(orderNo === undefined ? [] : [`${billing}:orderNo:${orderNo}`]),
    ...(returnId === undefined ? [] : [`${billing}:return:${returnId}`]),
    ...(batchId === undefined ? [] : [`${billing}:batch:${batchId}`, `${billing}:${status}:batch:${batchId}`]),
  ];
};

export const documentKind = kind<Document, DocumentFact>({
  initial: () => ({ status: 'none' }),
  evolve: (state, fact) => {
    if (fact.type === 'document-numbered') return { ...fact.header, status: 'submitted' };
    if (state.status === 'none' || state.status === 'posted') return state;
    const header = headerOf(state);
    if (fact.type === 'document-posted')
      return { ...header, status: 'posted', erpDocumentNo: fact.erpDocumentNo, postedAt: fact.at };
    if (fact.type === 'document-refused') return { ...header, status: 'refused', text: fact.text, refusedAt: fact.at };
    return { ...header, status: 'submitted' };
  },
  keys: (state) =>
    state.status === 'none' ? [] : [`documentNo:${state.documentNo}`, `entity:${state.entity}`, ...listKeys(state)],
});

/** Lines are written once, in blocks, apart from the document that changes. */
export const DOCUMENT_BLOCK = 500;
export interface DocumentLines {
  readonly lines: readonly BilledLine[];
}
export const documentLinesKind = kind<
  DocumentLines,
  { readonly type: 'lines-kept'; readonly lines: readonly BilledLine[] }
>({
  initial: () => ({ lines: [] }),
  evolve: (_, { lines }) => ({ lines }),
});
export const documentBlockIds = (documentId: string, lineCount: number): readonly string[] =>
  Array.from({ length: Math.ceil(lineCount / DOCUMENT_BLOCK) }, (_, block) => `${documentId}/${block}`);

export const amountsOf = (lines: readonly BilledLine[]): BilledAmounts => {
  const amounts = { goods: 0, freight: 0, charges: 0, tax: 0 };
  for (const { kind: of, net, tax } of lines) {
    amounts[of === 'charge' ? 'charges' : of] += net;
    amounts.tax += tax;
  }
  return amounts;
};

/** Net and tax by rate (UBL TaxSubtotal), lowest rate first. */
export interface TaxSubtotal {
  readonly taxPercent: string;
  readonly net: number;
  readonly tax: number;
}
export const taxSubtotals = (lines: readonly BilledLine[]): readonly TaxSubtotal[] => {
  const byRate = new Map<string, TaxSubtotal>();
  for (const { taxPercent, net, tax } of lines) {
    const before = byRate.get(taxPercent) ?? { taxPercent, net: 0, tax: 0 };
    byRate.set(taxPercent, { taxPercent, net: before.net + net, tax: before.tax + tax });
  }
  return [...byRate.values()].toSorted((a, b) => Number(a.taxPercent) - Number(b.taxPercent));
};
