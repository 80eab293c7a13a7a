/**
 * Who sent a webhook, told by what it carries: a signature over the raw body (HMAC-SHA256), Standard Webhooks 1.0 with
 * id and time in the signature, or a token that was agreed. Compared in constant time; `undefined` means not believed.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export type WebhookSigning =
  /** headers webhook-id, webhook-timestamp (s), webhook-signature (`v1,<base64>`, several by space); secret `whsec_<base64>` */
  | { readonly scheme: 'standard-webhooks'; readonly secret: string; readonly toleranceMs?: number }
  | {
      readonly scheme: 'hmac-sha256';
      readonly secret: string;
      /** lower case */
      readonly header: string;
      readonly encoding?: 'hex' | 'base64';
      /** stands before the digest in the header, such as `sha256=` */
      readonly prefix?: string;
      /** header with the sender's id of this delivery */
      readonly deliveryHeader?: string;
    }
  | { readonly scheme: 'token'; readonly secret: string; readonly header: string; readonly deliveryHeader?: string };

export type WebhookHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;
export interface Believed {
  /** the sender's own id of this delivery, the same when it is repeated */
  readonly deliveryId?: string;
}
export const WEBHOOK_TOLERANCE_MS = 5 * 60_000;

const headerOf = (headers: WebhookHeaders, name: string): string => {
  const value = headers[name.toLowerCase()];
  return typeof value === 'string' ? value.trim() : '';
};
/** Hashed first, so that neither content nor length of the expected is told by time. */
const isSame = (told: string | Uint8Array, expected: string | Uint8Array): boolean =>
  timingSafeEqual(createHash('sha256').update(told).digest(), createHash('sha256').update(expected).digest());
const digestOf = (secret: string | Uint8Array, ...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hmac = createHmac('sha256', secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
};
const idOf = (headers: WebhookHeaders, name: string | undefined): Believed => {
  const deliveryId = name ? headerOf(headers, name) : '';
  return deliveryId ? { deliveryId } : {};
};

const standard = (
  { secret, toleranceMs = WEBHOOK_TOLERANCE_MS }: Extract<WebhookSigning, { scheme: 'standard-webhooks' }>,
  headers: WebhookHeaders,
  body: Uint8Array,
  nowMs: number,
): Believed | undefined => {
  const [id, at] = [headerOf(headers, 'webhook-id'), headerOf(headers, 'webhook-timestamp')];
  if (!id || !/^\d{1,12}$/.test(at) || Math.abs(nowMs - Number(at) * 1000) > toleranceMs) return undefined;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = digestOf(key, `${id}.${at}.`, body).toString('base64');
  const told = headerOf(headers, 'webhook-signature').split(' ');
  return told.some((each) => isSame(each, `v1,${expected}`)) ? { deliveryId: id } : undefined;
};

export const believed = (
  signing: WebhookSigning,
  headers: WebhookHeaders,
  body: Uint8Array,
  nowMs: number,
): Believed | undefined => {
  if (signing.scheme === 'standard-webhooks') return standard(signing, headers, body, nowMs);
  const told = headerOf(headers, signing.header);
  if (signing.scheme === 'token')
    return told !== '' && isSame(told, signing.secret) ? idOf(headers, signing.deliveryHeader) : undefined;
  const { encoding = 'hex', prefix = '' } = signing;
  const expected = digestOf(signing.secret, body).toString(encoding);
  const bare = prefix !== '' && told.startsWith(prefix) ? told.slice(prefix.length) : told;
  const isBelieved = isSame(encoding === 'hex' ? bare.toLowerCase() : bare, expected);
  return isBelieved ? idOf(headers, signing.deliveryHeader) : undefined;
};
