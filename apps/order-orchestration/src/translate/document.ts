/** A document read from a file or a shop: one we can submit, or one to put aside with its reason. */
import { createHash } from 'node:crypto';
import {
  documentIdOf,
  type OrderDocument,
  type ReasonCode,
  type SubmitAdjustmentData,
  type SubmitOrderData,
  type SubmitReturnData,
} from '@crossdock/contracts';

export { documentIdOf };

export type ReturnDocument = Omit<SubmitReturnData, 'returnId' | 'channel' | 'contentHash' | 'source'>;
export type AdjustmentDocument = Omit<SubmitAdjustmentData, 'adjustmentId' | 'channel' | 'contentHash' | 'source'>;

interface Read {
  readonly documentNo: string;
  /** number of its first row in the file; the header is row 1 */
  readonly row: number;
}
export interface Unreadable extends Read {
  readonly kind: 'unreadable';
  readonly reason: ReasonCode;
  readonly text: string;
  /** the document as it came */
  readonly content: Record<string, unknown>;
}
export type ReadDocument =
  | (Read & { readonly kind: 'order'; readonly document: OrderDocument })
  | (Read & { readonly kind: 'return'; readonly document: ReturnDocument })
  | (Read & { readonly kind: 'adjustment'; readonly document: AdjustmentDocument })
  | Unreadable;

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, sorted(part)]));
};
/** Hash of a document's content: the same whatever the order of its fields and wherever it stood. */
export const contentHashOf = (content: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(content)))
    .digest('hex')
    .slice(0, 32);

interface Origin {
  readonly tenant: string;
  readonly channel: string;
  /** file and row, or the webhook's id */
  readonly source?: string;
  readonly daysAhead?: number;
}
const from = ({ channel, source, daysAhead }: Origin) => ({
  channel,
  ...(source ? { source: source.slice(0, 500) } : {}),
  ...(daysAhead === undefined ? {} : { daysAhead }),
});

export const orderData = (document: OrderDocument, origin: Origin): SubmitOrderData => ({
  ...document,
  ...from(origin),
  orderId: documentIdOf(origin.tenant, origin.channel, document.documentNo),
  contentHash: contentHashOf(document),
});
export const returnData = (document: ReturnDocument, origin: Origin): SubmitReturnData => ({
  ...document,
  ...from(origin),
  returnId: documentIdOf(origin.tenant, origin.channel, document.documentNo),
  contentHash: contentHashOf(document),
});
export const adjustmentData = (document: AdjustmentDocument, origin: Origin): SubmitAdjustmentData => ({
  ...document,
  ...from(origin),
  adjustmentId: documentIdOf(origin.tenant, origin.channel, document.documentNo),
  contentHash: contentHashOf(document),
});
