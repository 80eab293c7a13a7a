import { jest } from '@jest/globals';
import type { OrderDocument } from '@crossdock/contracts';
import { eventually } from '@crossdock/testing';
import type { KnownDocument } from '../src/domain/document.js';
import type { ReplayAccount } from '../src/jobs/replay-documents.js';
import { aProfile, World } from './world.js';

jest.setTimeout(300_000);

const COUNT = 120;
const NUMBERS = Array.from({ length: COUNT }, (_, at) => `R-${at}`);
const anOrder = (documentNo: string): OrderDocument => ({
  ...{ documentNo, account: 'THEIRS', currency: 'GBP', shipTo: { country: 'GB' } },
  // One of them names an item that stays unknown.
  lines: [{ lineNo: 1, item: documentNo === 'R-7' ? '4712' : '4711', quantity: '6' }],
});

describe('a replay of more documents than a caller waits for', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ CROSSDOCK_REPLAY_LIMIT: '25' });
    await world.partner('CROW', aProfile({ name: 'Crow', identifiers: [] }));
  }, 60_000);
  afterAll(async () => {
    await world?.stop();
  }, 30_000);

  const all = async (): Promise<readonly KnownDocument[]> => world.documents('partner=CROW&limit=1000');
  const count = async (status: string): Promise<number> =>
    (await all()).filter((document) => document.status === status).length;

  it('goes on beside as one job, and each document is replayed once, however often it is commanded', async () => {
    const rules = { itemFrom: ['references'], customerFrom: [], pieces: ['EA'], requestedDate: true };
    await world.call('PUT', '/v1/partners/CROW/mappings/order', { author: 'ann', validFrom: '2026-01-01', rules });
    await world.handIn(JSON.stringify(NUMBERS.map(anOrder)), '?partner=CROW');
    await eventually('all are put aside', async () => (await count('quarantined')) === COUNT, 120_000);
    const entries = [{ theirs: '4711', ours: 'TEA' }];
    await world.call('PUT', '/v1/partners/CROW/references/items', { author: 'ann', entries });

    const command = { partner: 'CROW', comment: '4711 is TEA' };
    const both = await Promise.all(
      [1, 2].map(() => world.call<{ jobId: string }>('POST', '/v1/documents/replay', command)),
    );
    expect(both.map(({ status }) => status)).toEqual([202, 202]);
    expect(both[0]?.body.jobId).toBe(both[1]?.body.jobId);
    const done = await eventually(
      'the job is done',
      async () => {
        const path = `/v1/documents/replays/${both[0]?.body.jobId}`;
        const { body } = await world.call<ReplayAccount & { status: string }>('GET', path);
        return body.status === 'done' && body;
      },
      120_000,
    );
    expect(done).toMatchObject({ replayed: COUNT, refusals: 0, refused: [] });
    await eventually('all but one are applied', async () => (await count('applied')) === COUNT - 1, 120_000);
    expect(NUMBERS.map((number) => world.orders.asked.get(number) ?? 0)).toEqual(
      NUMBERS.map((number) => (number === 'R-7' ? 0 : 1)),
    );
    const replays = (await all()).map(({ steps }) => steps.filter(({ step }) => step === 'replayed').length);
    expect(new Set(replays)).toEqual(new Set([1]));
    expect(await count('quarantined')).toBe(1);
  });

  it('that fits in one answer is answered at once, and a job of nobody is not found', async () => {
    const answer = await world.call('POST', '/v1/documents/replay', { partner: 'CROW', comment: 'again' });
    expect(answer).toMatchObject({ status: 200, body: { replayed: 1, refused: [] } });
    expect((await world.call('GET', '/v1/documents/replays/none')).status).toBe(404);
  });
});
