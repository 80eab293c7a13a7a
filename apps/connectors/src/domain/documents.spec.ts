import fc from 'fast-check';
import {
  AdvanceDocument,
  DecideDocument,
  documentIdOf,
  DocumentMapped,
  DocumentStepped,
  MapDocument,
  NoteOrder,
  SavePartner,
  TakeDocument,
  TakeOrder,
  type DecideDocumentData,
  type TakeDocumentData,
} from '@crossdock/contracts';
import { input, scenario } from '@crossdock/testing';
import { aDocument, aFault, aMapping, anOrder, aPartner, aProfile } from './document.builders.js';
import { partners } from './decide.js';
import { documentRef, type KnownDocument } from './document.js';
import { documentCase } from './document-course.js';

const ORDER_ID = documentIdOf('acme', 'partner-ACME', 'PO-1');
const arrives = (more: Partial<TakeDocumentData> = {}, id = 'm1') => input(TakeDocument, aDocument(more), { id });
const decides = (verdict: 'replay' | 'discard', more: Partial<DecideDocumentData> = {}) =>
  input(DecideDocument, { documentId: 'D1', partner: 'ACME', verdict, comment: 'looked at', ...more });
const noted = (what: 'taken' | 'refused', refusals: { reason: string }[] = []) =>
  input(AdvanceDocument, { documentId: 'D1', partner: 'ACME', orderId: ORDER_ID, what, refusals, lines: [] });
const acme = () => scenario(partners).given(input(SavePartner, aPartner()));
const D1 = documentRef('D1');

