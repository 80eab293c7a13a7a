import {
  DocumentBooked,
  DocumentMapped,
  MapDocument,
  SavePartner,
  SendDocument,
  TakeDocument,
  TakeReceipt,
  type Agreement,
  type DocumentBookedData,
} from '@crossdock/contracts';
import { input, scenario } from '@crossdock/testing';
import { aDocument, aMapping, aPartner, aProfile, NOON } from './document.builders.js';
import { partners } from './decide.js';
import { outboxRef } from './dispatch.js';
import { documentRef } from './document.js';
import { documentCase } from './document-course.js';

const D1 = documentRef('D1');
const agreements: Agreement[] = [{ standard: 'X12', types: ['944'], direction: 'in', books: 'receipt', node: 'DC1' }];
const arrives = input(TakeDocument, aDocument({ type: '944', kind: 'stock-transfer-advice', number: 'WR-1' }));
const { order: _order, ...unordered } = aMapping();
const receipt = { node: 'DC1', documentNo: 'WR-1', lines: [{ lineNo: 1, item: 'TEA', quantity: 24 }] };
const meant = (more: object = { receipt }) => input(DocumentMapped, { ...unordered, ...more });
const arrived = () =>
  scenario(partners).given(
    input(SavePartner, aPartner({ profile: aProfile({ agreements }) })) as never,
    arrives as never,
  );
const booked = (more: Partial<DocumentBookedData> = {}) =>
  input(DocumentBooked, {
    ...{ sourceId: 'D1', channel: 'partner-ACME', node: 'DC1', documentNo: 'ACME/WR-1', outcome: 'done', refusals: [] },
    ...more,
  });

describe('a document that tells of goods', () => {
  it('is booked at its node under the partner’s number, and applied once it stands in the ledger', () => {
    const story = scenario(partners).given(input(SavePartner, aPartner({ profile: aProfile({ agreements }) })));
    story.when(arrives);
    expect(story.said(MapDocument)).toMatchObject([{ kind: 'stock-transfer-advice' }]);
    story.when(meant());
    expect(story.said(TakeReceipt)).toMatchObject([
      { documentNo: 'ACME/WR-1', node: 'DC1', occurredAt: NOON, channel: 'partner-ACME', sourceId: 'D1' },
    ]);
    story.thenState(D1, { status: 'mapped' });
    story.when(booked()).thenState(D1, { status: 'applied' });
    story.when(input(DocumentBooked, booked().data, { id: 'again' })).thenIgnores('nothing-to-do');
  });

  it('is booked under a key that fits, however long its number is', () => {
    const story = arrived();
    story.when(meant({ receipt: { ...receipt, documentNo: 'R'.repeat(70) } }));
    const [told] = story.said(TakeReceipt);
    expect(told?.documentNo).toMatch(/^ACME\/R+~[0-9a-f]{32}$/);
    expect(told?.documentNo).toHaveLength(64);
    story.thenState(D1, { status: 'mapped' });
  });

  it('is told back as an event where that is agreed, once for each receipt', () => {
    const events: Agreement = { standard: 'EPCIS', types: ['ObjectEvent'], direction: 'out' };
    const profile = aProfile({ agreements: [...agreements, events] });
    const second = { ...arrives.data, documentId: 'D2', control: '2' };
    const story = scenario(partners).given(
      ...([input(SavePartner, aPartner({ profile })), arrives, meant()] as never[]),
      ...([input(TakeDocument, second, { id: 'copy' }), meant({ receipt, documentId: 'D2' })] as never[]),
    );
    story.when(booked());
    expect(story.said(SendDocument)).toMatchObject([
      {
        ...{ standard: 'EPCIS', type: 'ObjectEvent', canonical: 'hash-of-it' },
        content: { received: { documentId: 'D1', kind: 'stock-transfer-advice', receivedAt: NOON } },
      },
    ]);
    story.when(input(DocumentBooked, booked({ sourceId: 'D2' }).data, { id: 'copy-booked' }));
    story.thenState(documentRef('D2'), { status: 'applied' });
    story.thenState(outboxRef('ACME'), { last: { EPCIS: 1 } });
  });

  it('that is expected or refused is no event', () => {
    const events: Agreement = { standard: 'EPCIS', types: [], direction: 'out' };
    const told = (books: 'receipt' | 'in-transit', outcome: 'done' | 'refused') => {
      const [agreed] = agreements as [Agreement];
      const profile = aProfile({ agreements: [{ ...agreed, books }, events] });
      const story = scenario(partners).given(
        ...([input(SavePartner, aPartner({ profile })), arrives, meant()] as never[]),
      );
      return story.when(booked({ outcome })).said(SendDocument).length;
    };
    expect([told('receipt', 'done'), told('in-transit', 'done'), told('receipt', 'refused')]).toEqual([1, 0, 0]);
  });

  it('that the ledger refuses is put aside with its reason', () => {
    const story = arrived().given(meant() as never);
    story.when(booked({ outcome: 'refused', refusals: [{ reason: 'document-changed', field: 'documentNo' }] }));
    story.thenState(D1, { status: 'quarantined', reason: 'document-changed' });
    story.thenState(documentCase('D1'), { status: 'open' });
  });

  it('of which nothing is agreed to come is kept', () => {
    const story = arrived().when(meant({}));
    story.thenState(D1, { status: 'mapped' });
    expect(story.said(TakeReceipt)).toEqual([]);
  });
});
