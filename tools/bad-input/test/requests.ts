/** Who may ask, and what happens when the same is asked again. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importJWK, SignJWT, type JWK } from 'jose';
import { expectProblem } from './refused.ts';
import { anOrder, type World } from './world.ts';

/** A token as the sandbox's issuer would sign it, had it been asked to. */
const aToken = async (
  { platform }: World,
  claims: object,
  expires: string,
  audience = 'crossdock',
): Promise<string> => {
  const file = join(platform.dir, 'data', 'sandbox', 'keys.json');
  const [jwk] = JSON.parse(await readFile(file, 'utf8')) as [JWK];
  return new SignJWT({ tenant: 'acme', scope: 'orders:read orders:write', ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: String(jwk.kid) })
    .setIssuer(platform.fleet.urls.outside.tokens)
    .setAudience(audience)
    .setSubject('tester')
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(await importJWK(jwk, 'RS256'));
};

export const whoMayAsk = (world: () => World): void => {
  describe('a request', () => {
    it('is let in with a token, and only so', async () => {
      const body = anOrder();
      const send = (token: string) => world().send('POST', '/v1/orders', { body, token });
      const expired = await aToken(world(), {}, '1 hour ago');
      const forAnother = await aToken(world(), {}, '1h', 'somebody-else');
      const ofNobody = await aToken(world(), { tenant: undefined }, '1h');
      for (const token of ['', 'abc', `${await world().token()}x`, expired, forAnother, ofNobody]) {
        const answer = await send(token);
        expectProblem(answer, { status: 401, code: 'token-missing' });
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      }
      expect((await send(expired)).body['detail']).toBe('the token has expired');
      expect((await world().get(`/v1/orders/${String(body['documentNo'])}`)).status).toBe(404);
      expect((await send(await aToken(world(), {}, '1h'))).status).toBe(201);
      world().taken.add(String(body['documentNo']));
    });

    it('needs the right that its route names', async () => {
      const token = await world().token('demo', 'orders:read');
      const answer = await world().send('POST', '/v1/orders', { body: anOrder(), token });
      expectProblem(answer, { status: 403, code: 'scope-missing' });
      expect(answer.body['detail']).toBe('the token lacks orders:write');
    });

    it('of another tenant finds nothing of ours', async () => {
      const orderNo = await world().nextGoodOne();
      const { body } = await world().get(`/v1/orders/${orderNo}`);
      const token = await world().token('stranger');
      for (const id of [orderNo, String(body['orderId'])]) {
        expectProblem(await world().send('GET', `/v1/orders/${id}`, { token }), {
          status: 404,
          code: 'order-not-found',
        });
        const cancel = { token, body: { reason: 'not mine' } };
        expect((await world().send('POST', `/v1/orders/${id}/cancel`, cancel)).status).toBe(404);
      }
      expect((await world().send('GET', `/v1/orders?orderNo=${orderNo}`, { token })).body).toEqual({ orders: [] });
    });

    it('to nowhere, or in a form that nobody reads, is told so', async () => {
      expectProblem(await world().get('/v1/nothing'), { status: 404, code: 'not-found' });
      const form = await world().submit('documentNo=1', { 'content-type': 'application/x-www-form-urlencoded' });
      expectProblem(form, { status: 415, code: 'media-type-unknown' });
      expect(form.body['detail']).toContain('application/json');
    });
  });

  describe('an Idempotency-Key', () => {
    it('makes one order of fifty requests at once, with fifty answers that are alike', async () => {
      const order = anOrder();
      const key = { 'idempotency-key': `key-${String(order['documentNo'])}` };
      const answers = await Promise.all(Array.from({ length: 50 }, () => world().submit(order, key)));
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      expect(answers[0]?.status).toBe(201);
      world().taken.add(String(order['documentNo']));
      const other = await world().submit({ ...order, customerPo: 'another' }, key);
      expectProblem(other, { status: 422, code: 'key-reused', field: 'Idempotency-Key' });
      const found = await world().get(`/v1/orders?orderNo=${String(order['documentNo'])}`);
      expect(found.body['orders']).toHaveLength(1);
      await world().nextGoodOne();
    });
  });
};
