/**
 * Who sent a webhook: HMAC-SHA256 with the connection's secret, NFKD-normalised, as EasyPost's client libraries do.
 * `X-Hmac-Signature` signs the raw body; the newer `X-Hmac-Signature-V2` signs time, method, path and raw body.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

const PREFIX = 'hmac-sha256-hex=';
/** How old a V2 signature may be, and how far ahead the sender's clock. */
const TOLERANCE_MS = 5 * 60_000;

export interface Signed {
  readonly body: Uint8Array;
  /** header `x-hmac-signature` */
  readonly signature?: string | undefined;
  /** headers `x-hmac-signature-v2`, `x-timestamp` (RFC 2822), `x-path` */
  readonly signatureV2?: string | undefined;
  readonly timestamp?: string | undefined;
  readonly path?: string | undefined;
}

const digestOf = (secret: string, ...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hmac = createHmac('sha256', secret.normalize('NFKD'));
  for (const part of parts) hmac.update(part);
  return hmac.digest();
};
const isDigest = (header: string, digest: Buffer): boolean => {
  const hex = header.trim().toLowerCase();
  const bare = hex.startsWith(PREFIX) ? hex.slice(PREFIX.length) : hex;
  return /^[0-9a-f]{64}$/.test(bare) && timingSafeEqual(Buffer.from(bare, 'hex'), digest);
};

/** The value of `X-Hmac-Signature` for a body. */
export const easypostSignature = (secret: string, body: string | Uint8Array): string =>
  PREFIX + digestOf(secret, body).toString('hex');

/** True when the body is from who holds the secret. The first signature decides when both are there. */
export const isFromEasypost = (secret: string, signed: Signed, nowMs: number): boolean => {
  const { body, signature, signatureV2, timestamp, path } = signed;
  if (signature !== undefined) return isDigest(signature, digestOf(secret, body));
  if (signatureV2 === undefined || !timestamp || !path) return false;
  const at = Date.parse(timestamp);
  if (Number.isNaN(at) || Math.abs(nowMs - at) > TOLERANCE_MS) return false;
  return isDigest(signatureV2, digestOf(secret, timestamp, 'POST', path, body));
};
