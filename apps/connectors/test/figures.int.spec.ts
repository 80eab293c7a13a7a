import { gzipSync } from 'node:zlib';
import { jest } from '@jest/globals';
import { eventually } from '@crossdock/testing';
import type { DocumentFigures } from '../src/ask/figures.js';
import { aGroup, anInterchange, aTransactionSet } from '../src/translate/x12/x12.builders.js';
import { aProfile, World } from './world.js';

jest.setTimeout(60_000);

describe('a file, on real servers', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
    await world.partner('ACME', aProfile());
  }, 60_000);
  afterAll(async () => {
    await world?.stop();
  }, 30_000);

  it('shows what the documents of nobody say of themselves, so that a person agrees with their senders and reads on', async () => {
    const from = (sender: string, control: string, po: string): string => {
      const set = aTransactionSet('850', '0001', `BEG*00*NE*${po}**20260302`, 'PO1*1*6*EA*2.50**VP*TEA', 'CTT*1');
      return anInterchange([aGroup([set])], { sender, control });
    };
    const body = [from('ACMESTORES', '000000601', 'N-1'), from('NEWCOMER', '000000602', 'N-2')].join('');
    const fileId = await world.handIn(body, '', 'application/edi-x12');
    const aside = await world.fileReaches(fileId, 'quarantined');
    expect(aside).toMatchObject({ standard: 'X12', faults: [{ code: 'partner-unknown' }] });
    const figures = async (): Promise<readonly DocumentFigures[]> =>
      String(await world.bytes(`/v1/files/${fileId}/figures`))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as DocumentFigures);
    const [known, unknown] = await figures();
    expect(aside).toHaveProperty('documentIds', [known?.documentId]);
    expect(known).toMatchObject({ number: 'N-1', nth: 0, sender: 'ACMESTORES', figures: { lines: 1, ext: '15' } });
    expect(unknown).toMatchObject({
      ...{ type: '850', number: 'N-2', nth: 1, sender: 'NEWCOMER', senderQualifier: 'ZZ', faults: [] },
      figures: { lines: 1, qty: '6', ids: { po: 'N-2' }, segmentCountDeclared: '5', segmentCountActual: 5 },
    });
    expect(unknown).not.toHaveProperty('documentId');

    await world.partner('NEW', aProfile({ name: 'Newcomer', identifiers: [{ scheme: 'ZZ', value: 'NEWCOMER' }] }));
    await world.call('POST', `/v1/files/${fileId}/replay`, { comment: 'agreed by telephone' });
    const read = await world.fileReaches(fileId, 'parsed');
    const both = await figures();
    expect(both.map(({ documentId }) => documentId)).toEqual((read as { documentIds?: string[] }).documentIds);
    expect(both[0]?.documentId).toBe(known?.documentId);
    await eventually('both are applied', async () => {
      const found = await world.documents(`file=${fileId}`);
      return found.length === 2 && found.every(({ status }) => status === 'applied');
    });
    expect(await world.documents('number=N-2')).toMatchObject([{ partner: 'NEW', documentId: both[1]?.documentId }]);
    expect((await world.asStranger('GET', `/v1/files/${fileId}/figures`)).status).toBe(404);
  });

  it('does not unpack what is compressed', async () => {
    const fileId = await world.handIn(gzipSync('{"documentNo": "Z-1"}'), '?partner=ACME');
    expect(await world.fileReaches(fileId, 'quarantined')).toMatchObject({ faults: [{ code: 'document-unsafe' }] });
    expect((await world.call('GET', `/v1/files/${fileId}/figures`)).status).toBe(404);
  });
});
