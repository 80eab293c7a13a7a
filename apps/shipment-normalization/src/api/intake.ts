/**
 * What a believed webhook becomes: its bytes are archived, what they tell of packages is left with the trackers, and
 * what can't be read goes to quarantine. All of that is durable before the sender has its answer, none of it is decided.
 */
import { IngestTracking, reasonOf, type IngestTrackingData } from '@crossdock/contracts';
import { derivedId } from '@crossdock/kernel';
import { Problem, type Archive, type Caller, type Door } from '@crossdock/runtime';
import { MAX_PAYLOAD_BYTES, type Fault } from '../translate/carriers/index.js';

export interface WebhookTaken {
  /** SHA-256 of the body as archived */
  readonly hash: string;
  /** packages that it tells of */
  readonly trackingNos: readonly string[];
  /** what of it could not be read, or not be mapped; those codes wait as cases */
  readonly faults: readonly Fault[];
}
export interface Desk {
  readonly door: Door;
  readonly archive: Archive;
}
/** A body whose sender is known. */
export interface Delivered {
  readonly body: Buffer;
  readonly contentType?: string | undefined;
  /** with the connection's tenant */
  readonly caller: Caller;
}
/** What a translation makes of a body; `deliveryId` is the same when it is sent again. */
export interface Told {
  readonly deliveryId: string;
  readonly messages: readonly IngestTrackingData[];
  readonly faults: readonly Fault[];
}

/** Faults by which something of a body is lost: it must be looked at as it came. */
const lossesOf = ({ messages, faults }: Told): readonly Fault[] =>
  messages.length === 0 ? faults : faults.filter(({ code }) => code === 'schema-violation');

export const takeIn = async (
  { door, archive }: Desk,
  { body, contentType, caller }: Delivered,
  read: (hash: string) => Told,
): Promise<WebhookTaken> => {
  const { hash } = await archive.put(caller.tenant, body, MAX_PAYLOAD_BYTES, 'webhook');
  const told = read(hash);
  const { deliveryId, messages } = told;
  const deposits = messages.map((data, at) =>
    door
      .deposit(IngestTracking, data, caller, { id: derivedId(deliveryId, data.trackingNo, String(at)) })
      .then(() => [], faultsOf),
  );
  const refused = (await Promise.all(deposits)).flat();
  const [loss] = [...lossesOf(told), ...refused];
  if (loss) {
    const unread = {
      reason: reasonOf(loss.code) ? loss.code : 'document-unreadable',
      text: `${loss.code}${loss.path ? ` at ${loss.path}` : ''}: ${loss.text}`,
      bytes: body,
      ...(contentType ? { contentType } : {}),
    };
    await door.putAside(IngestTracking, unread, caller, { id: derivedId(deliveryId, 'unread') });
  }
  const trackingNos = [...new Set(messages.map(({ trackingNo }) => trackingNo))];
  return { hash, trackingNos, faults: [...told.faults, ...refused] };
};

/** What a translation wrote and our own contract refuses; anything else is no fault of the body. */
const faultsOf = (error: unknown): readonly Fault[] => {
  if (!(error instanceof Problem) || error.status !== 400) throw error;
  const { errors = [] } = error.more;
  return errors.map(({ reason: code, field: path = '', text = error.message }) => ({ code, path, text }));
};
