import { createHmac } from 'node:crypto';
import { easypostSignature, isFromEasypost } from './easypost-signature.js';

const SECRET = 'sécret-ﬁne';
const BODY = Buffer.from('{"weight": 136.0, "object": "Event"}');
const NOW = Date.parse('2025-08-19T20:37:30Z');
const hex = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex');

describe('a body signed by EasyPost', () => {
  const signature = easypostSignature(SECRET, BODY);
  it('is believed', () => {
    expect(signature).toMatch(/^hmac-sha256-hex=[0-9a-f]{64}$/);
    expect(isFromEasypost(SECRET, { body: BODY, signature }, NOW)).toBe(true);
  });
  it('is signed with the NFKD form of the secret, however the secret is typed', () => {
    expect(signature).toBe(`hmac-sha256-hex=${hex('se\u0301cret-fine', BODY.toString())}`);
    expect(isFromEasypost('s\u00e9cret-fine', { body: BODY, signature }, NOW)).toBe(true);
  });
  it.each([
    ['another secret', 'other', BODY, signature],
    [
      'another body, though it parses to the same JSON',
      SECRET,
      Buffer.from('{"weight":136,"object":"Event"}'),
      signature,
    ],
    ['no signature', SECRET, BODY, undefined],
    ['an empty signature', SECRET, BODY, ''],
    ['half a signature', SECRET, BODY, signature.slice(0, 40)],
    [
      'a signature in base64',
      SECRET,
      BODY,
      createHmac('sha256', SECRET.normalize('NFKD')).update(BODY).digest('base64'),
    ],
  ])('is not believed with %s', (_, secret, body, sent) => {
    expect(isFromEasypost(secret, { body, signature: sent }, NOW)).toBe(false);
  });
});

describe('a body with the newer signature alone', () => {
  const timestamp = 'Tue, 19 Aug 2025 20:37:09 -0000';
  const path = '/webhooks/easypost/acme';
  const signatureV2 = `hmac-sha256-hex=${hex(SECRET.normalize('NFKD'), `${timestamp}POST${path}${BODY.toString()}`)}`;
  const signed = { body: BODY, signatureV2, timestamp, path };
  it('is believed while it is fresh', () => expect(isFromEasypost(SECRET, signed, NOW)).toBe(true));
  it('is not believed later', () => expect(isFromEasypost(SECRET, signed, NOW + 10 * 60_000)).toBe(false));
  it('is not believed with another path, time or body', () => {
    expect(isFromEasypost(SECRET, { ...signed, path: '/webhooks/easypost/other' }, NOW)).toBe(false);
    expect(isFromEasypost(SECRET, { ...signed, timestamp: 'Tue, 19 Aug 2025 20:37:10 -0000' }, NOW)).toBe(false);
    expect(isFromEasypost(SECRET, { ...signed, body: Buffer.from('{}') }, NOW)).toBe(false);
    expect(isFromEasypost(SECRET, { ...signed, timestamp: 'yesterday' }, NOW)).toBe(false);
    expect(isFromEasypost(SECRET, { ...signed, path: undefined }, NOW)).toBe(false);
  });
});
