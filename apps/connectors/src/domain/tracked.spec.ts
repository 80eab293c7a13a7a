import {
  DocumentMapped,
  MapDocument,
  SavePartner,
  TakeDocument,
  TakeTracking,
  type Agreement,
} from '@crossdock/contracts';
import { input, scenario } from '@crossdock/testing';
import { aDocument, aMapping, aPartner, aProfile, NOON } from './document.builders.js';
import { partners } from './decide.js';
import { documentRef } from './document.js';

const D1 = documentRef('D1');
const agreements: Agreement[] = [{ standard: 'X12', types: ['214'], direction: 'in', books: 'tracking' }];
const arrives = input(TakeDocument, aDocument({ type: '214', kind: 'transportation-status', number: 'PRO1' }));
const { order: _order, ...unordered } = aMapping();
const told = (trackingNo: string) => ({
  ...{ trackingNo, carrier: 'UPSN', mappingVersion: 'transport-2026-11-21' },
  events: [
    { milestone: 'DELIVERED' as const, classifier: 'ACT' as const, occurredAt: NOON, offsetKnown: true, rawCode: 'D1' },
  ],
});
const arrived = () => scenario(partners).given(input(SavePartner, aPartner({ profile: aProfile({ agreements }) })));

describe('a document of a carrier', () => {
  it('is told of every package under the carrier’s own name, once, and applied', () => {
    const story = arrived().when(arrives);
    expect(story.said(MapDocument)).toMatchObject([{ kind: 'transportation-status' }]);
    const meant = { ...unordered, tracking: [told('T1'), told('T2')] };
    story.when(input(DocumentMapped, meant)).thenState(D1, { status: 'applied' });
    expect(story.said(TakeTracking)).toMatchObject([
      { trackingNo: 'T1', carrier: 'UPSN', source: 'partner-ACME', deliveryId: 'D1' },
      { trackingNo: 'T2' },
    ]);
    story.when(input(DocumentMapped, meant, { id: 'again' })).thenIgnores('nothing-to-do');
  });

  it('of which nothing is agreed to come is kept', () => {
    const story = arrived()
      .given(arrives as never)
      .when(input(DocumentMapped, unordered));
    story.thenState(D1, { status: 'mapped' });
    expect(story.said(TakeTracking)).toEqual([]);
  });
});
