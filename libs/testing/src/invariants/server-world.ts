/** The checks' world on real servers: MongoDB, JetStream, and the books of the outside over HTTP. */
import { Kvm, type KV } from '@nats-io/kv';
import { MongoClient, type Binary, type Db } from 'mongodb';
import { JetStreamBroker, type StoredEvent } from '@crossdock/runtime';
import type { DueRow, LaneRow, QuarantinedRow, Sent, StateRowOf, World } from './world.js';

export interface Sources {
  readonly natsUrl: string;
  /** connection with read rights, by service; the database is the service's */
  readonly mongoUrls: Readonly<Record<string, string>>;
  /** base URL of the sandbox ERP and WMS, where there is one */
  readonly erpUrl?: string;
  readonly wmsUrl?: string;
  /** by service: milliseconds that its clock is off; its timers are due by that clock */
  readonly clocks?: Readonly<Record<string, number>>;
}
export class ServerWorld implements World {
  private readonly clients = new Map<string, MongoClient>();

  private readonly buckets = new Map<string, KV>();

  private constructor(
    private readonly sources: Sources,
    private readonly broker: JetStreamBroker,
  ) {}

  static async open(sources: Sources): Promise<ServerWorld> {
    return new ServerWorld(sources, await JetStreamBroker.open(sources.natsUrl, 'invariants'));
  }
  async close(): Promise<void> {
    await this.broker.close();
    for (const client of this.clients.values()) await client.close();
  }

  get services(): readonly string[] {
    return Object.keys(this.sources.mongoUrls);
  }
  now(): number {
    return Date.now();
  }
  private db(service: string): Db {
    const url = this.sources.mongoUrls[service];
    if (!url) throw new Error(`no database of ${service} was given`);
    let client = this.clients.get(service);
    if (!client) this.clients.set(service, (client = new MongoClient(url, { maxPoolSize: 4 })));
    return client.db();
  }

  async *states<S>(service: string, kind: string): AsyncIterable<StateRowOf<S>> {
    const rows = this.db(service)
      .collection<{ _id: string; v: number; e: number; k: string[]; s: S }>(`state_${kind}`)
      .find();
    for await (const { _id, v, e, k, s } of rows) {
      const bar = _id.indexOf('|');
      yield { tenant: _id.slice(0, bar), id: _id.slice(bar + 1), version: v, events: e, keys: k, state: s as S };
    }
  }
  async *committed(service: string): AsyncIterable<StoredEvent> {
    for (const name of ['commits', 'commit_parts'])
      for await (const { events } of this.db(service)
        .collection<{ events: StoredEvent[] }>(name)
        .find({}, { projection: { events: 1 } }))
        yield* events;
  }

  async *causes(service: string): AsyncIterable<string> {
    const commits = this.db(service).collection<{ causes: string[] }>('commits');
    for await (const { causes } of commits.find({}, { projection: { causes: 1 } })) yield* causes;
  }
  async *quarantined(service: string): AsyncIterable<QuarantinedRow> {
    const rows = this.db(service).collection<{ _id: string; reason: string; hash: string; bytes: Binary }>(
      'quarantine',
    );
    for await (const { _id: id, reason, bytes, hash } of rows.find()) yield { id, reason, hash, bytes: bytes.value() };
  }
  lanes(service: string): AsyncIterable<LaneRow> {
    return this.db(service).collection<LaneRow>('lanes').find();
  }
  async *due(service: string): AsyncIterable<DueRow> {
    const off = this.sources.clocks?.[service] ?? 0;
    for await (const { _id: id, kind, at } of this.db(service)
      .collection<{ _id: string; kind: string; at: string }>('due')
      .find())
      yield { id, kind, at: new Date(Date.parse(at) - off).toISOString() };
  }
  async subjects(stream: string, durable: string): Promise<readonly string[]> {
    const { config } = await this.broker.manager.consumers.info(stream, durable);
    return config.filter_subjects ?? (config.filter_subject ? [config.filter_subject] : []);
  }
  async mirrored<T>(bucket: string, key: string): Promise<T | undefined> {
    let opened = this.buckets.get(bucket);
    if (!opened) this.buckets.set(bucket, (opened = await new Kvm(this.broker.connection).open(bucket)));
    return (await opened.get(key))?.json<T>();
  }

  async streams(): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const { config } of this.broker.manager.streams.list())
      if (!config.name.startsWith('KV_')) names.push(config.name);
    return names.sort();
  }

  async *sent(stream: string, subjects: readonly string[] = []): AsyncIterable<Sent> {
    const consumer = await this.broker.jetstream.consumers.get(
      stream,
      subjects.length > 0 ? { filter_subjects: [...subjects] } : {},
    );
    const { num_pending: pending } = await consumer.info();
    let left = pending;
    while (left > 0) {
      const messages = await consumer.fetch({ max_messages: Math.min(left, 1_000), expires: 5_000 });
      let got = 0;
      for await (const message of messages) {
        got++;
        const header = (name: string): string => message.headers?.get(name) ?? '';
        yield {
          stream,
          seq: message.seq,
          id: header('ce-id'),
          type: header('ce-type'),
          subject: message.subject,
          tenant: header('ce-tenant'),
          key: header('ce-subject'),
          source: header('ce-source').replace('urn:crossdock:', ''),
          entityVersion: Number(header('ce-entityversion') || '0'),
          body: message.string(),
        };
      }
      if (got === 0) throw new Error(`${stream}: ${left} messages did not come`);
      left -= got;
    }
  }

  async outside<T>(system: 'erp' | 'wms', path: string): Promise<T | undefined> {
    const base = system === 'erp' ? this.sources.erpUrl : this.sources.wmsUrl;
    if (!base) return undefined;
    const response = await fetch(`${base}${path}`);
    if (!response.ok) throw new Error(`${base}${path}: ${response.status}`);
    return (await response.json()) as T;
  }
}
