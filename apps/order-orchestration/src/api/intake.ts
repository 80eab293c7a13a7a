/** One canonical order from HTTP: checked, named and put in. */
import { derivedId } from '@crossdock/kernel';
import { OrderDocument, SubmitOrder } from '@crossdock/contracts';
import { checked, Problem, type Caller, type Door, type DoorAnswer, type Submission } from '@crossdock/runtime';
import { orderData } from '../translate/document.js';

const CHANNEL = /^[^\s\u0000-\u001f]{1,64}$/;
/** The channel that a caller names; `api` when it names none. */
export const channelOf = (header: string | undefined): string => {
  const channel = header ?? 'api';
  if (CHANNEL.test(channel)) return channel;
  const text = 'X-Channel must be 1 to 64 characters without spaces';
  throw new Problem(400, 'request-malformed', {
    detail: text,
    errors: [{ reason: 'request-malformed', field: 'X-Channel', text }],
  });
};

/** The body as an order. More lines than the limit are refused by name, before anything else is looked at. */
export const orderFrom = (body: unknown, maxLines: number): OrderDocument => {
  const lines = (body as { readonly lines?: unknown } | null | undefined)?.lines;
  if (Array.isArray(lines) && lines.length > maxLines) {
    const text = `${lines.length} lines were sent, ${maxLines} are the most`;
    throw new Problem(422, 'too-many-lines', {
      detail: text,
      errors: [{ reason: 'too-many-lines', field: 'lines', text }],
    });
  }
  return checked(OrderDocument, body);
};

/** Id of an input: the caller's key names the request, and a bulk request's place the document. */
export const inputIdOf = (caller: Caller, route: string, index: number): string | undefined =>
  caller.idempotencyKey === undefined
    ? undefined
    : derivedId('bulk', caller.tenant, route, caller.idempotencyKey, index);

export interface Taking {
  readonly door: Door;
  readonly caller: Caller;
  readonly channel: string;
  readonly daysAhead: number;
}
export const submitOrder = (
  { door, caller, channel, daysAhead }: Taking,
  document: OrderDocument,
  submission: Submission = {},
): Promise<DoorAnswer> =>
  door.submit(SubmitOrder, orderData(document, { tenant: caller.tenant, channel, daysAhead }), caller, submission);

/** HTTP statuses of refusals that are no 422. */
export const STATUS_OF = {
  'document-changed': 409,
  'order-released-already': 409,
  'order-shipped-already': 409,
  'order-replaced': 409,
  'change-not-possible': 409,
  'order-ended': 409,
  'illegal-transition': 409,
  'order-not-found': 404,
  'body-too-large': 413,
};
