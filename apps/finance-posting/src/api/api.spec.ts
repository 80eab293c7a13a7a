import { plusMs } from '@crossdock/kernel';
import { Problem, type Caller } from '@crossdock/runtime';
import { FinanceDay } from '../domain/finance-day.builders.js';
import {
  aFreightLine,
  aLine,
  aMovementLine,
  aMovementRecorded,
  anEntityChanged,
  anItemChanged,
  aNodeChanged,
  anOrderAccepted,
  aReturnReceived,
  aShipmentDispatched,
  BATCH,
  MORNING,
} from '../domain/finance.builders.js';
import { BatchesController } from './batches.controller.js';
import { BillingDocumentsController } from './billing-documents.controller.js';
import { JournalsController } from './journals.controller.js';
import { queriesOver } from './memory-queries.builders.js';
import { TrialBalanceController } from './trial-balance.controller.js';

const caller: Caller = {
  tenant: 'acme',
  actor: { kind: 'user', id: 'ada' },
  scopes: ['finance:read'],
  correlationId: 'c',
};
const EVENING = plusMs(MORNING, 10 * 3_600_000);

/** 10 at 25.00 with 20 % tax and freight 30.00, shipped 6 and 4; 2 of them back; a receipt of 100. Cost 14.00. */
const day = new FinanceDay().hear(
  anEntityChanged(),
  aNodeChanged(),
  anItemChanged('ITEM-1', '14.00'),
  aMovementRecorded({ lines: [aMovementLine(1, { sellable: 100 })] }, { batchId: 'opening' }),
  anOrderAccepted({ lines: [aLine(1), aFreightLine(2, '30.00')] }),
  aShipmentDispatched({ 1: 6 }),
  aShipmentDispatched({ 1: 4 }, { shipmentId: 'shipment-2' }),
  aReturnReceived(undefined, { returnDate: '2010-12-03' }, { at: EVENING }),
);
const queries = queriesOver(day);
const documents = new BillingDocumentsController(queries);
const journals = new JournalsController(queries);
const balances = new TrialBalanceController(queries);
const problemOf = async (asked: Promise<unknown>): Promise<Problem | undefined> =>
  asked.then(
    () => undefined,
    (error: unknown) => (error instanceof Problem ? error : undefined),
  );

describe('invoices', () => {
  it('are found by order number, order id, account and batch, newest first', async () => {
    for (const query of [{ order: '536365' }, { order: 'order-1' }, { account: '17850' }, { batch: BATCH }]) {
      const { invoices } = await documents.invoices(caller, query);
      expect(invoices.map(({ documentNo }) => documentNo)).toEqual(['UK-I0000002', 'UK-I0000001']);
    }
  });
  it('show their state, the number of the ERP and their money', async () => {
    const { invoices } = await documents.invoices(caller, { order: '536365', status: 'posted' });
    expect(invoices[1]).toMatchObject({
      kind: 'invoice',
      status: 'posted',
      erpDocumentNo: 'ERP-UK-I0000001',
      net: 18000,
      tax: 3000,
      gross: 21000,
    });
  });
  it('are given in pages', async () => {
    const first = await documents.invoices(caller, { order: '536365', limit: '1' });
    const second = await documents.invoices(caller, { order: '536365', limit: '1', after: first.after ?? '' });
    expect([...first.invoices, ...second.invoices].map(({ documentNo }) => documentNo)).toEqual([
      'UK-I0000002',
      'UK-I0000001',
    ]);
  });
  it('have their lines and their tax by rate', async () => {
    const { lines, taxSubtotals } = await documents.invoice(caller, 'UK-I0000001');
    expect(taxSubtotals).toEqual([
      { taxPercent: '0', net: 3000, tax: 0 },
      { taxPercent: '20', net: 15000, tax: 3000 },
    ]);
    expect(lines).toMatchObject([
      { lineNo: 1, quantity: 6, net: 15000 },
      { lineNo: 2, kind: 'freight', net: 3000 },
    ]);
  });
  it('are no credit memos', async () => {
    expect((await problemOf(documents.invoice(caller, 'UK-C0000001')))?.status).toBe(404);
    const { creditMemos } = await documents.creditMemos(caller, { return: 'return-1' });
    expect(creditMemos).toMatchObject([{ kind: 'credit-memo', documentNo: 'UK-C0000001', net: 5000 }]);
  });
  it('that do not exist are not found', async () => {
    expect((await problemOf(documents.invoice(caller, 'UK-I0000009')))?.code).toBe('not-found');
  });
  it.each(['0', '1001', 'many'])('in pages of %s are refused', async (limit) => {
    const problem = await problemOf(documents.invoices(caller, { limit }));
    expect([problem?.status, problem?.more.errors?.[0]?.field]).toEqual([400, 'limit']);
  });
});

