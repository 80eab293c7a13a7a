import { Controller, Get } from '@nestjs/common';
import { openTokens, OpenRoute, Problem, Public, Scope } from '../src/index.js';
import { callTo, openDoor, type OpenDoor } from './door-of.js';
import { Issuer } from './issuer.js';
import { noteService, NoteSettings } from './notes.js';

describe('who may come in', () => {
  let issuer: Issuer;
  let door: OpenDoor;
  let token: string | undefined;
  const call = callTo(
    () => door,
    () => token,
  );

  beforeAll(async () => {
    issuer = await Issuer.start();
    door = await openDoor(noteService, { own: new NoteSettings(), settings: { issuerUrl: issuer.url } });
  });
  beforeEach(async () => {
    token = await issuer.token();
    door.road.given.length = 0;
  });
  afterAll(async () => {
    await door.stop();
    await issuer.stop();
  });

  const note = { name: 'a', pages: 1 };

  it('lets in who has the scope, in the tenant that the token names and no other', async () => {
    expect((await call('POST', '/v1/notes', note, { 'x-tenant': 'other', tenant: 'other' })).status).toBe(201);
    expect(door.road.given[0]?.input).toMatchObject({ tenant: 'acme', actor: { kind: 'system', id: 'tester' } });
  });

  it.each([
    ['no token', () => Promise.resolve(undefined)],
    ['one that is none', () => Promise.resolve('a.b.c')],
    ['one for somebody else', () => issuer.token({ audience: 'another' })],
    ['one of somebody else', () => issuer.token({ issuer: 'http://other.test' })],
    ['one that has expired', () => issuer.token({ expiresIn: Math.floor(Date.now() / 1000) - 60 })],
    ['one without a tenant', () => issuer.token({ tenant: undefined })],
    ['one whose tenant could break an id', () => issuer.token({ tenant: 'acme|x' })],
    [
      'an unsigned one',
      () =>
        Promise.resolve(
          `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"tenant":"acme","sub":"x","exp":9999999999}').toString('base64url')}.`,
        ),
    ],
  ])('keeps out who brings %s', async (_, wish) => {
    token = await wish();
    const answer = await call('POST', '/v1/notes', note);
    expect(answer).toMatchObject({ status: 401, body: { code: 'token-missing', status: 401 } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(door.road.given).toHaveLength(0);
  });

  it('names the scope that is missing', async () => {
    token = await issuer.token({ scope: 'notes:read' });
    expect(await call('POST', '/v1/notes', note)).toMatchObject({
      status: 403,
      body: { code: 'scope-missing', detail: 'the token lacks notes:write' },
    });
  });

  it('leaves public routes open, without a tenant: nothing can be put in before one is found', async () => {
    token = undefined;
    expect(await call('POST', '/v1/notes/signed', '{"b" : 1}')).toMatchObject({ status: 201, body: { tenant: '' } });
  });

  it('shows metrics on this machine only', async () => {
    token = undefined;
    expect((await fetch(`${door.url}/metrics`)).status).toBe(200);
  });

  it('counts requests per caller when a limit is set', async () => {
    const limited = await openDoor(noteService, {
      own: new NoteSettings(),
      settings: { issuerUrl: issuer.url, requestsPerSecond: 2 },
    });
    const callLimited = callTo(
      () => limited,
      () => token,
    );
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await callLimited('POST', '/v1/notes', note)).status);
    expect(statuses).toEqual([201, 201, 429, 429]);
    expect(await callLimited('POST', '/v1/notes', note)).toMatchObject({
      body: { code: 'too-many-requests', retryAfterSeconds: 1 },
    });
    await limited.stop();
  });
});

describe('a service whose routes do not all name a right', () => {
  @Controller('v1/open')
  class Forgotten {
    @Get('a')
    a() {
      return {};
    }
    @Get('b')
    @Public()
    b() {
      return {};
    }
    @Get('c')
    @Scope('notes:read')
    c() {
      return {};
    }
  }
  it('does not start, and says which', async () => {
    const opening = openDoor({ ...noteService, opens: [Forgotten] }, { own: new NoteSettings() });
    await expect(opening).rejects.toThrow(OpenRoute);
    await expect(opening).rejects.toThrow('Forgotten.a (a)');
    await expect(opening).rejects.not.toThrow('Forgotten.b');
  });
});

describe('the keys of the issuer', () => {
  let issuer: Issuer;
  beforeEach(async () => {
    issuer = await Issuer.start();
  });
  afterEach(() => issuer.stop());

  it('are fetched again for a key id that is new, and a withdrawn key counts for seconds only', async () => {
    let now = Date.now();
    const tokens = openTokens({
      jwksUrl: issuer.jwksUrl,
      issuer: issuer.url,
      audience: 'crossdock',
      now: () => now,
      cooldownMs: 0,
    });
    const before = await issuer.token({ sub: 'before' });
    await tokens.claims(before);
    await issuer.rotate();
    expect((await tokens.claims(await issuer.token({ sub: 'after' }))).actor.id).toBe('after');
    now += 11_000;
    await expect(tokens.claims(before)).rejects.toMatchObject({ status: 401 });
  });

  it('are not fetched over and over for key ids that are made up', async () => {
    const tokens = openTokens({
      jwksUrl: issuer.jwksUrl,
      issuer: issuer.url,
      audience: 'crossdock',
      cooldownMs: 600_000,
    });
    await tokens.claims(await issuer.token());
    const others = await Issuer.start();
    for (let n = 0; n < 5; n++) {
      await others.rotate();
      await expect(tokens.claims(await others.token())).rejects.toThrow(Problem);
    }
    await others.stop();
    expect(issuer.fetched).toBe(1);
  });

  it('are asked for once for many requests with one token', async () => {
    const tokens = openTokens({ jwksUrl: issuer.jwksUrl, issuer: issuer.url, audience: 'crossdock' });
    const token = await issuer.token();
    await Promise.all(Array.from({ length: 50 }, () => tokens.claims(token)));
    expect(issuer.fetched).toBe(1);
  });

  it('that can not be had are our trouble, not the caller’s', async () => {
    issuer.status = 500;
    const tokens = openTokens({ jwksUrl: issuer.jwksUrl, issuer: issuer.url, audience: 'crossdock' });
    await expect(tokens.claims(await issuer.token())).rejects.toMatchObject({ status: 503, code: 'keys-unreachable' });
    const nowhere = openTokens({ jwksUrl: 'http://127.0.0.1:9/keys', issuer: issuer.url, audience: 'crossdock' });
    await expect(nowhere.claims(await issuer.token())).rejects.toMatchObject({ status: 503, code: 'keys-unreachable' });
  });
});
