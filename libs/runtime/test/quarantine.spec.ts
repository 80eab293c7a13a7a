/** Who may read what a service could not decide, and how much of it. */
import { OrderCreated } from '@crossdock/contracts';
import type { QuarantineDocument, QuarantineFilter } from '../src/index.js';
import { callTo, openDoor, type OpenDoor } from './door-of.js';
import { Issuer } from './issuer.js';
import { noteService, NoteSettings } from './notes.js';

const DATA = {
  orderNo: 'SO-1',
  account: 'C10001',
  currency: 'GBP',
  shipTo: { name: 'Jo Bloggs', country: 'GB' },
  lines: [{ lineNo: 1, item: 'SKU-1', unitPrice: '2.55', surprise: 'anything' }],
  note: 'free text that no contract knows',
};
const aRow = (more: Partial<QuarantineDocument> = {}): QuarantineDocument => ({
  _id: 'order|m-1',
  at: '2026-11-21T08:00:00.000Z',
  lane: 'order:0of1',
  reason: 'schema-violation',
  text: 'lines must not be empty',
  tenant: 'acme',
  type: OrderCreated.type,
  key: 'o-1',
  messageId: 'm-1',
  headers: { 'ce-id': 'm-1', 'ce-version': '1', authorization: 'Bearer secret' },
  bytes: Buffer.from(JSON.stringify(DATA)),
  hash: 'abc',
  attempts: 1,
  ...more,
});
const PATH = '/v1/quarantine/order%7Cm-1';

describe('the quarantine at the door', () => {
  let issuer: Issuer;
  let door: OpenDoor;
  let token: string;
  let asked: QuarantineFilter[] = [];
  let row = aRow();
  const call = callTo(
    () => door,
    () => token,
  );
  const as = async (scope: string, tenant = 'acme'): Promise<void> => {
    token = await issuer.token({ scope, tenant });
  };

  beforeAll(async () => {
    issuer = await Issuer.start();
    door = await openDoor(noteService, {
      own: new NoteSettings(),
      settings: { issuerUrl: issuer.url },
      quarantine: {
        list: (filter) => {
          asked.push(filter);
          return Promise.resolve([row]);
        },
        get: (tenants, id) => Promise.resolve(tenants.includes(row.tenant) && id === row._id ? row : undefined),
      },
    });
  });
  beforeEach(() => {
    asked = [];
    row = aRow();
  });
  afterAll(async () => {
    await door.stop();
    await issuer.stop();
  });

  it('is closed to who lacks the right', async () => {
    await as('notes:read exceptions:read');
    for (const path of ['/v1/quarantine', PATH])
      expect(await call('GET', path)).toMatchObject({
        status: 403,
        body: { detail: 'the token lacks quarantine:read' },
      });
  });

  it('lists what is there without bodies, with what the reason means', async () => {
    await as('quarantine:read');
    const { body } = await call('GET', '/v1/quarantine?reason=schema-violation&type=orders.evt.order-created&limit=1');
    expect(asked).toEqual([
      { tenants: ['acme'], reason: 'schema-violation', type: 'orders.evt.order-created', limit: 1 },
    ]);
    expect(body).toMatchObject({
      after: 'order|m-1',
      messages: [{ id: 'order|m-1', hash: 'abc', bytes: row.bytes.length }],
    });
    expect(body['messages']).toEqual([
      expect.objectContaining({ next: expect.any(String), business: expect.any(String) }),
    ]);
    expect(JSON.stringify(body)).not.toMatch(/Bloggs|2\.55|secret/);
  });

  it('refuses a limit that is none', async () => {
    await as('quarantine:read');
    expect(await call('GET', '/v1/quarantine?limit=0')).toMatchObject({
      status: 400,
      body: { code: 'request-malformed' },
    });
  });

  it('masks what is personal or a price, and what no contract knows', async () => {
    await as('quarantine:read');
    const { status, body } = await call('GET', PATH);
    expect(status).toBe(200);
    expect(body['body']).toMatchObject({ orderNo: 'SO-1', currency: 'GBP', note: '***' });
    expect(body['body']).toMatchObject({ lines: [{ item: 'SKU-1', unitPrice: '***', surprise: '***' }] });
    expect(JSON.stringify(body)).not.toMatch(/Bloggs|2\.55|secret|anything|free text/);
    expect(body).not.toHaveProperty('base64');
  });

  it('shows a class of fields to who has its right, and the bytes to who has all', async () => {
    await as('quarantine:read fields:price');
    const priced = (await call('GET', PATH)).body;
    expect(priced['body']).toMatchObject({ lines: [{ unitPrice: '2.55' }] });
    expect(JSON.stringify(priced)).not.toContain('Bloggs');
    await as('quarantine:read fields:price fields:personal fields:bank');
    const { body } = await call('GET', PATH);
    expect(body['body']).toEqual(DATA);
    expect(Buffer.from(String(body['base64']), 'base64')).toEqual(Buffer.from(row.bytes));
  });

  it('masks all of a message of an unknown kind, and shows none of one that is no JSON', async () => {
    await as('quarantine:read');
    row = aRow({ type: 'orders.evt.made-up' });
    expect((await call('GET', PATH)).body['body']).toBe('***');
    row = aRow({ bytes: Buffer.from('Jo Bloggs') });
    const { body } = await call('GET', PATH);
    expect(body['body']).toBeNull();
    expect(JSON.stringify(body)).not.toContain('Bloggs');
  });

  it('shows nobody what is not theirs; what names no tenant needs a right of its own', async () => {
    await as('quarantine:read', 'globex');
    expect((await call('GET', PATH)).status).toBe(404);
    row = aRow({ tenant: '' });
    await as('quarantine:read');
    expect((await call('GET', PATH)).status).toBe(404);
    await as('quarantine:read quarantine:unassigned');
    expect((await call('GET', PATH)).status).toBe(200);
    await call('GET', '/v1/quarantine');
    expect(asked[0]?.tenants).toEqual(['acme', '']);
  });
});
