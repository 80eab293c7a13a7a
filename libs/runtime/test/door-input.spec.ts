import { connect } from 'node:net';
import { Problem, type Claims } from '../src/index.js';
import { callTo, openDoor, type OpenDoor } from './door-of.js';
import { noteService, NoteSettings } from './notes.js';

const claims: Claims = {
  tenant: 'acme',
  actor: { kind: 'user', id: 'ann' },
  scopes: ['notes:read', 'notes:write', 'exceptions:read', 'exceptions:write'],
  expiresAtMs: Number.MAX_SAFE_INTEGER,
};
const note = { name: 'a', pages: 1 };

describe('what comes in at the door', () => {
  let door: OpenDoor;
  const call = callTo(
    () => door,
    () => 'a.b.c',
  );
  const others: Record<string, Claims> = {};
  beforeAll(async () => {
    const tokens = { claims: (token: string) => Promise.resolve(others[token] ?? claims) };
    door = await openDoor(noteService, { own: new NoteSettings(), tokens });
  });
  beforeEach(() => {
    door.road.given.length = 0;
    door.lines.length = 0;
    door.road.answerWith = ({ input }) => ({ kind: 'accept', answer: { id: input.id } });
  });
  afterAll(() => door.stop());

  /** After any refusal: nothing was put in, and the next good one goes through. */
  const refused = async (
    answer: { status: number; body: object; headers: Headers },
    status: number,
    code: string,
  ): Promise<void> => {
    expect(answer).toMatchObject({ status, body: { status, code, type: `urn:crossdock:problem:${code}` } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      title: expect.any(String),
      detail: expect.any(String),
      correlationId: answer.headers.get('x-correlation-id'),
    });
    expect(door.road.given).toHaveLength(0);
    expect((await call('POST', '/v1/notes', note)).status).toBe(201);
    door.road.given.length = 0;
  };

  it.each([
    ['breaks off', '{"name": "a", "pages":', 'the body ends before its JSON does'],
    ['is no JSON', '{"name": "a",\n pages: 1}', 'the body is no JSON from line 2, column 2 on'],
    ['is not UTF-8', Uint8Array.from(Buffer.from('{"name":"caf\xe9"}', 'latin1')), 'the body is not in UTF-8'],
    ['holds half a character', '{"name": "a\\ud800", "pages": 1}', 'a \\u escape is half a character'],
  ])('is refused when it %s, and told where', async (_, body, text) => {
    const answer = await call('POST', '/v1/notes', body);
    expect(answer.body.errors).toEqual([{ reason: 'broken-json', field: '', text }]);
    await refused(answer, 400, 'broken-json');
  });
  it('is refused when it reaches for a prototype', async () => {
    await refused(await call('POST', '/v1/notes', '{"name":"a","pages":1,"__proto__":{"x":1}}'), 400, 'broken-json');
    await refused(
      await call('POST', '/v1/notes', '{"name":"a","\\u005f_proto__":{"x":1},"pages":1}'),
      400,
      'broken-json',
    );
  });
  it('is refused with field and rule when it breaks its schema', async () => {
    const answer = await call('POST', '/v1/notes', { name: 'a', pages: 0 });
    expect(answer.body.errors).toEqual([
      { reason: 'schema-violation', field: 'pages', rule: 'minimum', text: 'pages must be at least 1' },
    ]);
    await refused(answer, 400, 'schema-violation');
  });
  it.each([
    ['an unknown field', { ...note, colour: 'red' }, 'colour', 'additionalProperties'],
    ['an unknown field within', { ...note, marks: [{ sign: 'x', size: 1 }] }, 'marks[0].size', 'additionalProperties'],
    ['a missing field', { name: 'a' }, 'pages', 'required'],
    ['nothing at all', undefined, '', 'type'],
    [
      '5,001 parts where 5,000 are the limit',
      { ...note, marks: Array.from({ length: 5_001 }, () => ({ sign: 'x' })) },
      'marks',
      'maxItems',
    ],
  ])('is refused with %s', async (_, body, field, rule) => {
    const answer = await call('POST', '/v1/notes', body);
    expect(answer.body.errors?.[0]).toMatchObject({ field, rule });
    await refused(answer, 400, 'schema-violation');
  });
  it('may have 5,000 parts', async () => {
    const marks = Array.from({ length: 5_000 }, () => ({ sign: 'x'.repeat(20) }));
    expect((await call('POST', '/v1/notes', { ...note, marks })).status).toBe(201);
  });
  it('is refused when it is 20 MB large, and told so however much of it is still on its way', async () => {
    const body = { ...note, marks: 'x'.repeat(20 * 1024 * 1024) };
    for (let time = 0; time < 5; time++) {
      const answer = await call('POST', '/v1/notes', body);
      expect(answer.body).toMatchObject({ detail: 'the body is more than 16777216 bytes' });
      await refused(answer, 413, 'body-too-large');
    }
  });
  it('is refused when it is 20 MB large and does not say so', async () => {
    const part = Buffer.alloc(1024 * 1024, 32);
    const body = new ReadableStream({
      start(controller) {
        for (let n = 0; n < 20; n++) controller.enqueue(part);
        controller.close();
      },
    });
    const response = await fetch(`${door.url}/v1/notes`, {
      method: 'POST',
      headers: { authorization: 'Bearer a.b.c', 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as RequestInit);
    expect([response.status, await response.json()]).toMatchObject([413, { code: 'body-too-large' }]);
    expect(door.road.given).toHaveLength(0);
    expect((await call('POST', '/v1/notes', note)).status).toBe(201);
  });
  it('is refused in a form that nobody reads', async () => {
    await refused(
      await call('POST', '/v1/notes', '<note/>', { 'content-type': 'application/xml' }),
      415,
      'media-type-unknown',
    );
    await refused(await call('POST', '/v1/notes/files', '{}'), 415, 'media-type-unknown');
  });
  it('finds nothing where nothing is', async () => {
    await refused(await call('GET', '/v1/nothing'), 404, 'not-found');
    await refused(await call('GET', '/v1/notes/%zz'), 400, 'request-malformed');
  });
  it('is told which methods an address takes when it comes by another', async () => {
    for (const [method, path, allow] of [
      ['DELETE', '/v1/notes', 'POST'],
      ['PUT', '/v1/notes/a?b=c', 'GET, HEAD'],
      ['PUT', '/v1/notes/files', 'GET, HEAD, POST'],
      ['POST', '/v1/exceptions', 'GET, HEAD'],
      ['POST', '/health/ready', 'GET, HEAD'],
    ] as const) {
      const answer = await call(method, path);
      await refused(answer, 405, 'method-not-allowed');
      expect(answer.headers.get('allow')).toBe(allow);
    }
  });
  it('is refused with a key that is none', async () => {
    await refused(
      await call('POST', '/v1/notes', note, { 'idempotency-key': 'x'.repeat(256) }),
      400,
      'request-malformed',
    );
  });
  it('survives what is no HTTP at all', async () => {
    const { port } = new URL(door.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      socket.on('close', () => resolve()).on('error', () => resolve());
      socket.resume();
    });
    expect((await call('POST', '/v1/notes', note)).status).toBe(201);
  });

  it('keeps a good correlation id, replaces a bad one, and puts it on the input', async () => {
    const kept = await call('POST', '/v1/notes', note, { 'x-correlation-id': 'order-17/a' });
    expect(kept.headers.get('x-correlation-id')).toBe('order-17/a');
    expect(door.road.given[0]?.input.correlationId).toBe('order-17/a');
    const replaced = await call('POST', '/v1/notes', note, { 'x-correlation-id': 'a b"<c>' });
    expect(replaced.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('has one id per tenant, route and key, and a new one without a key', async () => {
    others['o.o.o'] = { ...claims, tenant: 'other' };
    const key = { 'idempotency-key': 'one' };
    await call('POST', '/v1/notes', note, key);
    await call('POST', '/v1/notes', { ...note, pages: 2 }, key);
    await call('POST', '/v1/notes', note, { ...key, authorization: 'Bearer o.o.o' });
    await call('POST', '/v1/notes', note);
    await call('POST', '/v1/notes', note);
    const ids = door.road.given.map(({ input }) => input.id);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(4);
    const hashes = door.road.given.map(({ bodyHash }) => bodyHash);
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(hashes[1]).not.toBe(hashes[0]);
    expect(hashes.slice(3)).toEqual([undefined, undefined]);
  });

  it('answers refusals of the business with every reason, field and text', async () => {
    door.road.answerWith = () => ({
      kind: 'reject',
      reason: 'unknown-item',
      refusals: [{ reason: 'unknown-item', field: 'lines[0].item' }, { reason: 'wrong-currency' }],
    });
    expect(await call('POST', '/v1/notes', note)).toMatchObject({
      status: 422,
      body: {
        code: 'unknown-item',
        next: expect.any(String),
        errors: [
          { reason: 'unknown-item', field: 'lines[0].item', text: 'We do not know this item.' },
          { reason: 'wrong-currency', text: expect.any(String) },
        ],
      },
    });
  });
  it('says when to come back while nobody owns the lane', async () => {
    door.road.answerWith = () => Promise.reject(new Problem(503, 'no-owner', { retryAfterSeconds: 2 }));
    const answer = await call('POST', '/v1/notes', note);
    expect(answer).toMatchObject({ status: 503, body: { code: 'no-owner', retryAfterSeconds: 2 } });
    expect(answer.headers.get('retry-after')).toBe('2');
  });
  it('tells nothing of an unexpected error but its correlation id, and logs the rest', async () => {
    const answer = await call('GET', '/v1/notes/a/broken');
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal-error' } });
    expect(JSON.stringify(answer.body)).not.toContain('secret');
    const logged = door.lines.find((line) => line.includes('with a secret in its text'));
    expect(logged).toContain(answer.headers.get('x-correlation-id') as string);
  });
  it('gives signatures the bytes as they came', async () => {
    expect((await call('POST', '/v1/notes/signed', '{"b" :\t1 }')).body).toMatchObject({ bytes: '{"b" :\t1 }' });
  });
  it('is not ready while the road is not, and lives all the same', async () => {
    door.road.standing = { ok: false, reasons: ['broker is away'] };
    expect(await call('GET', '/health/ready')).toMatchObject({
      status: 503,
      body: { status: 'not-ready', reasons: ['broker is away'] },
    });
    expect((await call('GET', '/health/live')).status).toBe(200);
    // Whoever waits for it asks every second: no answer of its is an error.
    const told = door.lines.filter((line) => line.includes('/health/ready')).map((line) => JSON.parse(line) as object);
    expect(told).toEqual([expect.objectContaining({ level: 'debug', status: 503 })]);
    door.road.standing = { ok: true, reasons: [] };
    expect((await call('GET', '/health/ready')).body).toEqual({ status: 'ready' });
  });
  it('is counted by route, never by what stands in it', async () => {
    await call('GET', '/v1/notes/a-name-of-somebody');
    const text = await door.watch.metrics.text();
    expect(text).toContain('route="/v1/notes/:name"');
    expect(text).not.toContain('a-name-of-somebody');
  });
  it('is described by OpenAPI with the schemas that check it', async () => {
    const { body } = await call('GET', '/docs-json');
    const { paths, components } = body as unknown as {
      paths: Record<string, Record<string, { requestBody: unknown; responses: object }>>;
      components: { schemas: Record<string, object> };
    };
    expect(paths['/v1/notes']?.['post']?.requestBody).toMatchObject({
      content: { 'application/json': { schema: { $ref: '#/components/schemas/NoteDocument' } } },
    });
    expect(components.schemas['NoteDocument']).toMatchObject({
      required: ['name', 'pages'],
      additionalProperties: false,
      properties: { marks: { items: { $ref: '#/components/schemas/Mark' } } },
    });
    expect(Object.keys(paths['/v1/notes']?.['post']?.responses ?? {})).toContain('default');
    expect(paths['/v1/notes/files']?.['post']?.requestBody).toMatchObject({ content: { 'text/csv': {} } });
  });
});
