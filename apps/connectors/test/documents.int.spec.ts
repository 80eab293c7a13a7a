import { createHash } from 'node:crypto';
import { jest } from '@jest/globals';
import type { OrderDocument } from '@crossdock/contracts';
import { eventually } from '@crossdock/testing';
import { aGroup, anInterchange, aTransactionSet } from '../src/translate/x12/x12.builders.js';
import { aProfile, World } from './world.js';

jest.setTimeout(60_000);

const anOrder = (documentNo: string, item = 'TEA', more: Partial<OrderDocument> = {}): OrderDocument => ({
  documentNo,
  account: 'THEIRS',
  currency: 'GBP',
  shipTo: { country: 'GB' },
  lines: [{ lineNo: 1, item, quantity: '6' }],
  ...more,
});
const json = (value: unknown): string => JSON.stringify(value);

describe("partners' documents, on real servers", () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({
      CROSSDOCK_FILE_LIMIT_BYTES: '800000',
      CROSSDOCK_TRANSLATE_LIMIT_BYTES: '600000',
    });
    await world.partner('ACME', aProfile());
  }, 60_000);
  afterAll(async () => {
    await world?.stop();
  }, 30_000);

  describe('an order', () => {
    it('is archived as it came, translated, mapped, handed on and applied; every step can be seen', async () => {
      const body = json(anOrder('A-1'));
      const fileId = await world.handIn(body, '?partner=ACME&name=a1.json');
      const document = await world.documentOf(fileId, 'applied');
      expect(document).toMatchObject({ number: 'A-1', standard: 'Crossdock', kind: 'order', mappingVersion: 0 });
      expect(document.steps.map(({ step }) => step)).toEqual([
        'received',
        'deduplicated',
        'parsed',
        'validated',
        'mapped',
        'applied',
      ]);
      expect(world.orders.created.get('A-1')).toBe(1);
      expect(await world.file(fileId)).toMatchObject({
        status: 'parsed',
        hash: createHash('sha256').update(body).digest('hex'),
        name: 'a1.json',
        documentIds: [document.documentId],
      });
      expect(String(await world.bytes(`/v1/files/${fileId}/content`))).toBe(body);
    });

    it('is found by its number, its order and its correlation, and by nobody of another tenant', async () => {
      const [found] = await world.documents('number=A-1');
      expect(found?.status).toBe('applied');
      expect(await world.documents(`orderId=${found?.orderId}`)).toHaveLength(1);
      expect(await world.documents(`correlationId=${found?.correlationId}`)).toHaveLength(1);
      expect((await world.asStranger('GET', `/v1/documents/${found?.documentId}`)).status).toBe(404);
      expect((await world.asStranger('GET', `/v1/files/${found?.fileId}/content`)).status).toBe(404);
    });

    it('sent twice is one file and one order; in another file it is told to be known', async () => {
      const body = json(anOrder('A-2'));
      const fileId = await world.handIn(body, '?partner=ACME');
      expect(await world.handIn(body, '?partner=ACME')).toBe(fileId);
      await world.documentOf(fileId, 'applied');
      const again = await world.handIn(` ${body}`, '?partner=ACME');
      const document = await world.documentOf(again, 'duplicate');
      expect(document.steps.at(-1)?.text).toContain('A-2');
      expect(world.orders.asked.get('A-2')).toBe(1);
    });

    it('under a known number with other content is put aside', async () => {
      const fileId = await world.handIn(json(anOrder('A-2', 'POT')), '?partner=ACME');
      expect(await world.documentOf(fileId, 'quarantined')).toMatchObject({ reason: 'document-changed' });
    });
  });

  it('puts a file aside that nobody can read, keeps its bytes, and lets a person discard it with a reason', async () => {
    const fileId = await world.handIn('hello');
    expect(await world.fileReaches(fileId, 'quarantined')).toMatchObject({ faults: [{ code: 'format-unknown' }] });
    expect(String(await world.bytes(`/v1/files/${fileId}/content`))).toBe('hello');
    expect((await world.call('POST', `/v1/files/${fileId}/discard`, { comment: '' })).status).toBe(422);
    const told = await world.call('POST', `/v1/files/${fileId}/discard`, { comment: 'a test of the sender' });
    expect(told.body).toEqual({ fileId, status: 'discarded' });
    expect((await world.file(fileId)).steps.at(-1)).toMatchObject({ by: 'portal', text: 'a test of the sender' });
  });

  it('archives what is too large to be read, and refuses what is too large to be kept', async () => {
    const large = json(anOrder('L-1', 'TEA', { customerPo: 'x'.repeat(650_000) }));
    const fileId = await world.handIn(large, '?partner=ACME');
    expect(await world.fileReaches(fileId, 'quarantined')).toMatchObject({ faults: [{ code: 'document-too-large' }] });
    expect((await world.bytes(`/v1/files/${fileId}/content`)).length).toBe(large.length);
    const told = await world.send('POST', '/v1/files', 'x'.repeat(900_000), { 'content-type': 'text/plain' });
    expect(told).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
  });

  it('takes an X12 order of 5,000 lines in', async () => {
    const lines = Array.from({ length: 5000 }, (_, at) => `PO1*${at + 1}*6*EA***BP*4711*VP*${at % 2 ? 'POT' : 'TEA'}`);
    const body = [
      'ISA*00*          *00*          *ZZ*ACMESTORES     *ZZ*CROSSDOCK      *260302*0900*U*00401*000000077*0*P*>',
      'GS*PO*ACMESTORES*CROSSDOCK*20260302*0900*77*X*004010',
      'ST*850*0001',
      'BEG*00*NE*X-5000**20260302',
      ...lines,
      'CTT*5000',
      'SE*5004*0001',
      'GE*1*77',
      'IEA*1*000000077',
    ].join('~');
    const fileId = await world.handIn(body, '', 'application/edi-x12');
    const document = await world.documentOf(fileId, 'applied');
    expect(document).toMatchObject({ standard: 'X12', type: '850', partner: 'ACME', number: 'X-5000' });
    expect(world.orders.created.get('X-5000')).toBe(1);
  });

  it('takes on a new partner without code: its file is read again once it is known', async () => {
    const fileId = await world.handIn(json(anOrder('B-1')));
    expect(await world.fileReaches(fileId, 'quarantined')).toMatchObject({ faults: [{ code: 'partner-unknown' }] });
    await world.partner('BOLT', aProfile({ name: 'Bolt', identifiers: [] }));
    await world.call('POST', `/v1/files/${fileId}/replay`, { comment: 'Bolt is registered', partner: 'BOLT' });
    const document = await world.documentOf(fileId, 'applied');
    expect(document).toMatchObject({ partner: 'BOLT', number: 'B-1' });
  });

  it('shows what a newer mapping would make of a document, and changes nothing by it', async () => {
    const [document] = await world.documents('number=A-1');
    const rules = { itemFrom: ['buyerItem', 'sellerItem'], customerFrom: [], pieces: [], requestedDate: true };
    const saved = await world.call('PUT', '/v1/partners/ACME/mappings/order', {
      author: 'ann',
      validFrom: '2026-01-01',
      rules,
    });
    expect(saved.body).toMatchObject({ version: 1 });
    const look = await world.call('POST', `/v1/documents/${document?.documentId}/map`, {});
    expect(look.body).toMatchObject({
      own: { mappingVersion: 0 },
      asked: { mappingVersion: 1 },
      differences: [{ path: 'order.lines[0].unit', after: 'EA' }],
      canonical: { isReadAgain: true, differences: [] },
    });
    expect(world.orders.asked.get('A-1')).toBe(1);
    const back = { ...rules, itemFrom: ['references', 'sellerItem'], pieces: ['EA'] };
    await world.call('PUT', '/v1/partners/ACME/mappings/order', {
      author: 'ann',
      validFrom: '2026-01-01',
      rules: back,
    });
    const fileId = await world.handIn(json(anOrder('A-3')), '?partner=ACME');
    expect(await world.documentOf(fileId, 'applied')).toMatchObject({ mappingVersion: 2 });
  });

  it('maps a document by any version that its partner had, and its own is what was really handed on', async () => {
    const day = '2026-01-01';
    const rules = { itemFrom: ['references'], customerFrom: [], pieces: ['EA'], requestedDate: true };
    const refer = (theirs: string, ours: string) =>
      world.call('PUT', '/v1/partners/DOVE/references/items', {
        author: 'ann',
        entries: [{ theirs, ours, validFrom: day }],
      });
    const map = (more: Partial<typeof rules>) =>
      world.call('PUT', '/v1/partners/DOVE/mappings/order', {
        author: 'ann',
        validFrom: day,
        rules: { ...rules, ...more },
      });
    await world.partner('DOVE', aProfile({ name: 'Dove', identifiers: [] }));
    await refer('4711', 'TEA');
    await map({ pieces: [] });
    await map({});
    const order = anOrder('D-1', '4711', { lines: [{ lineNo: 1, item: '4711', quantity: '6', unit: 'EA' }] });
    const { documentId, tables } = await world.documentOf(await world.handIn(json(order), '?partner=DOVE'), 'applied');
    expect(tables).toMatch(/^\d{4}-\d{2}-\d{2}/);
    const madeBy = { tables, mappingVersion: 2 };
    const canonical = await world.call<object>('GET', `/v1/documents/${documentId}/canonical`);
    expect(canonical.body).toMatchObject({ kind: 'order', madeBy, data: { number: 'D-1' } });
    expect(world.orders.taken.get('D-1')).toMatchObject({ madeBy, lines: [{ item: 'TEA' }] });

    await refer('4711', 'POT');
    await map({ pieces: ['EA', 'C62'] });
    const look = async (wish: object) =>
      (await world.call<object>('POST', `/v1/documents/${documentId}/map`, wish)).body;
    const own = { madeBy, order: { lines: [{ item: 'TEA' }] } };
    expect(await look({})).toMatchObject({
      own,
      asked: { madeBy: { tables, mappingVersion: 3 }, order: { lines: [{ item: 'POT' }] } },
      differences: [{ path: 'order.lines[0].item', before: 'TEA', after: 'POT' }],
    });
    expect(await look({ version: 1 })).toMatchObject({
      own,
      asked: { madeBy: { mappingVersion: 1 } },
      differences: [{ path: 'order.lines[0].item' }, { path: 'order.lines[0].unit', after: 'EA' }],
    });
    expect(await look({ version: 0, tables: '2026-01-01' })).toMatchObject({
      own,
      asked: { madeBy: { tables: '2026-01-01', mappingVersion: 0 } },
    });
    expect(await look({ version: 9 })).toMatchObject({ status: 404, errors: [{ field: 'version' }] });
    expect(world.orders.asked.get('D-1')).toBe(1);
  });

  it('replays 100 quarantined documents in one command, each applied exactly once, after one item was added', async () => {
    const numbers = Array.from({ length: 100 }, (_, at) => `R-${at}`);
    const rules = { itemFrom: ['references'], customerFrom: [], pieces: ['EA'], requestedDate: true };
    await world.partner('CROW', aProfile({ name: 'Crow', identifiers: [] }));
    await world.call('PUT', '/v1/partners/CROW/mappings/order', { author: 'ann', validFrom: '2026-01-01', rules });
    await world.handIn(json(numbers.map((number) => anOrder(number, '4711'))), '?partner=CROW');
    const count = async (status: string): Promise<number> =>
      (await world.documents(`partner=CROW&status=${status}&limit=1000`)).length;
    await eventually('all are put aside', async () => (await count('quarantined')) === 100);
    const [one] = await world.documents('number=R-7');
    expect(one).toMatchObject({ reason: 'cross-reference-missing', business: expect.any(String) });
    expect(one?.steps.at(-1)?.text).toContain('4711');

    const entries = [{ theirs: '4711', ours: 'TEA', validFrom: '2026-01-01', example: 'R-0' }];
    await world.call('PUT', '/v1/partners/CROW/references/items', { author: 'ann', entries });
    const command = { partner: 'CROW', reason: 'cross-reference-missing', comment: '4711 is TEA' };
    const both = await Promise.all([
      world.call<{ replayed: number }>('POST', '/v1/documents/replay', command),
      world.call<{ replayed: number }>('POST', '/v1/documents/replay', command),
    ]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    await eventually('all are applied', async () => (await count('applied')) === 100);
    expect(numbers.map((number) => world.orders.asked.get(number))).toEqual(numbers.map(() => 1));
    const cases = await world.call<{ exceptions: { status: string }[] }>(
      'GET',
      '/v1/exceptions?key=partner:CROW&limit=1000',
    );
    expect(cases.body.exceptions.map(({ status }) => status)).toEqual(numbers.map(() => 'resolved'));
  });

  it('puts aside what orders refuse, and hands it on again when its exception is retried', async () => {
    const fileId = await world.handIn(json(anOrder('A-9', 'NEW')), '?partner=ACME');
    const refused = await world.documentOf(fileId, 'quarantined');
    expect(refused).toMatchObject({ reason: 'unknown-item', mappingVersion: 2 });
    world.orders.items.add('NEW');
    const open = await world.call<{ exceptions: { id: string; retryable: boolean }[] }>(
      'GET',
      '/v1/exceptions?key=documentNo:A-9',
    );
    expect(open.body.exceptions).toMatchObject([{ reason: 'unknown-item', status: 'open', retryable: true }]);
    const told = await world.call('POST', `/v1/exceptions/${open.body.exceptions[0]?.id}/retry`, {});
    expect(told.status).toBe(200);
    await world.documentOf(fileId, 'applied');
    expect(world.orders.created.get('A-9')).toBe(1);
  });

  it('counts the codes that it is sent, by whether they are mapped', async () => {
    const countOf = async (outcome: string): Promise<number> => {
      const metrics = await (await fetch(`${world.url}/metrics`)).text();
      return Number(
        new RegExp(`crossdock_mapped_codes_total\\{[^}]*list="actions",outcome="${outcome}"[^}]*\\} (\\d+)`).exec(
          metrics,
        )?.[1] ?? 0,
      );
    };
    expect([await countOf('mapped'), await countOf('unmapped')]).toEqual([0, 0]);
    const lines = ['POC*1*QI*5*1*EA', 'POC*2*RC*5*1*EA', 'POC*3*DI*5*5*EA'];
    const change = aTransactionSet('860', '0001', 'BCH*04*SA*4501***20260105', ...lines);
    await world.documentOf(await world.handIn(anInterchange([aGroup([change])]), '?partner=ACME'), 'quarantined');
    expect([await countOf('mapped'), await countOf('unmapped')]).toEqual([2, 1]);
  });
});
