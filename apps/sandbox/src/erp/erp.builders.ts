import type { OrderRequest } from './orders.js';
import type { PostingRequest } from './postings.js';

export const anOrderRequest = (more: Partial<OrderRequest> = {}): OrderRequest => ({
  reference: 'order-1',
  orderNo: '536365',
  account: '17850',
  entity: 'CD-UK',
  currency: 'GBP',
  lines: [{ lineNo: 1, item: '85123A', quantity: 6 }],
  ...more,
});

export const aPostingRequest = (more: Partial<PostingRequest> = {}): PostingRequest => ({
  reference: 'invoice-1',
  documentNo: 'INV-000001',
  kind: 'invoice',
  entity: 'CD-UK',
  account: '17850',
  currency: 'GBP',
  documentDate: '2010-12-01',
  net: 1530,
  tax: 306,
  gross: 1836,
  lines: [{ net: 1530, tax: 306 }],
  ...more,
});