describe('a document of a partner', () => {
  it('that is agreed and whole asks for its mapping', () => {
    const story = acme().when(arrives());
    expect(story.said(MapDocument)).toMatchObject([{ documentId: 'D1', canonical: 'hash-of-it' }]);
    story.thenState(D1, { status: 'validated' });
  });

  it('becomes an order under the identity of partner and number, once it is mapped', () => {
    const story = acme().given(arrives()).when(input(DocumentMapped, aMapping()));
    const madeBy = { tables: '2026-11-22', mappingVersion: 0 };
    expect(story.said(TakeOrder)).toMatchObject([
      { orderId: ORDER_ID, channel: 'partner-ACME', documentNo: 'PO-1', madeBy },
    ]);
    expect(story.said(DocumentStepped)).toMatchObject([{ step: 'mapped', madeBy }]);
    story.thenState(D1, { status: 'mapped', mappingVersion: 0, orderId: ORDER_ID });
  });

  it('that asks for nothing ends without effect, and says why', () => {
    const { order: _, ...nothing } = aMapping({ idle: 'order 7 is not paid' });
    const story = acme().given(arrives()).when(input(DocumentMapped, nothing));
    expect(story.said(TakeOrder)).toEqual([]);
    story.thenState(D1, { status: 'mapped' });
    expect(story.state<KnownDocument>(D1).steps.at(-1)).toMatchObject({ text: 'order 7 is not paid' });
  });

  it('is applied when its order exists, and put aside when it is refused', () => {
    acme()
      .given(arrives(), input(DocumentMapped, aMapping()) as never)
      .when(noted('taken'))
      .thenState(D1, { status: 'applied' });
    acme()
      .given(arrives(), input(DocumentMapped, aMapping()) as never)
      .when(noted('refused', [{ reason: 'unknown-item' }]))
      .thenState(D1, { status: 'quarantined', reason: 'unknown-item' })
      .thenState(documentCase('D1'), { status: 'open', reason: 'unknown-item' });
  });

  it.each([
    ['another standard', aProfile({ agreements: [] }), 'agreement-missing'],
    ['a blocked partner', aProfile({ status: 'blocked' }), 'partner-blocked'],
    [
      'another release',
      aProfile({ agreements: [{ standard: 'X12', types: [], direction: 'in', release: '005010' }] }),
      'release-not-agreed',
    ],
    [
      'a day after the agreement',
      aProfile({ agreements: [{ standard: 'X12', types: [], direction: 'in', validTo: '2026-03-01' }] }),
      'agreement-missing',
    ],
  ])('of %s is put aside', (_what, profile, reason) => {
    scenario(partners)
      .given(input(SavePartner, aPartner({ profile })))
      .when(arrives())
      .thenState(D1, { status: 'quarantined', reason });
  });

  it('with a control number that was used before is put aside, and goes on when a person lets it pass', () => {
    const story = acme()
      .given(arrives())
      .when(arrives({ documentId: 'D2' }, 'm2'));
    story.thenState(documentRef('D2'), { status: 'quarantined', reason: 'control-number-repeated' });
    story.when(decides('replay', { documentId: 'D2' })).thenRejects('control-number-repeated');
    story.when(decides('replay', { documentId: 'D2', accept: ['control-number-repeated'] }));
    expect(story.said(MapDocument)).toHaveLength(1);
  });

  it('with a control number that was used before goes on where that is agreed, and only there', () => {
    const [agreement] = aProfile().agreements;
    const agreed = (types: string[]) =>
      aPartner({ profile: aProfile({ agreements: [{ ...agreement!, types, repeatedControls: true }, agreement!] }) });
    const again = (types: string[]) =>
      scenario(partners)
        .given(input(SavePartner, agreed(types)), arrives() as never)
        .when(arrives({ documentId: 'D2' }, 'm2'));
    again(['850']).thenState(documentRef('D2'), { status: 'validated' });
    again(['860']).thenState(documentRef('D2'), { status: 'quarantined', reason: 'control-number-repeated' });
  });

  it('with faults of its own keeps them all, and tells of its quarantine', () => {
    const faults = [aFault('count-differs', 'SE01 says 9, 8 were counted'), aFault('element-missing', 'PO102')];
    const story = acme().when(arrives({ faults }));
    story.thenState(D1, { status: 'quarantined', reason: 'count-differs', faults });
    expect(story.said(DocumentStepped)).toMatchObject([{ step: 'quarantined', reason: 'count-differs' }]);
  });

  it('that nothing is applied of is kept as mapped', () => {
    const profile = aProfile({ agreements: [{ standard: 'X12', types: [], direction: 'in' }] });
    scenario(partners)
      .given(input(SavePartner, aPartner({ profile })))
      .when(arrives({ type: '810', kind: 'invoice' }))
      .thenState(D1, { status: 'mapped' });
  });

  it('whose order came by another document is known, and put aside when it says something else', () => {
    const story = acme()
      .given(arrives(), input(DocumentMapped, aMapping()) as never)
      .given(
        arrives({ documentId: 'D2', control: '0002' }, 'm2'),
        arrives({ documentId: 'D3', control: '0003' }, 'm3'),
      );
    story.when(input(DocumentMapped, aMapping({ documentId: 'D2' })));
    expect(story.said(TakeOrder)).toEqual([]);
    story.thenState(documentRef('D2'), { status: 'duplicate' });
    const order = anOrder({ lines: [{ lineNo: 1, item: 'TEA', quantity: '7' }] });
    story
      .when(input(DocumentMapped, aMapping({ documentId: 'D3', order })))
      .thenState(documentRef('D3'), { status: 'quarantined', reason: 'document-changed' });
  });

  it('in quarantine is replayed after its cause was mended, and its case ends with the order', () => {
    const story = acme()
      .given(arrives())
      .when(input(DocumentMapped, { ...aMapping(), faults: [aFault()] }))
      .thenState(D1, { status: 'quarantined', reason: 'cross-reference-missing' });
    story.when(decides('replay'));
    expect(story.said(MapDocument)).toHaveLength(1);
    story.when(input(DocumentMapped, aMapping(), { id: 'again' }));
    expect(story.said(TakeOrder)).toHaveLength(1);
    story.when(noted('taken')).thenState(documentCase('D1'), { status: 'resolved' });
  });

  it('is discarded with a reason only, and only from quarantine', () => {
    const story = acme().when(arrives({ faults: [aFault()] }));
    story.when(decides('discard', { comment: ' ' })).thenRejects('comment-missing');
    story.when(decides('discard')).thenState(D1, { status: 'discarded' });
    story.when(decides('replay')).thenRejects('not-quarantined');
  });

  it('however often its messages come and people replay it, asks for one order at most at a time', () => {
    const steps = fc.constantFrom('arrives', 'mapped', 'faulty', 'replay', 'taken', 'refused');
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 20 }), (names) => {
        const story = acme();
        let open = 0;
        names.forEach((name, at) => {
          const id = `s${at}`;
          if (name === 'arrives') story.when(arrives({}, id));
          if (name === 'mapped') story.when(input(DocumentMapped, aMapping(), { id }));
          if (name === 'faulty') story.when(input(DocumentMapped, aMapping({ faults: [aFault()] }), { id }));
          if (name === 'replay') story.when(decides('replay'));
          if (name === 'taken' || name === 'refused') {
            const what = name;
            const data = {
              partner: 'ACME',
              orderId: ORDER_ID,
              orderNo: 'PO-1',
              what,
              refusals: [],
              lines: [],
            } as const;
            story.when(input(NoteOrder, { ...data, refusals: [], lines: [] }, { id }));
            const advanced = story.said(AdvanceDocument);
            advanced.forEach((one) => story.when(input(AdvanceDocument, one, { id: `${id}a` })));
            if (what === 'refused' && advanced.length > 0) open = 0;
          }
          open += story.said(TakeOrder).length;
          expect(open).toBeLessThanOrEqual(1);
        });
      }),
    );
  });
});
