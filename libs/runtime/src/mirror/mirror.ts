/**
 * A mirror: the newest value of a kind of event in a KV bucket, for those who want only that. Written by compare-and-set
 * and never over a higher version; rebuilt from states when the bucket is new.
 */
import jetstreamModule from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import type { Collection, Db } from 'mongodb';
import type { Input } from '@crossdock/kernel';
import { violationsOf, type Message } from '@crossdock/contracts';
import type { JetStreamBroker } from '../broker/jetstream-broker.js';
import { decode } from '../road/envelope.js';
import type { Clock } from '../road/ports.js';
import { collectionOf } from '../store/collections.js';

const { AckPolicy, DeliverPolicy } = jetstreamModule;
const ACK_WAIT_MS = 30_000;
const RETRY_MS = 1_000;
const AT_ONCE = 256;
/** a pull lasts that long; a quiet stream is looked at as often */
const EXPIRES_MS = 5_000;
const LOOK_MS = 1_000;

/** How far a bucket was written: a broker that comes back with less than that has lost values. */
interface Noted {
  readonly _id: string;
  readonly created: string;
  readonly seq: number;
  /** false while it is rebuilt, or as something of it is known to be missing */
  readonly isWhole?: boolean;
}
interface Arrived {
  readonly input: Input;
  readonly ack: () => void;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- one table holds mirrors of many events
export interface Mirror<D = any, S = any> {
  readonly bucket: string;
  readonly contract: Message<D>;
  /** parts of the key after the tenant; each is base64url in the bucket */
  readonly key: (data: D) => readonly string[];
  /** where the values come from when the bucket is new */
  readonly rebuiltFrom: { readonly kind: string; readonly values: (state: S) => readonly D[] };
}
export const defineMirror = <D, S>(mirror: Mirror<D, S>): Mirror<D, S> => mirror;

/** Key of a value: `<tenant>.<part>.<part>`, each base64url, so that any text may stand in it. */
export const mirrorKey = (tenant: string, parts: readonly string[]): string =>
  [tenant, ...parts].map((part) => Buffer.from(part, 'utf8').toString('base64url')).join('.');

export interface MirrorContext {
  readonly service: string;
  readonly mirror: Mirror;
  readonly broker: JetStreamBroker;
  readonly db: Db;
  readonly clock: Clock;
  readonly replicas: number;
  readonly bindOnly: boolean;
  readonly trouble: (what: string, error: unknown) => void;
}

export class MirrorWriter {
  private bucket: KV | undefined;
  private readonly known = new Map<string, { revision: number; version: number }>();
  /** the bucket as it was opened, and its highest revision written here */
  private created = '';
  private highest = 0;
  /** the connection was away: who knows what the broker came back with */
  private lost = false;

  constructor(private readonly context: MirrorContext) {
    context.broker.onConnection(() => (this.lost = true));
  }

  /** Follows until the signal; a broker that is away or lost its store is waited for, then the mirror is made whole. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        this.lost = false;
        await this.open();
        await this.follow(signal);
      } catch (error) {
        if (!signal.aborted) this.context.trouble(`mirror ${this.context.mirror.bucket}`, error);
      }
      await this.context.clock.wait(RETRY_MS, signal);
    }
  }

  private async open(): Promise<void> {
    const { broker, mirror, replicas, bindOnly } = this.context;
    const buckets = new Kvm(broker.connection);
    this.known.clear();
    this.bucket = bindOnly
      ? await buckets.open(mirror.bucket)
      : await buckets.create(mirror.bucket, { history: 1, replicas });
    const { created, state } = (await this.bucket.status()).streamInfo;
    await this.makeWhole(created, state.last_seq);
  }

  private get noted(): Collection<Noted> {
    return this.context.db.collection<Noted>('mirrors');
  }

  /**
   * Rebuilds a bucket that is new, or that ends before what was written into it. That it is under way is noted before,
   * that it was done afterwards, so that a rebuilding cut short is done again.
   */
  private async makeWhole(created: string, last: number): Promise<void> {
    const _id = this.context.mirror.bucket;
    this.created = created;
    this.highest = last;
    const noted = await this.noted.findOne({ _id });
    if (noted?.created === created && (noted.seq ?? 0) <= last && noted.isWhole !== false) return;
    await this.noted.replaceOne({ _id }, { created, seq: last, isWhole: false }, { upsert: true });
    await this.rebuild();
    await this.noted.updateOne({ _id, created }, { $max: { seq: this.highest }, $set: { isWhole: true } });
  }

