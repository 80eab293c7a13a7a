/** What the checker reads: the services' databases, the streams, the books of the outside. It changes nothing. */
import { MongoClient, type Db } from 'mongodb';
import { JetStreamBroker, type StoredEvent } from '@crossdock/runtime';

export interface Sources {
  readonly natsUrl: string;
  /** connection with read rights, by service; the database is the service's */
  readonly mongoUrls: Readonly<Record<string, string>>;
  /** base URL of the sandbox ERP and WMS, where there is one */
  readonly erpUrl?: string;
  readonly wmsUrl?: string;
}
/** A message of a stream, as far as the checks need it. */
export interface Sent {
  readonly stream: string;
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly tenant: string;
  readonly key: string;
  readonly source: string;
  readonly entityVersion: number;
  readonly body: string;
}
export interface StateRowOf<S> {
  readonly tenant: string;
  readonly id: string;
  readonly version: number;
  readonly events: number;
  readonly keys: readonly string[];
  readonly state: S;
}

export class World {
  private readonly clients = new Map<string, MongoClient>();

  private constructor(
    private readonly sources: Sources,
    readonly broker: JetStreamBroker,
  ) {}

  static async open(sources: Sources): Promise<World> {
    return new World(sources, await JetStreamBroker.open(sources.natsUrl, 'invariants'));
  }
  async close(): Promise<void> {
    await this.broker.close();
    for (const client of this.clients.values()) await client.close();
  }

  get services(): readonly string[] {
    return Object.keys(this.sources.mongoUrls);
  }
  db(service: string): Db {
    const url = this.sources.mongoUrls[service];
    if (!url) throw new Error(`no database of ${service} was given`);
    let client = this.clients.get(service);
    if (!client) this.clients.set(service, (client = new MongoClient(url, { maxPoolSize: 4 })));
    return client.db();
  }

  async *states<S>(service: string, kind: string, key?: string): AsyncIterable<StateRowOf<S>> {
    const filter = key ? { k: key } : {};
    const rows = this.db(service)
      .collection<{ _id: string; v: number; e: number; k: string[]; s: S }>(`state_${kind}`)
      .find(filter);
    for await (const { _id, v, e, k, s } of rows) {
      const bar = _id.indexOf('|');
      yield { tenant: _id.slice(0, bar), id: _id.slice(bar + 1), version: v, events: e, keys: k, state: s as S };
    }
  }
  async allStates<S>(service: string, kind: string): Promise<readonly StateRowOf<S>[]> {
    const rows: StateRowOf<S>[] = [];
    for await (const row of this.states<S>(service, kind)) rows.push(row);
    return rows;
  }

  /** Every event that a service has committed, in order of its lanes. */
  async *committed(service: string): AsyncIterable<StoredEvent> {
    for (const name of ['commits', 'commit_parts'])
      for await (const { events } of this.db(service)
        .collection<{ events: StoredEvent[] }>(name)
        .find({}, { projection: { events: 1 } }))
        yield* events;
  }

  async streams(): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const { config } of this.broker.manager.streams.list())
      if (!config.name.startsWith('KV_')) names.push(config.name);
    return names.sort();
  }

  /** Every message of a stream that subjects match, from the first on. */
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

  /** JSON of the outside's books; undefined where no address was given. */
  async outside<T>(system: 'erp' | 'wms', path: string): Promise<T | undefined> {
    const base = system === 'erp' ? this.sources.erpUrl : this.sources.wmsUrl;
    if (!base) return undefined;
    const response = await fetch(`${base}${path}`);
    if (!response.ok) throw new Error(`${base}${path}: ${response.status}`);
    return (await response.json()) as T;
  }
}
