import fc from 'fast-check';
import {
  AcknowledgeFile,
  AdvanceDocument,
  DecideDispatch,
  DispatchDue,
  DocumentMapped,
  DocumentSent,
  RefuseInterchange,
  SavePartner,
  SendDocument,
  SendNext,
  TakeDocument,
  TakeOrder,
  type AcknowledgeFileData,
  type DocumentSentData,
} from '@crossdock/contracts';
import { input, scenario } from '@crossdock/testing';
import { aDocument, aMapping, anAnsweredLine, aPartner, aProfile, NOON } from './document.builders.js';
import { partners } from './decide.js';
import { dispatchCase } from './decide-dispatch.js';
import { documentRef } from './document.js';
import { dispatchRef, outboxRef, type Dispatch, type Outbox } from './dispatch.js';

const agreed = { standard: 'X12', types: ['850'], direction: 'in', acknowledge: true } as const;
const answering = () =>
  scenario(partners).given(
    input(SavePartner, aPartner({ profile: aProfile({ agreements: [{ ...agreed, types: ['850'] }] }) })),
  );
const read = (interchange: string, more: Partial<AcknowledgeFileData> = {}) =>
  input(AcknowledgeFile, {
    fileId: `F${interchange}`,
    partner: 'ACME',
    standard: 'X12',
    interchange,
    addressing: { ourId: 'CROSSDOCK', theirId: 'ACMESTORES' },
    receivedAt: NOON,
    hash: 'hash-of-it',
    messages: [{ type: '850', control: '0001', faults: [] }],
    ...more,
  });
const told = (dispatchId: string, outcome: DocumentSentData['outcome'], id = `${dispatchId}-${outcome}`) =>
  input(DocumentSent, { dispatchId, partner: 'ACME', outcome, text: 'says so' }, { id });

