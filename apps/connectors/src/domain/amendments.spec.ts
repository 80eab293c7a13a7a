import {
  AdvanceDocument,
  AmendmentAnswered,
  AmendOrder,
  DecideDocument,
  DocumentMapped,
  documentIdOf,
  MapDocument,
  NoteOrder,
  SavePartner,
  SendDocument,
  TakeDocument,
  type AdvanceDocumentData,
  type Agreement,
  type NoteOrderData,
} from '@crossdock/contracts';
import { input, scenario } from '@crossdock/testing';
import { aDocument, aMapping, aPartner, aProfile } from './document.builders.js';
import { partnerOrders, partners } from './decide.js';
import { documentRef } from './document.js';
import { documentCase } from './document-course.js';

const ORDER_ID = documentIdOf('acme', 'partner-ACME', 'PO-1');
const D2 = documentRef('D2');
const of860 = { documentId: 'D2', type: '860', kind: 'order-cancellation', control: '0002', canonical: 'hash-of-860' };
const agreements: Agreement[] = [
  { standard: 'X12', types: ['850', '860'], direction: 'in', account: 'C1', respond: true },
];
const acme = () => scenario(partners).given(input(SavePartner, aPartner({ profile: aProfile({ agreements }) })));
const ordered = () =>
  acme().given(input(TakeDocument, aDocument()) as never, input(DocumentMapped, aMapping()) as never);
const arrives = input(TakeDocument, aDocument(of860), { id: 'm2' });
const { order: _order, ...unordered } = aMapping();
const meant = (wish: 'cancel' | 'change' = 'cancel') =>
  input(
    DocumentMapped,
    { ...unordered, documentId: 'D2', amendment: { orderNumber: 'PO-1', wish, reason: 'not needed' } },
    { id: `${wish}-mapped` },
  );
const advanced = (what: AdvanceDocumentData['what'], refusals: AdvanceDocumentData['refusals'] = []) =>
  input(AdvanceDocument, { documentId: 'D2', partner: 'ACME', orderId: ORDER_ID, what, refusals, lines: [] });

describe('a document that wants an order changed', () => {
  it('asks the order, under the account that it was taken for', () => {
    const story = ordered().when(arrives);
    expect(story.said(MapDocument)).toMatchObject([{ documentId: 'D2', kind: 'order-cancellation' }]);
    story.when(meant());
    expect(story.said(AmendOrder)).toEqual([
      {
        ...{ amendmentId: 'D2', orderId: ORDER_ID, account: 'C1', channel: 'partner-ACME' },
        ...{ wish: 'cancel', reason: 'not needed', madeBy: { tables: '2026-11-22', mappingVersion: 0 } },
      },
    ]);
    story.thenState(D2, { status: 'mapped', orderId: ORDER_ID });
  });

  it('that is done is applied and answered by an 865', () => {
    const story = ordered()
      .given(arrives as never, meant() as never)
      .when(advanced('amended'));
    story.thenState(D2, { status: 'applied' });
    expect(story.said(SendDocument)).toMatchObject([
      { type: '865', canonical: 'hash-of-860', content: { status: 'accepted' }, documentId: 'D2' },
    ]);
  });

  it('that can not be done is answered by a refusing 865 and is a case that says why', () => {
    const story = ordered().given(arrives as never, meant('change') as never);
    const refusal = { reason: 'change-not-possible', text: 'its lines stand', customerLineNo: '10' };
    story.when(advanced('amendment-refused', [refusal]));
    story.thenState(D2, { status: 'quarantined', reason: 'change-not-possible' });
    story.thenState(documentCase('D2'), { status: 'open', reason: 'change-not-possible' });
    expect(story.said(SendDocument)).toMatchObject([
      {
        type: '865',
        content: {
          status: 'rejected',
          text: 'its lines stand',
          refused: [{ customerLineNo: '10', text: 'change-not-possible: its lines stand' }],
        },
      },
    ]);
    // Once is enough: giving it up says nothing more.
    story.when(
      input(DecideDocument, { documentId: 'D2', partner: 'ACME', verdict: 'discard', comment: 'agreed by phone' }),
    );
    story.thenState(D2, { status: 'discarded' });
    expect(story.said(SendDocument)).toEqual([]);
  });

  it('that is done after all, when a person has it tried again, is answered by an accepting 865 as well', () => {
    const refused = advanced('amendment-refused', [{ reason: 'credit-limit-exceeded' }]);
    const story = ordered().given(arrives as never, meant() as never, refused as never);
    story.given(
      input(DecideDocument, { documentId: 'D2', partner: 'ACME', verdict: 'replay', comment: 'paid' }) as never,
      { ...meant(), id: 'again' } as never,
    );
    const queued = () => story.outputs.filter((one) => 'change' in one && one.change.type === 'dispatch-queued');
    story.when(advanced('amended'));
    expect(queued()).toMatchObject([
      { change: { data: { type: '865', control: 2, content: { status: 'accepted' } } } },
    ]);
    story.when({ ...advanced('amended'), id: 'copy' });
    expect(queued()).toEqual([]);
  });

  it('of an order that nobody took waits for a person, who may refuse it', () => {
    const story = acme()
      .given(arrives as never)
      .when(meant());
    story.thenState(D2, { status: 'quarantined', reason: 'order-not-found' });
    expect([story.said(AmendOrder), story.said(SendDocument)]).toEqual([[], []]);
    story.when(
      input(DecideDocument, { documentId: 'D2', partner: 'ACME', verdict: 'discard', comment: 'no such order' }),
    );
    expect(story.said(SendDocument)).toMatchObject([{ type: '865', content: { status: 'rejected' } }]);
  });
});