  /** A bucket may lose its end, or be made anew, while everyone stays connected. Throws when it did. */
  private async check(): Promise<void> {
    const { broker, mirror } = this.context;
    const { created, lastSeq } = await broker.stream(`KV_${mirror.bucket}`);
    if (created === this.created && lastSeq >= this.highest) return;
    // Others may write beyond the place before it is opened again.
    await this.noted.updateOne({ _id: mirror.bucket }, { $set: { isWhole: false } });
    throw new Error('the bucket has lost values');
  }

  /** Before messages are acknowledged: what is not noted comes again. */
  private async note(): Promise<void> {
    const { mirror } = this.context;
    await this.noted.updateOne({ _id: mirror.bucket, created: this.created }, { $max: { seq: this.highest } });
  }

  private async rebuild(): Promise<void> {
    const { db, mirror } = this.context;
    for await (const row of collectionOf(db, mirror.rebuiltFrom.kind).find({})) {
      const tenant = row._id.slice(0, row._id.indexOf('|'));
      for (const data of mirror.rebuiltFrom.values(row.s)) await this.put(tenant, data, row.e);
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { broker, mirror, service } = this.context;
    const { contract } = mirror;
    const durable = `${service}-mirror-${mirror.bucket}`;
    await broker.manager.consumers
      .add(contract.stream, {
        durable_name: durable,
        ack_policy: AckPolicy.Explicit,
        ack_wait: ACK_WAIT_MS * 1_000_000,
        deliver_policy: DeliverPolicy.All,
        filter_subject: `${contract.type}.v${contract.version}.*`,
        max_ack_pending: AT_ONCE * 4,
      })
      .catch((error: unknown) => {
        if (!/in use|already exists/i.test((error as Error).message)) throw error;
      });
    const { created } = await broker.stream(contract.stream);
    const arrived: Arrived[] = [];
    let wake = new AbortController();
    const subscription = await broker.consume(
      contract.stream,
      durable,
      { buffer: AT_ONCE * 2, expiresMs: EXPIRES_MS },
      (delivery) => {
        const decoded = decode(delivery.headers, delivery.body);
        // It is for those to complain who decide by it; here the last that was right stays.
        if ('unreadable' in decoded || violationsOf(contract.dataClass, decoded.input.data, 'tolerant').length > 0)
          return delivery.ack();
        arrived.push({ input: decoded.input, ack: delivery.ack });
        wake.abort('woken');
      },
    );
    const { clock } = this.context;
    let nextLook = clock.steady() + LOOK_MS;
    try {
      while (!signal.aborted) {
        if (this.lost) throw new Error('the connection was away');
        await this.clearOut(arrived.splice(0));
        if (clock.steady() >= nextLook) {
          nextLook = clock.steady() + LOOK_MS;
          await this.check();
        }
        if (arrived.length > 0) continue;
        wake = new AbortController();
        await clock.wait(LOOK_MS, AbortSignal.any([signal, wake.signal]));
        if (!wake.signal.aborted && (await broker.stream(contract.stream)).created !== created)
          throw new Error('the stream is another one');
      }
    } finally {
      subscription.stop();
    }
  }

  /** Of what has arrived together only the newest of each key is written. */
  private async clearOut(arrived: readonly Arrived[]): Promise<void> {
    const newest = new Map<string, Arrived['input']>();
    for (const { input } of arrived) {
      const key = mirrorKey(input.tenant, this.context.mirror.key(input.data));
      if (input.entityVersion >= (newest.get(key)?.entityVersion ?? 0)) newest.set(key, input);
    }
    await Promise.all(
      [...newest.values()].map(({ tenant, data, entityVersion }) => this.put(tenant, data, entityVersion)),
    );
    if (newest.size > 0) await this.note();
    for (const { ack } of arrived) ack();
  }

  /** Writes a value unless a higher version stands there already. */
  private async put(tenant: string, data: unknown, version: number): Promise<void> {
    const { mirror } = this.context;
    const bucket = this.bucket as KV;
    const key = mirrorKey(tenant, mirror.key(data));
    const value = JSON.stringify({ ...(data as object), version });
    for (;;) {
      const written = this.known.get(key);
      // What is told again may be told because it was lost: then what was written here is worth nothing.
      const known = written && written.version < version ? written : await this.read(key);
      if (known && known.version >= version) return;
      try {
        const revision = known ? await bucket.update(key, value, known.revision) : await bucket.create(key, value);
        this.known.set(key, { revision, version });
        this.highest = Math.max(this.highest, revision);
        return;
      } catch (error) {
        if (!/wrong last sequence|key exists/i.test((error as Error).message)) throw error;
        this.known.delete(key); // another replica was faster: look again
      }
    }
  }

  private async read(key: string): Promise<{ revision: number; version: number } | undefined> {
    const entry = await (this.bucket as KV).get(key);
    return entry?.operation === 'PUT'
      ? { revision: entry.revision, version: entry.json<{ version: number }>().version }
      : undefined;
  }
}
