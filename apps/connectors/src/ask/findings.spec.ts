import fc from 'fast-check';
import { Addressing, FileTranslated, TranslateFile, violationsOf } from '@crossdock/contracts';
import { MemoryArchive, type Queries } from '@crossdock/runtime';
import { input } from '@crossdock/testing';
import { addressingIn } from '../domain/document.js';
import type { InterchangeHead, TranslatedDocument } from '../translate/translation.js';
import { Findings, type Found } from './findings.js';

const DOCUMENT: TranslatedDocument = { standard: 'X12', type: '850', figures: {}, faults: [] };
/** The door named the partner: nobody is looked up, but what a number may acknowledge. */
const queries = { byKey: () => Promise.resolve([]) } as unknown as Queries;

const foundIn = async (head: Partial<InterchangeHead>, documents: readonly TranslatedDocument[]): Promise<Found> => {
  const asked = { fileId: 'F1', hash: 'h', bytes: 1, receivedAt: '2026-03-02T12:00:00.000Z', partner: 'ACME' };
  const kept = { archive: new MemoryArchive(), queries, counted: () => undefined };
  const findings = new Findings(input(TranslateFile, asked), kept);
  await findings.end({ standard: 'X12', ...head, documents, faults: [] });
  return findings.all();
};

/** Names as damage leaves them: cut, broken over lines, nothing but spaces. */
const name = fc.string({
  unit: fc.constantFrom(' ', 'A', 'b', '\t', '\n', '\u00a0', '\u2028', '<', '日'),
  maxLength: 90,
});
const heads = fc.record({
  control: fc.constant('1'),
  sender: name,
  receiver: name,
  senderQualifier: name,
  receiverQualifier: name,
});

describe('what is found in a file', () => {
  it('names the ends of an interchange so that both can be written back, however they were sent', async () => {
    await fc.assert(
      fc.asyncProperty(heads, fc.boolean(), async (head, isRead) => {
        const found = await foundIn(head, isRead ? [DOCUMENT] : []);
        const told = { fileId: 'F1', outcome: 'done', ...found };
        expect(violationsOf(FileTranslated.dataClass, told, 'strict')).toEqual([]);
        for (const { sender, receiver, ...more } of [...found.documents, ...(found.unread ?? [])])
          if (sender && receiver)
            expect(violationsOf(Addressing, addressingIn({ sender, receiver, ...more }), 'strict')).toEqual([]);
      }),
    );
  });

  it('cuts a qualifier that is too long, and leaves no space where it is cut', async () => {
    const { documents } = await foundIn({ sender: ' A\nB ', receiver: 'C', senderQualifier: '<!DOCTYPE a [' }, [
      DOCUMENT,
    ]);
    expect(documents).toMatchObject([{ sender: 'A B', receiver: 'C', senderQualifier: '<!DOCTYPE' }]);
  });
});