describe('documents for a partner', () => {
  it('are numbered from one and leave one at a time', () => {
    const story = answering().when(read('1'));
    const [first] = story.said(SendDocument);
    expect(first).toMatchObject({ type: '997', control: 1, delivery: { by: 'mailbox' } });
    story.when(read('2'));
    expect(story.said(SendDocument)).toEqual([]);
    story.when(told(first?.dispatchId ?? '', 'done'));
    const [following] = story.said(SendNext);
    story.when(input(SendNext, following as never));
    expect(story.said(SendDocument)).toMatchObject([{ control: 2 }]);
  });

  it('are not made where nobody agreed to them', () => {
    scenario(partners).given(input(SavePartner, aPartner())).when(read('1')).thenIgnores('not-agreed');
    answering()
      .when(read('1', { standard: 'UBL' }))
      .thenIgnores('not-agreed');
  });

  it('refuse an interchange of which nothing but its envelope could be read, once, where that is agreed', () => {
    const ends = { interchange: '000000009', sender: 'ACMESTORES', receiver: 'CROSSDOCK', senderQualifier: 'ZZ' };
    const of = { partner: 'ACME', standard: 'X12', nth: 0, fileId: 'F9', receivedAt: NOON, hash: 'hash-of-it' };
    const story = answering().when(input(RefuseInterchange, { ...of, ...ends }));
    expect(story.said(SendDocument)).toMatchObject([
      { type: 'TA1', addressing: { ourId: 'CROSSDOCK', theirId: 'ACMESTORES', theirQualifier: 'ZZ' } },
    ]);
    story.when(input(RefuseInterchange, { ...of, ...ends }, { id: 'again' })).thenIgnores('already-known');
    scenario(partners)
      .given(input(SavePartner, aPartner()))
      .when(input(RefuseInterchange, { ...of, ...ends }))
      .thenIgnores('not-agreed');
  });

  it('that nobody answers raise a case and stay where they are', () => {
    const story = answering().when(read('1'));
    const id = story.said(SendDocument)[0]?.dispatchId ?? '';
    story.when(told(id, 'unanswered')).thenState(dispatchRef(id), { status: 'queued' });
    story.when(told(id, 'done')).thenState(dispatchRef(id), { status: 'sent' });
  });

  it('whatever is refused, retried and given up, have numbers without a gap, each on one document, one on its way', () => {
    const steps = fc.constantFrom('read', 'done', 'refused', 'retry', 'discard');
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 40 }), (names) => {
        const story = answering();
        const ids: string[] = [];
        const outbox = (): Outbox => story.state<Outbox>(outboxRef('ACME'));
        const refused = (): string | undefined =>
          ids.find((id) => story.state<Dispatch>(dispatchRef(id)).status === 'refused');
        names.forEach((name, at) => {
          if (name === 'read') {
            story.when(read(String(at)));
            const queue = outbox();
            ids.push(queue.waiting.at(-1) ?? queue.sending ?? '');
          }
          const { sending } = outbox();
          if ((name === 'done' || name === 'refused') && sending) story.when(told(sending, name, `t${at}`));
          const victim = refused();
          if ((name === 'retry' || name === 'discard') && victim)
            story.when(
              input(
                DecideDispatch,
                { dispatchId: victim, partner: 'ACME', verdict: name, comment: 'seen' },
                { id: `d${at}` },
              ),
            );
        });
        const numbers = ids.map((id) => story.state<Dispatch>(dispatchRef(id)).control);
        expect(numbers).toEqual(ids.map((_, at) => at + 1));
        expect(outbox().last['X12'] ?? 0).toBe(ids.length);
        const queued = ids.filter((id) => story.state<Dispatch>(dispatchRef(id)).status === 'queued');
        const { sending, waiting } = outbox();
        expect([...(sending ? [sending] : []), ...waiting].sort()).toEqual(queued.sort());
      }),
    );
  });

  describe('that the partner is to acknowledge', () => {
    const types = ['850', '997', '824'];
    const profile = aProfile({
      agreements: [
        { standard: 'X12', types, direction: 'in', account: 'C1', respond: true },
        { standard: 'X12', types: ['855'], direction: 'out', acknowledgedWithinHours: 24 },
      ],
    });
    const sent = () => {
      const story = scenario(partners).given(
        input(SavePartner, aPartner({ profile })),
        input(TakeDocument, aDocument()) as never,
      );
      story.when(input(DocumentMapped, aMapping()));
      const [{ orderId = '' } = {}] = story.said(TakeOrder);
      const of = { documentId: 'D1', partner: 'ACME', orderId, refusals: [] };
      story.when(input(AdvanceDocument, { ...of, what: 'answered', lines: [anAnsweredLine()] }));
      const dispatchId = story.said(SendDocument)[0]?.dispatchId ?? '';
      story.when(input(DocumentSent, { dispatchId, partner: 'ACME', outcome: 'done', documentId: 'D1' }));
      return { story, dispatchId };
    };
    const answer = (dispatchId: string, accepted: boolean) =>
      input(
        TakeDocument,
        aDocument({
          documentId: 'D2',
          type: '997',
          kind: 'acknowledgement',
          control: '0002',
          acknowledges: [{ dispatchId, accepted, text: '997' }],
        }),
      );

    it('are overdue when it did not in time', () => {
      const { story, dispatchId } = sent();
      expect(story.said(DispatchDue)).toEqual([{ dispatchId, partner: 'ACME' }]);
      story.thenState(documentRef('D1'), { status: 'acknowledged' });
      story.when(input(DispatchDue, { dispatchId, partner: 'ACME' }));
      story.thenState(dispatchCase(dispatchId), { status: 'open', reason: 'acknowledgement-overdue' });
      story.when(answer(dispatchId, true)).thenState(dispatchRef(dispatchId), { status: 'acknowledged' });
      story.thenState(dispatchCase(dispatchId), { status: 'resolved' });
    });

    it('are a case when it read them well and refuses what they say', () => {
      const { story, dispatchId } = sent();
      story.when(answer(dispatchId, true)).thenState(dispatchRef(dispatchId), { status: 'acknowledged' });
      const advice = aDocument({
        ...{ documentId: 'D3', type: '824', kind: 'application-advice', control: '0003' },
        acknowledges: [{ dispatchId, accepted: false, text: '824: rejected; ZZZ price not agreed' }],
      });
      story.when(input(TakeDocument, advice, { id: 'm3' }));
      story.thenState(dispatchRef(dispatchId), { status: 'rejected' });
      story.thenState(dispatchCase(dispatchId), { status: 'open', reason: 'rejected-by-partner' });
    });

    it('are a case when it could not read them, and are looked at no more', () => {
      const { story, dispatchId } = sent();
      story.when(answer(dispatchId, false)).thenState(dispatchRef(dispatchId), { status: 'rejected' });
      story.thenState(dispatchCase(dispatchId), { status: 'open', reason: 'rejected-by-partner' });
      story.when(input(DispatchDue, { dispatchId, partner: 'ACME' })).thenIgnores('nothing-to-do');
    });
  });
});
