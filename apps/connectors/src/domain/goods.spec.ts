import {
  CreditMemoPosted,
  InvoicePosted,
  NoteCredit,
  NoteOrder,
  OrderAccepted,
  OrderAllocated,
  OrderCreated,
  ReturnReceived,
  ShipmentDispatched,
  type BillingPostedData,
} from '@crossdock/contracts';
import { input, scenario } from '@crossdock/testing';
import { anOrderAccepted, anOrderCreated } from './document.builders.js';
import { partnerOrders } from './decide.js';

const OF = { orderId: 'O1', orderNo: 'PO-1', account: 'C1' };
const created = (channel = 'partner-ACME', more: object = {}) =>
  input(OrderCreated, { ...anOrderCreated(channel), ...more });
const accepted = input(OrderAccepted, anOrderAccepted());
const allocated = input(OrderAllocated, { ...OF, lines: [{ lineNo: 1, item: 'TEA', quantity: 6 }] });
const dispatched = input(ShipmentDispatched, {
  ...OF,
  fulfilmentId: 'F1',
  node: 'DC1',
  shipmentId: 'S1',
  dispatchedAt: '2026-03-03T10:00:00.000Z',
  packages: [{ trackingNo: 'T1', carrier: 'UPSN', contents: [{ lineNo: 1, quantity: 6 }] }],
  lines: [{ lineNo: 1, item: 'TEA', quantity: 6 }],
});
const posted = (more: Partial<BillingPostedData> = {}): BillingPostedData => ({
  documentId: 'I1',
  documentNo: 'UK-I1',
  billing: 'invoice',
  entity: 'UK',
  account: 'C1',
  currency: 'GBP',
  documentDate: '2026-03-02',
  erpDocumentNo: 'E9',
  postedAt: '2026-03-03T11:00:00.000Z',
  lines: [{ lineNo: 1, quantity: 6, net: 1530, tax: 306 }],
  net: 1530,
  tax: 306,
  gross: 1836,
  ...more,
});
const invoiced = input(InvoicePosted, posted({ orderId: 'O1', orderNo: 'PO-1', shipmentId: 'S1' }));
const answered = () => scenario(partnerOrders).given(created() as never, accepted as never, allocated as never);

describe("goods of a partner's order", () => {
  it('that left are told with the lines they belong to, once', () => {
    const story = answered().when(dispatched);
    expect(story.said(NoteOrder)).toMatchObject([
      { what: 'shipped', shipment: { shipmentId: 'S1', lines: [{ lineNo: 1, item: 'TEA', ordered: 6, unit: 'EA' }] } },
    ]);
    story.when(input(ShipmentDispatched, dispatched.data, { id: 'again' })).thenIgnores('already-known');
  });

  it('wait until their order is known and answered, whichever stream was quicker', () => {
    const story = scenario(partnerOrders);
    story.when(dispatched).thenDefers('order-unknown-yet');
    story.given(created() as never, accepted as never);
    story.when(dispatched).thenDefers('counter-not-ready');
    story.when(invoiced).thenDefers('counter-not-ready');
  });

  it('of nobody are passed over at once', () => {
    const story = scenario(partnerOrders).given(created('web') as never);
    story.when(dispatched).thenIgnores('not-of-a-partner');
    story.when(invoiced).thenIgnores('not-of-a-partner');
  });
});

describe("an invoice of a partner's order", () => {
  it('follows its shipment, with the terms that each line was billed by', () => {
    const story = answered();
    story.when(invoiced).thenDefers('counter-not-ready');
    story.given(dispatched as never).when(invoiced);
    expect(story.said(NoteOrder)).toMatchObject([
      {
        what: 'invoiced',
        invoice: { documentNo: 'UK-I1', gross: 1836, lines: [{ item: 'TEA', unitPrice: '2.55', taxPercent: '20' }] },
      },
    ]);
  });
});

describe("a credit memo for a partner's account", () => {
  const line = { lineNo: 1, kind: 'goods', item: 'TEA', quantity: 2, unitPrice: '2.55' } as const;
  const returned = input(ReturnReceived, {
    ...{ returnId: 'R1', returnNo: 'R-1', account: 'C1', entity: 'UK', currency: 'GBP', returnDate: '2026-03-05' },
    ...{ node: 'DC1', referenced: false, lines: [{ ...line, net: 510, taxPercent: '20', tax: 102 }] },
  });
  const credit = input(
    CreditMemoPosted,
    posted({
      ...{
        documentId: 'M1',
        documentNo: 'UK-C1',
        billing: 'credit-memo',
        returnId: 'R1',
        net: 510,
        tax: 102,
        gross: 612,
      },
      lines: [{ lineNo: 1, quantity: 2, net: 510, tax: 102 }],
    }),
  );

  it('is told to the partner that buys for the account, whichever of return and credit is heard first', () => {
    const story = scenario(partnerOrders).given(created() as never);
    story.when(credit).thenDefers('counter-not-ready');
    story.given(returned as never).when(credit);
    expect(story.said(NoteCredit)).toMatchObject([
      { partner: 'ACME', shared: false, credit: { returnNo: 'R-1', lines: [{ item: 'TEA', unitPrice: '2.55' }] } },
    ]);
  });

  it('says when several partners buy for the account', () => {
    const other = created('partner-BOLT', { orderId: 'O2', orderNo: 'B-1' });
    const story = scenario(partnerOrders).given(created() as never, other as never, returned as never);
    story.when(credit);
    expect(story.said(NoteCredit).map(({ partner, shared }) => [partner, shared])).toEqual([
      ['ACME', true],
      ['BOLT', true],
    ]);
  });

  it('is nobody’s where no partner has ever bought, also when one does later', () => {
    const story = scenario(partnerOrders).given(returned as never);
    story.when(credit).thenIgnores('not-of-a-partner');
    story.given(created() as never);
    story.when(input(CreditMemoPosted, credit.data, { id: 'again' })).thenIgnores('not-of-a-partner');
  });
});
