import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { Issuer } from './issuer.js';
import { Keys } from './keys.js';

const SETTINGS = { issuer: () => 'http://issuer', audience: 'crossdock', tenant: 'acme', tokenSeconds: 60 };

describe('the token issuer', () => {
  let folder: string;
  let keys: Keys;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-tokens-'));
    keys = await Keys.open(join(folder, 'keys.json'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const verified = async (token: string, verifying = keys) =>
    (await jwtVerify(token, createLocalJWKSet(verifying.jwks()), { issuer: 'http://issuer', audience: 'crossdock' }))
      .payload;

  it('gives a client its tenant and scopes', async () => {
    const { access_token: token, scope } = await new Issuer(keys, SETTINGS).issue('wms', 'sandbox-wms');
    expect(scope).toContain('shipments:write');
    expect(await verified(token)).toMatchObject({ sub: 'wms', tenant: 'acme', scope });
  });

  it('gives another company its own tenant', async () => {
    const { access_token: token } = await new Issuer(keys, SETTINGS).issue('stranger', 'sandbox-stranger');
    expect(await verified(token)).toMatchObject({ tenant: 'globex' });
  });

  it('gives fewer scopes when asked, never more', async () => {
    const issuer = new Issuer(keys, SETTINGS);
    expect(await issuer.issue('demo', 'sandbox-demo', 'orders:read')).toMatchObject({ scope: 'orders:read' });
    await expect(issuer.issue('carrier', 'sandbox-carrier', 'finance:read')).rejects.toMatchObject({
      code: 'invalid_scope',
    });
  });

  it('refuses a wrong secret', async () => {
    await expect(new Issuer(keys, SETTINGS).issue('wms', 'sandbox-demo')).rejects.toMatchObject({ status: 401 });
  });

  it('keeps its keys over a restart, and old ones after a rotation', async () => {
    const { access_token: token } = await new Issuer(keys, SETTINGS).issue('demo', 'sandbox-demo');
    const restarted = await Keys.open(join(folder, 'keys.json'));
    expect(restarted.jwks()).toEqual(keys.jwks());
    const before = restarted.jwks().keys[0]?.kid;
    expect(await restarted.rotate()).not.toBe(before);
    expect(await verified(token, restarted)).toMatchObject({ sub: 'demo' });
  });

  it('never shows a private key', () => {
    expect(keys.jwks().keys.every((key) => !('d' in key) && !('p' in key))).toBe(true);
  });
});