describe('a change that was done', () => {
  const change = { lines: [{ action: 'change' as const, customerLineNo: '10', item: 'TEA', quantity: '9' }] };
  const wanted = { orderNumber: 'PO-1', wish: 'change' as const, reason: 'more', change };
  const changing = input(TakeDocument, aDocument({ ...of860, kind: 'order-change' }), { id: 'm2' });
  const means = input(DocumentMapped, { ...unordered, documentId: 'D2', amendment: wanted }, { id: 'means' });
  const note = (orderId: string, what: NoteOrderData['what'], more: Partial<NoteOrderData> = {}) =>
    input(NoteOrder, { partner: 'ACME', orderId, orderNo: orderId, what, refusals: [], lines: [], ...more });
  const replaces = { orderId: ORDER_ID, orderNo: 'PO-1', amendmentId: 'D2' };
  /** the partner's order was taken, and then changed: what is noted of it is carried on to its documents */
  const story = () =>
    ordered().given(
      changing as never,
      note(ORDER_ID, 'taken') as never,
      means as never,
      note('O2', 'taken', { replaces }) as never,
    );
  const carried = (...noted: Parameters<typeof note>) => {
    const told = story().when(note(...noted));
    const [data] = told.said(AdvanceDocument);
    return told.when(input(AdvanceDocument, data as AdvanceDocumentData));
  };

  it('asks with the lines in our numbers, and is applied before it is answered', () => {
    const asking = ordered()
      .given(changing as never)
      .when(means);
    expect(asking.said(AmendOrder)).toMatchObject([{ amendmentId: 'D2', wish: 'change', change }]);
    asking.when(advanced('replaced'));
    asking.thenState(D2, { status: 'applied' });
    expect(asking.said(SendDocument)).toEqual([]);
  });

  it('is answered by an 865 with what became of the lines, once', () => {
    const lines = [
      { lineNo: 1, customerLineNo: '10', item: 'TEA', ordered: 9, backordered: 2, unit: 'EA', unitPrice: '2.50' },
    ];
    const told = carried('O2', 'answered', { lines });
    expect(told.said(SendDocument)).toMatchObject([
      { type: '865', canonical: 'hash-of-860', documentId: 'D2', content: { status: 'accepted', lines } },
    ]);
  });

  it('is a case when the ERP refuses the changed order', () => {
    const told = carried('O2', 'refused', { refusals: [{ reason: 'erp-refused' }] });
    told.thenState(D2, { status: 'quarantined', reason: 'erp-refused' });
  });

  it('carries the changes with what is despatched and billed, of the first document', () => {
    const shipment = {
      shipmentId: 'S1',
      node: 'DC1',
      dispatchedAt: '2026-03-02T09:00:00.000Z',
      packages: [],
      lines: [],
    };
    const told = story().when(note('O2', 'shipped', { shipment }));
    expect(told.said(AdvanceDocument)).toMatchObject([
      { documentId: 'D1', orderId: ORDER_ID, what: 'shipped', changes: ['hash-of-860'] },
    ]);
    told.given(note('O3', 'taken', { replaces: { orderId: 'O2', orderNo: 'PO-1.R2' } }) as never);
    told.when(note('O3', 'shipped', { shipment: { ...shipment, shipmentId: 'S2' } }));
    expect(told.said(AdvanceDocument)).toMatchObject([{ orderId: ORDER_ID, changes: ['hash-of-860'] }]);
  });
});

describe('the answer of an order to what its partner wanted', () => {
  const answered = (channel: string) =>
    input(AmendmentAnswered, {
      ...{ amendmentId: 'D2', orderId: ORDER_ID, account: 'C1', channel, outcome: 'refused' },
      refusals: [{ reason: 'order-ended' }],
    });
  it('moves the document on that wanted it', () => {
    const story = scenario(partnerOrders).when(answered('partner-ACME'));
    expect(story.said(AdvanceDocument)).toMatchObject([
      { documentId: 'D2', partner: 'ACME', what: 'amendment-refused', refusals: [{ reason: 'order-ended' }] },
    ]);
    scenario(partnerOrders).when(answered('web')).thenIgnores('not-of-a-partner');
  });
});
