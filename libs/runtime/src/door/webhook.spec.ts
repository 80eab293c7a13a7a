import { createHmac } from 'node:crypto';
import { believed, type WebhookSigning } from './webhook.js';

const BODY = Buffer.from('{"a":1}');
const NOW = 1_772_500_000_000;
const at = String(NOW / 1000);
const hmac = (key: string | Buffer, text: string, encoding: 'hex' | 'base64'): string =>
  createHmac('sha256', key).update(text).digest(encoding);

describe('a webhook signed as Standard Webhooks say', () => {
  const key = Buffer.from('0123456789abcdef0123456789abcdef');
  const signing: WebhookSigning = { scheme: 'standard-webhooks', secret: `whsec_${key.toString('base64')}` };
  const signature = `v1,${hmac(key, `msg_1.${at}.${BODY.toString()}`, 'base64')}`;
  const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': at, 'webhook-signature': signature };
  it('is believed, and its id is that of the delivery', () => {
    expect(believed(signing, headers, BODY, NOW)).toEqual({ deliveryId: 'msg_1' });
  });
  it('may carry the signatures of an old and a new secret', () => {
    const both = { ...headers, 'webhook-signature': `v1,AAAA ${signature}` };
    expect(believed(signing, both, BODY, NOW)).toEqual({ deliveryId: 'msg_1' });
  });
  it.each([
    ['later than the window', {}, BODY, NOW + 301_000],
    ['earlier than the window', {}, BODY, NOW - 301_000],
    ['with another body', {}, Buffer.from('{"a":2}'), NOW],
    ['under another id', { 'webhook-id': 'msg_2' }, BODY, NOW],
    ['with a time that is none', { 'webhook-timestamp': 'now' }, BODY, NOW],
    ['without a signature', { 'webhook-signature': '' }, BODY, NOW],
  ])('is not believed %s', (_, changed, body, now) => {
    expect(believed(signing, { ...headers, ...changed }, body, now)).toBeUndefined();
  });
});

describe('a webhook with a signature over its raw body', () => {
  const hex: WebhookSigning = {
    scheme: 'hmac-sha256',
    secret: 's',
    header: 'x-sig',
    prefix: 'sha256=',
    deliveryHeader: 'x-id',
  };
  it('is believed in hex, with its prefix or without, in any case', () => {
    const digest = hmac('s', BODY.toString(), 'hex');
    for (const told of [`sha256=${digest}`, digest, digest.toUpperCase()])
      expect(believed(hex, { 'x-sig': told, 'x-id': 'd-1' }, BODY, NOW)).toEqual({ deliveryId: 'd-1' });
  });
  it('is believed in base64', () => {
    const base64: WebhookSigning = { scheme: 'hmac-sha256', secret: 's', header: 'X-Sig', encoding: 'base64' };
    expect(believed(base64, { 'x-sig': hmac('s', BODY.toString(), 'base64') }, BODY, NOW)).toEqual({});
  });
  it.each(['', 'sha256=', 'sha256=00', hmac('other', BODY.toString(), 'hex')])('is not believed with "%s"', (told) => {
    expect(believed(hex, { 'x-sig': told }, BODY, NOW)).toBeUndefined();
  });
});

describe('a webhook with an agreed token', () => {
  const token: WebhookSigning = { scheme: 'token', secret: 'agreed', header: 'credential' };
  it('is believed with that token alone', () => {
    expect(believed(token, { credential: 'agreed' }, BODY, NOW)).toEqual({});
    for (const told of ['', 'agree', 'agreed!'])
      expect(believed(token, { credential: told }, BODY, NOW)).toBeUndefined();
    expect(believed(token, {}, BODY, NOW)).toBeUndefined();
  });
});
