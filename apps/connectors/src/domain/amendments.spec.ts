import {
  AdvanceDocument,
  AmendmentAnswered,
  AmendOrder,
  DecideDocument,
  DocumentMapped,
  documentIdOf,
  MapDocument,
  SavePartner,
  SendDocument,
  TakeDocument,
  type AdvanceDocumentData,
  type Agreement,
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
const advanced = (what: AdvanceDocumentData['what'], refusals: { reason: string; text?: string }[] = []) =>
  input(AdvanceDocument, { documentId: 'D2', partner: 'ACME', orderId: ORDER_ID, what, refusals, lines: [] });

describe('a document that wants an order changed', () => {
  it('asks the order, under the account that it was taken for', () => {
    const story = ordered().when(arrives);
    expect(story.said(MapDocument)).toMatchObject([{ documentId: 'D2', kind: 'order-cancellation' }]);
    story.when(meant());
    expect(story.said(AmendOrder)).toEqual([
      {
        ...{ amendmentId: 'D2', orderId: ORDER_ID, account: 'C1', channel: 'partner-ACME' },
        ...{ wish: 'cancel', reason: 'not needed' },
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
    story.when(advanced('amendment-refused', [{ reason: 'change-not-possible', text: 'its lines stand' }]));
    story.thenState(D2, { status: 'quarantined', reason: 'change-not-possible' });
    story.thenState(documentCase('D2'), { status: 'open', reason: 'change-not-possible' });
    expect(story.said(SendDocument)).toMatchObject([
      { type: '865', content: { status: 'rejected', text: 'its lines stand' } },
    ]);
    // Once is enough: giving it up says nothing more.
    story.when(
      input(DecideDocument, { documentId: 'D2', partner: 'ACME', verdict: 'discard', comment: 'agreed by phone' }),
    );
    story.thenState(D2, { status: 'discarded' });
    expect(story.said(SendDocument)).toEqual([]);
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