describe('a batch', () => {
  it('sums what was posted, invoices and credit memos apart', async () => {
    const batch = await new BatchesController(queries).money(caller, BATCH);
    expect(batch).toEqual({
      batchId: BATCH,
      currency: 'GBP',
      invoicedNet: 28000,
      creditedNet: 5000,
      tax: 4000,
      debits: 8400 + 5600 + 21000 + 12000 + 2800 + 6000,
      credits: 8400 + 5600 + 21000 + 12000 + 2800 + 6000,
      invoicesPosted: 2,
      creditMemosPosted: 1,
    });
  });
  it('of nothing is nothing', async () => {
    expect(await new BatchesController(queries).money(caller, 'none')).toMatchObject({
      currency: null,
      invoicedNet: 0,
    });
  });
});

describe('journals', () => {
  it('are found by their source, with account names', async () => {
    const { invoices } = await documents.invoices(caller, { order: '536365' });
    const { journals: found } = await journals.journals(caller, invoices[0]?.documentId);
    expect(found.map(({ rule }) => rule)).toEqual(['sales-invoice.1', 'cost-of-goods.1']);
    expect(found[0]?.entries[0]).toEqual({ account: '1100', name: 'AR', debit: 12000, credit: 0 });
  });
  it('say who posted them, when and from which message', async () => {
    const { journals: found } = await journals.journals(caller, 'movement-1');
    const one = await journals.journal(caller, found[0]?.journalId ?? '');
    expect(one).toMatchObject({ actor: 'system:wms', recordedAt: MORNING, correlationId: 'correlation-1', no: 1 });
    expect(one.messageId).toMatch(/^[0-9a-f]{32}$/);
  });
  it('need a source or a batch', async () => {
    expect((await problemOf(journals.journals(caller)))?.status).toBe(400);
    expect((await problemOf(journals.journal(caller, 'none')))?.status).toBe(404);
  });
  it('of an entity are complete, chained and balanced', async () => {
    expect(await journals.trail(caller, 'CD-UK')).toMatchObject({ journals: 7, complete: true, faults: [] });
    expect((await problemOf(journals.trail(caller, 'NOWHERE')))?.status).toBe(404);
    expect((await problemOf(journals.trail(caller)))?.more.errors?.[0]?.field).toBe('entity');
  });
});

describe('the trial balance', () => {
  const of = async (query: { asOf?: string; knownAt?: string; through?: string }) => {
    const answer = await balances.trialBalance(caller, { entity: 'CD-UK', ...query });
    expect(answer.balanced).toBe(true);
    return { ...answer, by: Object.fromEntries(answer.accounts.map(({ name, balance }) => [name, balance])) };
  };
  it('of now has everything', async () => {
    const { by, through, final } = await of({});
    expect(by).toEqual({
      AR: 27000,
      INVENTORY: 140000 - 14000 + 2800,
      GRNI: -140000,
      TAX_PAYABLE: -4000,
      REVENUE: -25000,
      FREIGHT_REVENUE: -3000,
      SALES_RETURNS: 5000,
      COGS: 11200,
    });
    expect([through, final]).toEqual([7, false]);
  });
  it('of a business day leaves out later ones', async () => {
    const early = await of({ asOf: '2010-12-02' });
    const { by } = early;
    expect(early).toMatchObject({ postedUntil: '2010-12-02', balanced: true });
    expect([by['AR'], by['SALES_RETURNS']]).toEqual([33000, undefined]);
    expect((await of({ asOf: '2010-12-03' })).by['AR']).toBe(27000);
  });
  it('of a moment is what was recorded by then, for ever', async () => {
    const { by, final } = await of({ asOf: plusMs(MORNING, 1000) });
    expect([by['AR'], final]).toEqual([33000, true]);
    expect((await of({ asOf: plusMs(EVENING, 3_600_000) })).final).toBe(false);
    expect((await of({ asOf: '2010-12-31', knownAt: plusMs(MORNING, 1000) })).by['AR']).toBe(33000);
  });
  it('through a journal stops there', async () => {
    const { by, final } = await of({ through: '1' });
    expect([by, final]).toEqual([{ INVENTORY: 140000, GRNI: -140000 }, true]);
    expect((await of({ through: '7' })).final).toBe(true);
  });
  it('of an entity without books is empty', async () => {
    const empty = await balances.trialBalance(caller, { entity: 'NEW' });
    expect(empty).toMatchObject({ accounts: [], totals: [], balanced: true });
  });
  it.each([
    ['entity', {}],
    ['asOf', { entity: 'CD-UK', asOf: '2010-13-01' }],
    ['knownAt', { entity: 'CD-UK', knownAt: 'yesterday' }],
    ['through', { entity: 'CD-UK', through: '0' }],
  ])('refuses an unreadable %s and names it', async (field, query) => {
    const problem = await problemOf(balances.trialBalance(caller, query));
    expect([problem?.status, problem?.code, problem?.more.errors?.[0]?.field]).toEqual([
      400,
      'request-malformed',
      field,
    ]);
  });
  it('knows the chart of accounts', () => {
    expect(balances.accounts().accounts).toContainEqual({ account: '4060', name: 'OTHER_CHARGES', type: 'revenue' });
  });
});
