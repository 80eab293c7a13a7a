/** Own servers for a spec that tampers with them, a speaker from outside, and what the services have in their books. */
import jetstream from '@nats-io/jetstream';
import type { Document } from 'mongodb';
import { eventually, ownServers, type OwnServers } from '@crossdock/testing';
import {
  connect,
  headersOf,
  JetStreamBroker,
  subjectOf,
  type Connection,
  type LaneDocument,
  type ServiceDefinition,
  type StoredEvent,
} from '@crossdock/runtime';
import { createInbox, headers } from '@nats-io/transport-node';
import { serviceA, serviceB, type Tally } from './chain.ts';
import { provisionAll, startReplica, type RunningReplica, type Where } from './replica-of.ts';

type Named = 'test-a' | 'test-b';
export interface Sent {
  readonly id: string;
  readonly seq: number;
  readonly key: string;
  readonly tenant: string;
  readonly version: number;
  readonly data: { readonly key: string; readonly amount: number };
}

export class Stage {
  private readonly running = new Set<RunningReplica>();
  private constructor(
    readonly servers: OwnServers,
    readonly speaker: JetStreamBroker,
    private readonly connections: Readonly<Record<Named, Connection>>,
  ) {}

  static async open(purpose: string, lanes: Readonly<Record<string, number>> = {}): Promise<Stage> {
    const servers = await ownServers(purpose, ['test-a', 'test-b']);
    await provisionAll(servers.nats.url, [serviceA, serviceB], { lanes });
    const speaker = await JetStreamBroker.open(servers.nats.url, 'speaker');
    const [a, b] = await Promise.all([
      connect(servers.mongo.url('test-a'), purpose),
      connect(servers.mongo.url('test-b'), purpose),
    ]);
    return new Stage(servers, speaker, { 'test-a': a, 'test-b': b });
  }
  async close(): Promise<void> {
    await this.empty();
    await this.speaker.close();
    for (const { close } of Object.values(this.connections)) await close();
    await this.servers.stop();
  }
  /** Stops what a test has started. */
  async empty(): Promise<void> {
    await Promise.all([...this.running].map((replica) => replica.stop().catch(() => undefined)));
    this.running.clear();
  }

  async start(service: ServiceDefinition, more: Partial<Where> = {}): Promise<RunningReplica> {
    const { nats, mongo } = this.servers;
    const where = { natsUrl: nats.url, mongoUrl: mongo.url(service.name), ...more };
    const replica = await startReplica(service, where);
    this.running.add(replica);
    const leave =
      (end: () => Promise<void>): (() => Promise<void>) =>
      async () => {
        this.running.delete(replica);
        await end();
      };
    return Object.assign(replica, { stop: leave(replica.stop), crash: leave(replica.crash) });
  }
  startA(more: Partial<Where> = {}): Promise<RunningReplica> {
    return this.start(serviceA, more);
  }
  startB(more: Partial<Where> = {}): Promise<RunningReplica> {
    return this.start(serviceB, more);
  }

  books(of: Named): Connection {
    return this.connections[of];
  }
  rows<T extends { _id: string } = Document & { _id: string }>(collection: string, of: Named = 'test-a') {
    return this.books(of).db.collection<T>(collection);
  }
  client(of: Named = 'test-a') {
    return this.books(of).client;
  }
  async tally(key: string, of: Named = 'test-a', tenant = 'acme'): Promise<Tally | undefined> {
    return (await this.rows<{ _id: string; s: Tally }>('state_tally', of).findOne({ _id: `${tenant}|${key}` }))?.s;
  }
  async lane(of: Named = 'test-a', id = of === 'test-a' ? 'counter:0of1' : 'notary:0of1'): Promise<LaneDocument> {
    return (await this.rows<LaneDocument & { _id: string }>('lanes', of).findOne({ _id: id })) as LaneDocument;
  }
  async counted(key: string, count: number, of: Named = 'test-a', deadlineMs?: number): Promise<Tally> {
    const ask = async () => {
      const found = await this.tally(key, of);
      return found?.count === count && found;
    };
    return eventually(`${count} for ${key}`, ask, deadlineMs);
  }
  quarantined(messageId: string, of: Named = 'test-a') {
    return eventually(`${messageId} in quarantine`, async () => {
      const row = await this.rows<{ _id: string; messageId: string; reason: string; attempts: number }>(
        'quarantine',
        of,
      ).findOne({ messageId });
      return row ?? undefined;
    });
  }

  /** Publishes under a message id of the broker's own, or under none, so that an event can stand on its stream twice. */
  async publishCopy(event: StoredEvent, brokerId: string | null): Promise<void> {
    const made = headers();
    for (const [name, value] of Object.entries(headersOf(event))) made.set(name, value);
    if (brokerId !== null) made.set('Nats-Msg-Id', brokerId);
    await this.speaker.jetstream.publish(subjectOf(event), new TextEncoder().encode(event.body), { headers: made });
  }

  /** A pull that somebody else has waiting on a lane's durable, as a frozen owner leaves it; what it takes is listed. */
  async stalePull(stream: string, durable: string, batch: number): Promise<number[]> {
    const { connection } = this.speaker;
    const taken: number[] = [];
    const inbox = createInbox();
    connection.subscribe(inbox, { callback: (_error, { reply }) => void (reply && taken.push(taken.length)) });
    const next = `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`;
    connection.publish(next, JSON.stringify({ batch, expires: 30_000_000_000 }), { reply: inbox });
    await connection.flush();
    return taken;
  }

  /** Names of the durables on a stream. */
  async durables(stream: string): Promise<string[]> {
    const names: string[] = [];
    for await (const { name } of this.speaker.manager.consumers.list(stream)) names.push(name);
    return names;
  }

  /** Everything of a type on a stream, in order. */
  async sent(stream: string, type: string): Promise<Sent[]> {
    const found: Sent[] = [];
    if ((await this.speaker.stream(stream)).lastSeq === 0) return found;
    const { name } = await this.speaker.manager.consumers.add(stream, {
      ack_policy: jetstream.AckPolicy.None,
      deliver_policy: jetstream.DeliverPolicy.All,
      filter_subject: `${type}.v1.*`,
      inactive_threshold: 5_000_000_000,
    });
    const consumer = await this.speaker.jetstream.consumers.get(stream, name);
    let left = (await consumer.info()).num_pending;
    while (left > 0)
      for await (const message of await consumer.fetch({ max_messages: left, expires: 1_000 })) {
        left--;
        found.push({
          id: message.headers?.get('ce-id') ?? '',
          seq: message.seq,
          key: message.headers?.get('ce-subject') ?? '',
          tenant: message.headers?.get('ce-tenant') ?? '',
          version: Number(message.headers?.get('ce-entityversion')),
          data: message.json(),
        });
      }
    await this.speaker.manager.consumers.delete(stream, name);
    return found;
  }
  /** What A said of a key. */
  async deposited(key: string): Promise<Sent[]> {
    return (await this.sent('ORDERS', 'orders.evt.test-deposited')).filter((event) => event.data.key === key);
  }
}
