import {
  AdjustStock,
  DocumentParked,
  ParkDocument,
  RecordFile,
  RecordReturn,
  ReturnReceived,
  SettleDocument,
  SubmitAdjustment,
  SubmitReturn,
  type ParkDocumentData,
  type SubmitAdjustmentData,
  type SubmitReturnData,
} from '@crossdock/contracts';
import { derivedId, ref } from '@crossdock/kernel';
import { input } from '@crossdock/testing';
import { accountRef } from './account.js';
import { adjustmentRef, fileRef, parkedRef, returnRef } from './documents.js';
import { shopFloor } from '../../test/shop-floor.js';
import { ACCOUNT, aCustomer, anOrder, creditMemoPosted, orderIdOf } from './order.builders.js';

const aReturn = (more: Partial<SubmitReturnData> = {}) =>
  input(SubmitReturn, {
    returnId: 'R1',
    channel: 'file',
    documentNo: 'C536379',
    contentHash: 'h1',
    account: ACCOUNT,
    currency: 'GBP',
    returnDate: '2026-03-01',
    country: 'GB',
    node: 'DC1',
    lines: [
      { lineNo: 1, item: 'TEA', kind: 'goods', quantity: '2', unitPrice: '2.50' },
      { lineNo: 2, item: 'D', kind: 'charge', quantity: '1', unitPrice: '27.50' },
    ],
    ...more,
  });
const anAdjustment = (more: Partial<SubmitAdjustmentData> = {}) =>
  input(SubmitAdjustment, {
    adjustmentId: 'S1',
    channel: 'file',
    documentNo: '536589',
    contentHash: 'h1',
    adjustmentDate: '2026-03-01',
    node: 'DC1',
    reason: 'damages',
    lines: [{ lineNo: 1, item: 'TEA', quantity: '-10' }],
    ...more,
  });

describe('an unreferenced return', () => {
  it('is credited whole, and its goods go to quarantine', () => {
    shopFloor()
      .when(aReturn())
      .thenSays(ReturnReceived, {
        returnNo: 'C536379',
        entity: 'CD-UK',
        referenced: false,
        lines: [
          { kind: 'goods', net: 500, taxPercent: '20', tax: 100 },
          { kind: 'charge', net: 2750, tax: 550 },
        ],
      })
      .thenSays(RecordReturn, { node: 'DC1', lines: [{ lineNo: 1, item: 'TEA', quantity: 2 }] })
      .thenAnswers({ returnId: 'R1', status: 'received' })
      .thenState(returnRef('R1'), { status: 'received', gross: 3900 });
  });
  it('of charges alone moves no goods', () => {
    shopFloor()
      .when(aReturn({ lines: [{ lineNo: 1, item: 'M', kind: 'charge', quantity: '1', unitPrice: '5' }] }))
      .thenSays(ReturnReceived)
      .thenNever(RecordReturn);
  });
  it('lowers what the account owes when the ERP has posted its credit memo, once', () => {
    const floor = shopFloor().given(aReturn(), creditMemoPosted('R1', 3900));
    floor
      .thenState(accountRef(ACCOUNT), { receivables: -3900 })
      .thenState(returnRef('R1'), { status: 'credited', creditMemoNo: 'CM-1' });
    floor.when({ ...creditMemoPosted('R1', 3900), id: 'another' }).thenIgnores('nothing-to-do');
    shopFloor().when(creditMemoPosted('R1', 3900)).thenDefers('order-unknown-yet');
  });
  it('that is known changes nothing; with other content it is refused', () => {
    const floor = shopFloor().given(aReturn());
    floor.when({ ...aReturn(), id: 'another' }).thenIgnores('already-known');
    floor.when(aReturn({ contentHash: 'h2' })).thenRejects('document-changed');
  });
  it.each<[string, Partial<SubmitReturnData>]>([
    ['unknown-customer', { account: 'NOBODY' }],
    ['wrong-currency', { currency: 'EUR' }],
    ['unknown-node', { node: 'DC9' }],
    ['unknown-item', { lines: [{ lineNo: 1, item: 'NONE', kind: 'goods', quantity: '1', unitPrice: '1' }] }],
    ['quantity-not-positive', { lines: [{ lineNo: 1, item: 'TEA', kind: 'goods', quantity: '-1', unitPrice: '1' }] }],
    ['fraction-of-unit', { lines: [{ lineNo: 1, item: 'TEA', kind: 'goods', quantity: '0.5', unitPrice: '1' }] }],
    [
      'duplicate-line-number',
      {
        lines: ['1', '2'].map((quantity) => ({ lineNo: 1, item: 'TEA', kind: 'goods', quantity, unitPrice: '1' })),
      },
    ],
    [
      'amount-out-of-range',
      { lines: [{ lineNo: 1, item: 'TEA', kind: 'goods', quantity: '999999999999', unitPrice: '999999' }] },
    ],
  ])('is refused: %s', (reason, more) => {
    shopFloor()
      .when(aReturn(more))
      .thenRejects(reason)
      .thenNever(ReturnReceived)
      .thenState(returnRef('R1'), { status: 'none' });
  });
});

