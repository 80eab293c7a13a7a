import {
  CreditMemoDrafted,
  CreditMemoPosted,
  InvoiceDrafted,
  InvoicePosted,
  JournalPosted,
  PostingRefused,
  RetryPosting,
  ShipmentDispatched,
  ValueStock,
  ValueStockDue,
  type CaseState,
  type Message,
} from '@crossdock/contracts';
import { defineService, type RetryOf } from '@crossdock/runtime';
import { BatchesController } from './api/batches.controller.js';
import { BillingDocumentsController } from './api/billing-documents.controller.js';
import { JournalsController } from './api/journals.controller.js';
import { TrialBalanceController } from './api/trial-balance.controller.js';
import { postToErp } from './ask/erp.js';
import { FinanceSettings } from './config.js';
import { catalogue } from './domain/catalogue.js';
import { billing } from './domain/decide-billing.js';
import { ledger } from './domain/decide-ledger.js';
import { valuation } from './domain/decide-valuation.js';

/** A case keeps what its retry needs as `content`. */
const again =
  (contract: Message): RetryOf =>
  ({ content }: CaseState) =>
    content === undefined ? undefined : { contract, data: content };

/** Turns what was shipped, charged or given back into invoices, credit memos and balanced journals. */
export const financePosting = defineService({
  name: 'finance-posting',
  domain: 'finance',
  about: 'Bills what was shipped, credits what came back, and keeps the ledger in balance with the ERP.',
  decides: [billing, ledger, valuation, catalogue],
  says: [InvoiceDrafted, CreditMemoDrafted, ValueStock, InvoicePosted, CreditMemoPosted, PostingRefused, JournalPosted],
  asks: [postToErp],
  opens: [BillingDocumentsController, JournalsController, TrialBalanceController, BatchesController],
  settings: FinanceSettings,
  retries: {
    'posting-refused': again(RetryPosting),
    'posting-unanswered': again(RetryPosting),
    'cost-unknown': again(ValueStockDue),
    'billing-above-order': again(ShipmentDispatched),
    'line-unknown': again(ShipmentDispatched),
  },
});
