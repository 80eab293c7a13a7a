/** Ids of what comes in at the door: the same request again has the same id, whoever receives it. */
import { createHash, randomUUID } from 'node:crypto';
import { derivedId } from '@crossdock/kernel';
import type { Message } from '@crossdock/contracts';
import type { Caller } from './door.js';
import { Problem } from './problem.js';

const KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;
/** As the header has it: 1 to 255 printable characters. */
export const idempotencyKeyOf = (header: string | undefined): string | undefined => {
  if (header === undefined) return undefined;
  if (KEY.test(header)) return header;
  const text = 'Idempotency-Key must be 1 to 255 printable ASCII characters';
  throw new Problem(400, 'request-malformed', {
    detail: text,
    errors: [{ reason: 'request-malformed', field: 'Idempotency-Key', text }],
  });
};

export const bodyHashOf = (body: Buffer | undefined): string | undefined =>
  body && body.length > 0 ? createHash('sha256').update(body).digest('hex') : undefined;

/** A request without a key is new each time. */
export const inputIdOf = (contract: Pick<Message, 'type'>, caller: Caller): string =>
  caller.idempotencyKey === undefined
    ? derivedId('door', randomUUID())
    : derivedId('door', caller.tenant, caller.request?.route ?? '', caller.idempotencyKey, contract.type);

const CORRELATION = /^[\w.:/+=@-]{1,128}$/;
/** The caller's own, or a new one; what could break a log line or a header is not taken over. */
export const correlationIdOf = (header: string | undefined): string =>
  header && CORRELATION.test(header) ? header : randomUUID();
