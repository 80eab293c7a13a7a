import {
  AdvanceDocument,
  DocumentMapped,
  documentIdOf,
  NoteCredit,
  SavePartner,
  SendDocument,
  TakeDocument,
  type AdvanceDocumentData,
  type Agreement,
  type NotedInvoice,
} from '@crossdock/contracts';
import { input, scenario } from '@crossdock/testing';
import { aDocument, aMapping, aPartner, aProfile, NOON } from './document.builders.js';
import { partners } from './decide.js';
import { outboxRef, type Outbox } from './dispatch.js';

const ORDER_ID = documentIdOf('acme', 'partner-ACME', 'PO-1');
const ordering: Agreement = { standard: 'X12', types: ['850'], direction: 'in', account: 'C1' };
const takes = (...types: string[]): Agreement => ({ standard: 'X12', types, direction: 'out' });
const ordered = (...agreements: Agreement[]) =>
  scenario(partners).given(
    input(SavePartner, aPartner({ profile: aProfile({ agreements: [ordering, ...agreements] }) })) as never,
    input(TakeDocument, aDocument({ sender: 'ACMESTORES', receiver: 'XD', receiverQualifier: 'ZZ' })) as never,
    input(DocumentMapped, aMapping()) as never,
  );
const advanced = (more: Partial<AdvanceDocumentData>, id = 'm1') => {
  const of = { documentId: 'D1', partner: 'ACME', orderId: ORDER_ID, refusals: [], lines: [] };
  return input(AdvanceDocument, { ...of, what: 'shipped', ...more }, { id });
};
const shipment = {
  shipmentId: 'S1',
  node: 'DC1',
  dispatchedAt: NOON,
  packages: [{ trackingNo: 'T1', carrier: 'UPSN', contents: [{ lineNo: 1, quantity: 6 }] }],
  lines: [{ lineNo: 1, item: 'TEA', ordered: 6, unit: 'EA' }],
};
const invoice: NotedInvoice = {
  ...{ documentId: 'I1', documentNo: 'UK-I1', billing: 'invoice', documentDate: '2026-03-02', currency: 'GBP' },
  lines: [],
  ...{ net: 1530, tax: 306, gross: 1836 },
};

describe('what a partner hears after its order was answered', () => {
  it('is the advice of each shipment and the invoice, by its agreement, to whom the order came from', () => {
    const story = ordered(takes('856', '810')).when(advanced({ shipment }));
    expect(story.said(SendDocument)).toMatchObject([
      {
        ...{ standard: 'X12', type: '856', control: 1, orderId: ORDER_ID, canonical: 'hash-of-it' },
        content: { shipment: { shipmentId: 'S1' } },
        addressing: { ourId: 'XD', ourQualifier: 'ZZ', theirId: 'ACMESTORES' },
      },
    ]);
    story.when(advanced({ shipment }, 'again'));
    expect(story.said(SendDocument)).toEqual([]);
  });

  it('is nothing that it has not agreed to take', () => {
    const story = ordered(takes('810')).when(advanced({ shipment }));
    expect(story.said(SendDocument)).toEqual([]);
    story.when(advanced({ what: 'invoiced', invoice }, 'm2'));
    expect(story.said(SendDocument)).toMatchObject([{ type: '810' }]);
  });

  it('is in the standard that it ordered by, where several are agreed, else in the one that is', () => {
    const ubl: Agreement = { standard: 'UBL', types: ['DespatchAdvice'], direction: 'out' };
    const both = ordered(ubl, takes('856')).when(advanced({ shipment }));
    expect(both.said(SendDocument)).toMatchObject([{ standard: 'X12' }]);
    const one = ordered(ubl).when(advanced({ shipment }));
    expect(one.said(SendDocument)).toMatchObject([{ standard: 'UBL', type: 'DespatchAdvice' }]);
  });
});

describe('a shipment', () => {
  const events: Agreement = { standard: 'EPCIS', types: ['ObjectEvent'], direction: 'out' };

  it('is told as an event besides its advice, one after the other, and each once', () => {
    const story = ordered(takes('856'), events).when(advanced({ shipment }));
    // The advice is on its way, the event waits behind it.
    expect(story.said(SendDocument).map(({ standard }) => standard)).toEqual(['X12']);
    const [advice] = story.said(SendDocument);
    const both = story.state<Outbox>(outboxRef('ACME'));
    expect(both).toMatchObject({ last: { X12: 1, EPCIS: 1 }, sending: advice?.dispatchId });
    expect(both.waiting).toHaveLength(1);
    story.when(advanced({ shipment }, 'again')).thenState(outboxRef('ACME'), both);
  });

  it('is told as an event alone where nothing else is agreed; an invoice is no event', () => {
    const story = ordered(events).when(advanced({ shipment }));
    expect(story.said(SendDocument)).toMatchObject([
      {
        ...{ standard: 'EPCIS', type: 'ObjectEvent', control: 1, canonical: 'hash-of-it' },
        content: { shipping: { shipmentId: 'S1' } },
      },
    ]);
    story.when(advanced({ what: 'invoiced', invoice }, 'm2'));
    expect(story.said(SendDocument)).toEqual([]);
  });
});

describe('a credit memo', () => {
  const credit = { ...invoice, documentId: 'M1', documentNo: 'UK-C1', billing: 'credit-memo' } as const;
  const noted = (shared: boolean) => input(NoteCredit, { partner: 'ACME', account: 'C1', shared, credit });

  it('goes to its partner under the names of their agreement', () => {
    const story = ordered(takes('810')).when(noted(false));
    expect(story.said(SendDocument)).toMatchObject([
      { type: '810', addressing: { ourId: 'CROSSDOCK', theirId: 'ACMESTORES', theirQualifier: 'ZZ' } },
    ]);
    story.when(input(NoteCredit, noted(false).data, { id: 'again' })).thenIgnores('already-known');
  });

  it('of an account that several buy for goes only where the agreement names the account', () => {
    ordered(takes('810')).when(noted(true)).thenIgnores('not-agreed');
    const story = ordered({ ...takes('810'), account: 'C1' }).when(noted(true));
    expect(story.said(SendDocument)).toHaveLength(1);
    ordered({ ...takes('810'), account: 'C2' })
      .when(noted(false))
      .thenIgnores('not-agreed');
  });
});
