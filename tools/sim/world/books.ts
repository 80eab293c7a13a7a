/** The simulated world as the invariant checker reads it: over the twins and the outside's own books. */
import type { StoredEvent } from '@crossdock/runtime';
import type { DueRow, LaneRow, QuarantinedRow, Sent, StateRowOf, World as Books } from '@crossdock/testing';
import { INVENTORY, SERVICES, type ServiceName } from './services.ts';
import type { World } from './world.ts';

const decoder = new TextDecoder();
const tenantAndId = (id: string): { tenant: string; id: string } => {
  const bar = id.indexOf('|');
  return { tenant: id.slice(0, bar), id: id.slice(bar + 1) };
};
const matcher = (subjects: readonly string[]): ((subject: string) => boolean) => {
  if (subjects.length === 0) return () => true;
  const heads = subjects.map((subject) => subject.replace(/\*$/, ''));
  return (subject) =>
    heads.some((head, at) => subject === subjects[at] || (subjects[at]?.endsWith('*') && subject.startsWith(head)));
};

export class TwinBooks implements Books {
  readonly services: readonly string[] = SERVICES;

  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  private store(service: string) {
    return this.world.stores[service as ServiceName];
  }
  now(): number {
    return this.world.clock.now();
  }
  async *states<S>(service: string, kind: string): AsyncIterable<StateRowOf<S>> {
    for (const row of this.store(service).states.values())
      if (row.kind === kind)
        yield { ...tenantAndId(row.id), version: row.v, events: row.e, keys: row.keys, state: row.s as S };
  }
  async *committed(service: string): AsyncIterable<StoredEvent> {
    for (const { events } of this.store(service).committed) yield* events;
  }
  async *causes(service: string): AsyncIterable<string> {
    for (const { causes } of this.store(service).committed) yield* causes;
  }
  async *quarantined(service: string): AsyncIterable<QuarantinedRow> {
    for (const { _id: id, reason, bytes, hash } of this.store(service).quarantined.values())
      yield { id, reason, bytes, hash };
  }
  async *lanes(service: string): AsyncIterable<LaneRow> {
    yield* this.store(service).laneRows.values();
  }
  async *due(service: string): AsyncIterable<DueRow> {
    for (const { _id: id, kind, at } of this.store(service).due.values()) yield { id, kind, at };
  }
  async subjects(stream: string, durable: string): Promise<readonly string[]> {
    return this.world.subjectsOf(stream, durable);
  }
  async streams(): Promise<readonly string[]> {
    return [...this.world.streams.streams.keys()];
  }
  async *sent(stream: string, subjects: readonly string[] = []): AsyncIterable<Sent> {
    const isMeant = matcher(subjects);
    for (const [at, { subject, headers, body }] of this.world.streams.get(stream).messages.entries())
      if (isMeant(subject))
        yield {
          stream,
          seq: at + 1,
          id: headers['ce-id'] ?? '',
          type: headers['ce-type'] ?? '',
          subject,
          tenant: headers['ce-tenant'] ?? '',
          key: headers['ce-subject'] ?? '',
          source: (headers['ce-source'] ?? '').replace('urn:crossdock:', ''),
          entityVersion: Number(headers['ce-entityversion'] ?? '0'),
          body: decoder.decode(body),
        };
  }
  /** The mirror writes what the states of availability say; here they are asked themselves. */
  async mirrored<T>(_bucket: string, key: string): Promise<T | undefined> {
    const [tenant = '', channel = '', item = ''] = key
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString());
    const row = this.store(INVENTORY).states.get(`itemAvailability/${tenant}|${item}`);
    const channels = (row?.s as { channels?: readonly { channel: string; available: number }[] } | undefined)?.channels;
    const found = channels?.find((one) => one.channel === channel);
    return found && ({ version: row?.e, available: found.available } as T);
  }
  async outside<T>(system: 'erp' | 'wms', _path: string): Promise<T | undefined> {
    const { orders, postings, fulfilments } = this.world.outside;
    return (system === 'erp' ? { orders, postings } : { fulfilments }) as T;
  }
}