describe('a stock adjustment', () => {
  it('goes to the node with its reason and day', () => {
    shopFloor()
      .when(anAdjustment())
      .thenSays(AdjustStock, {
        node: 'DC1',
        reason: 'damages',
        postingDate: '2026-03-01',
        lines: [{ item: 'TEA', quantity: -10 }],
      })
      .thenState(adjustmentRef('S1'), { status: 'sent' });
  });
  it('leaves out what has no stock; of charges alone it is taken and moves nothing', () => {
    const charge = { lineNo: 2, item: 'POST', kind: 'freight', quantity: '-1' } as const;
    shopFloor()
      .when(anAdjustment({ lines: [{ lineNo: 1, item: 'TEA', quantity: '-10' }, charge] }))
      .thenSays(AdjustStock, { lines: [{ lineNo: 1, item: 'TEA', quantity: -10 }] });
    shopFloor()
      .when(anAdjustment({ lines: [charge] }))
      .thenAccepts()
      .thenNever(AdjustStock)
      .thenState(adjustmentRef('S1'), { status: 'sent', lines: 0 });
  });
  it('goes once', () => {
    const floor = shopFloor().given(anAdjustment());
    floor.when({ ...anAdjustment(), id: 'another' }).thenIgnores('already-known');
    floor.when(anAdjustment({ contentHash: 'h2' })).thenRejects('document-changed');
  });
  it.each<[string, Partial<SubmitAdjustmentData>]>([
    ['unknown-node', { node: 'DC9' }],
    ['unknown-item', { lines: [{ lineNo: 1, item: 'NONE', quantity: '-1' }] }],
    ['quantity-zero', { lines: [{ lineNo: 1, item: 'TEA', quantity: '0' }] }],
    ['duplicate-line-number', { lines: ['-1', '-2'].map((quantity) => ({ lineNo: 1, item: 'TEA', quantity })) }],
    ['fraction-of-unit', { lines: [{ lineNo: 1, item: 'TEA', quantity: '-0.5' }] }],
  ])('is refused: %s', (reason, more) => {
    shopFloor().when(anAdjustment(more)).thenRejects(reason).thenNever(AdjustStock);
  });
});

describe('what is refused of a line', () => {
  it.each([
    ['item', { item: 'NONE', quantity: '-1' }],
    ['quantity', { item: 'TEA', quantity: '0' }],
  ])('names its %s', (field, wrong) => {
    const { decision } = shopFloor().when(anAdjustment({ lines: [{ lineNo: 1, ...wrong }] }));
    expect(decision).toMatchObject({ kind: 'reject', refusals: [{ field: `lines[0].${field}` }] });
  });
});

describe('a document that is put aside', () => {
  const parked = (more: Partial<ParkDocumentData> = {}) =>
    input(ParkDocument, {
      documentId: orderIdOf('1'),
      channel: 'file',
      documentNo: '1',
      contentHash: 'h1',
      reason: 'unknown-item',
      text: 'NONE is not known',
      source: 'day.csv:7',
      content: { rows: [] },
      ...more,
    });
  const settled = input(SettleDocument, { documentId: orderIdOf('1') });
  const itsCase = ref('case', derivedId('case', 'document', orderIdOf('1')));

  it('is kept with its content for a person', () => {
    shopFloor()
      .when(parked())
      .thenSays(DocumentParked, { documentNo: '1', reason: 'unknown-item' })
      .thenState(parkedRef(orderIdOf('1')), { status: 'parked' })
      .thenState(itsCase, {
        status: 'open',
        reason: 'unknown-item',
        text: 'day.csv:7: NONE is not known',
        content: { rows: [] },
      });
  });
  it('is put aside once while nothing changes, and anew for another reason or content', () => {
    const floor = shopFloor().given(parked());
    floor.when({ ...parked(), id: 'another' }).thenIgnores('already-known');
    floor
      .when(parked({ reason: 'credit-limit-exceeded' }))
      .thenAccepts()
      .thenState(itsCase, { reason: 'credit-limit-exceeded', times: 2 });
    floor.when(parked({ contentHash: 'h2' })).thenAccepts();
  });
  it('settles when it is taken after all', () => {
    shopFloor().when(anOrder('1')).thenNever(SettleDocument);
    const floor = shopFloor().given(parked());
    floor.when(anOrder('1', { parked: true })).thenSays(SettleDocument, { documentId: orderIdOf('1') });
    floor
      .when(settled)
      .thenState(parkedRef(orderIdOf('1')), { status: 'taken' })
      .thenState(itsCase, { status: 'resolved' });
    floor.when({ ...settled, id: 'another' }).thenIgnores('nothing-to-do');
  });
  it('settles as a return or an adjustment too', () => {
    shopFloor()
      .when(aReturn({ parked: true }))
      .thenSays(SettleDocument, { documentId: 'R1' });
    shopFloor()
      .when(anAdjustment({ parked: true }))
      .thenSays(SettleDocument, { documentId: 'S1' });
  });
  it('stays when it is refused again', () => {
    const floor = shopFloor({ customers: [aCustomer({ status: 'hold' })] }).given(parked());
    floor
      .when(anOrder('1', { parked: true }))
      .thenRejects('customer-on-hold')
      .thenNever(SettleDocument)
      .thenState(itsCase, { status: 'open' });
  });
});

describe('an order file', () => {
  it('is recorded for its batch, once', () => {
    const file = input(
      RecordFile,
      { fileId: 'F1', name: 'day.csv', rows: 9, documents: 4, alreadyKnown: 4 },
      { batchId: 'B1' },
    );
    const floor = shopFloor();
    floor.when(file).thenState(fileRef('F1'), { alreadyKnown: 4, batchId: 'B1' });
    floor.when({ ...file, id: 'another' }).thenIgnores('already-known');
  });
});
