/** What a batch says: events with derived ids, newest values merged, entity versions counted without gaps. */
import type { Input, Ref } from '@crossdock/kernel';
import { derivedId } from '@crossdock/kernel';
import type { Message } from '@crossdock/contracts';
import { handedOn } from '../watch/trace-context.js';
import { actorText, DEAD_LETTERS, type StoredEvent } from './envelope.js';
import { stateKey, storedId, type QuarantineDocument } from './ports.js';

interface Spoken {
  readonly event: Omit<StoredEvent, 'entityVersion'>;
  /** `<type>|<tenant>|<key>` of a newest value: only the last of each is kept */
  readonly newest?: string;
  /** key of the state whose events are counted */
  readonly of?: string;
}

/** By reference, hash, reason code and key: no personal, price or bank data stands on DEAD_LETTERS. */
export const deadLetterOf = (service: string, row: QuarantineDocument, correlationId: string): StoredEvent => {
  const { _id: quarantineId, messageId, type, reason, key, hash, attempts, tenant, at } = row;
  return {
    id: derivedId(quarantineId, 'dead-letter'),
    type: 'deadletters.evt.message-quarantined',
    version: 1,
    source: service,
    stream: DEAD_LETTERS,
    tenant,
    key,
    lane: key,
    entityVersion: 0,
    at,
    actor: 'system:road',
    correlationId,
    causationId: messageId,
    body: JSON.stringify({ service, quarantineId, messageId, type, reason, key, hash, attempts }),
  };
};

export class Speech {
  bytes = 0;
  private readonly said: Spoken[] = [];
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly service: string,
    private readonly decider: string,
  ) {}

  speak(id: string, cause: Input, message: Message, data: unknown, body: string, of?: Ref): void {
    this.bytes += Buffer.byteLength(body);
    const key = message.key(data);
    const traceparent = handedOn(cause.traceparent, cause.id, this.decider);
    const event = {
      id,
      type: message.type,
      version: message.version,
      source: this.service,
      stream: message.stream,
      tenant: cause.tenant,
      key,
      lane: message.lane(data),
      at: cause.at,
      ...(cause.occurredAt ? { occurredAt: cause.occurredAt } : {}),
      actor: actorText(cause.actor),
      correlationId: cause.correlationId,
      causationId: cause.id,
      ...(cause.batchId ? { batchId: cause.batchId } : {}),
      ...(traceparent ? { traceparent } : {}),
      body,
    };
    this.said.push({
      event,
      ...(message.newestValue ? { newest: `${message.type}|${cause.tenant}|${key}` } : {}),
      ...(of ? { of: stateKey(of.kind, storedId(cause.tenant, of.id)) } : {}),
    });
  }

  deadLetter(row: QuarantineDocument, cause: Input): void {
    this.said.push({ event: deadLetterOf(this.service, row, cause.correlationId) });
  }

  /** Events in order; `before` gives how many an entity had said when the batch began. */
  events(before: (of: string) => number): readonly StoredEvent[] {
    const last = new Map<string, number>();
    this.said.forEach(({ newest }, index) => {
      if (newest) last.set(newest, index);
    });
    this.counts.clear();
    return this.said.flatMap(({ event, newest, of }, index) => {
      if (newest && last.get(newest) !== index) return [];
      if (!of) return [{ ...event, entityVersion: 0 }];
      const entityVersion = (this.counts.get(of) ?? before(of)) + 1;
      this.counts.set(of, entityVersion);
      return [{ ...event, entityVersion }];
    });
  }

  /** Entities that spoke, and how many events each has said by now; after `events`. */
  get counted(): ReadonlyMap<string, number> {
    return this.counts;
  }
}
