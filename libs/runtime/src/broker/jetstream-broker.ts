/** The broker on NATS JetStream: pull consumers, publishing with acknowledgement, core messages between replicas. */
import jetstreamModule from '@nats-io/jetstream';
import type { Consumer, ConsumerMessages, JetStreamClient, JetStreamManager, JsMsg } from '@nats-io/jetstream';
import { connect as connectNats, RequestError, type NatsConnection } from '@nats-io/transport-node';
import { messageIdOf, subjectOf, type StoredEvent } from '../road/envelope.js';
import type { Broker, Delivery, Published1, Stood, StreamState, Subscription } from '../road/ports.js';
import { JetStreamDelivery } from './delivery.js';
import { headersOfStored, plain, wireHeaders } from './message-headers.js';

// CommonJS to Node's ESM loader: values come from the default import.
const { jetstream, jetstreamManager } = jetstreamModule;

const CALL_MS = 5_000;
/** From so many events on, one atomic batch is cheaper than single publishes; the server takes 1,000 at most. */
const BATCH_FROM = 50;
const BATCH_MOST = 1_000;
export const OLDEST_SERVER = [2, 14] as const;

const encoder = new TextEncoder();

export type StoredMessage = Pick<Delivery, 'stream' | 'seq' | 'subject' | 'headers' | 'body'>;
/** No message there is an answer, not an error. */
const noneAsNull = (error: unknown): null => {
  if ((error as { code?: number }).code === 10037 || /no message found/i.test((error as Error).message)) return null;
  throw error;
};

/** Refuses servers on which a durable can skip messages or a consumer can't be reset. */
export const newEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST_SERVER[0] || (major === OLDEST_SERVER[0] && minor >= OLDEST_SERVER[1]);
};

export class JetStreamBroker implements Broker {
  up = true;
  private readonly listeners: ((up: boolean) => void)[] = [];

  private constructor(
    readonly connection: NatsConnection,
    readonly jetstream: JetStreamClient,
    readonly manager: JetStreamManager,
  ) {
    void this.follow();
  }

  /** Connects to any of the servers named, separated by commas, and keeps trying until `deadlineMs`. Throws on a server older than 2.14 or a payload limit below 8 MB. */
  static async open(url: string, name: string, deadlineMs = 60_000): Promise<JetStreamBroker> {
    const until = Date.now() + deadlineMs;
    for (;;) {
      let connection: NatsConnection | undefined;
      try {
        connection = await connectNats({
          servers: url.split(','),
          name,
          maxReconnectAttempts: -1,
          reconnectTimeWait: 200,
          reconnectJitter: 50,
          timeout: CALL_MS,
          // A stack kept for every request and subscription costs more than it tells.
          noAsyncTraces: true,
        });
        const { version = '0', max_payload: largest = 0 } = connection.info ?? {};
        if (!newEnough(version))
          throw new RangeError(`nats-server ${version} is too old: ${OLDEST_SERVER.join('.')} or newer is needed`);
        if (largest < 8_000_000) throw new RangeError(`nats-server max_payload is ${largest}: 8 MB are needed`);
        const manager = await jetstreamManager(connection, { timeout: CALL_MS });
        return new JetStreamBroker(connection, jetstream(connection, { timeout: CALL_MS }), manager);
      } catch (error) {
        await connection?.close();
        if (error instanceof RangeError || Date.now() > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }

  private async follow(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type !== 'disconnect' && status.type !== 'reconnect') continue;
      this.up = status.type === 'reconnect';
      for (const listener of this.listeners) listener(this.up);
    }
  }
  onConnection(listener: (up: boolean) => void): void {
    this.listeners.push(listener);
  }

  async stream(name: string): Promise<StreamState> {
    const { created, state } = await this.manager.streams.info(name);
    return { created, firstSeq: state.first_seq, lastSeq: state.last_seq };
  }

  async message(stream: string, seq: number): Promise<Stood | undefined> {
    const found = await this.manager.streams.getMessage(stream, { seq }).catch(noneAsNull);
    if (!found) return undefined;
    return { msgId: messageIdOf(headersOfStored(found)), storedMs: found.time.getTime() };
  }

  /** every subject that a message of the stream stands on */
  async subjects(stream: string): Promise<{ readonly created: string; readonly subjects: readonly string[] }> {
    const { created, state } = await this.manager.streams.info(stream, { subjects_filter: '>' });
    return { created, subjects: Object.keys(state.subjects ?? {}) };
  }

  /** up to `most` messages of one subject from a sequence on; one request each, so for the rare case only */
  async messagesOf(stream: string, subject: string, from: number, most: number): Promise<readonly StoredMessage[]> {
    const found: StoredMessage[] = [];
    for (let seq = from; found.length < most; seq = (found.at(-1) as StoredMessage).seq + 1) {
      // The server knows this form of the question, the client's types do not.
      const wanted = { seq, next_by_subj: subject } as { seq: number };
      const next = await this.manager.streams.getMessage(stream, wanted).catch(noneAsNull);
      if (!next) break;
      found.push({ stream, seq: next.seq, subject, headers: plain(next.header), body: next.data });
    }
    return found;
  }

  async reset(stream: string, durable: string, seq: number): Promise<void> {
    await this.manager.consumers.reset(stream, durable, seq);
  }

  async forget(stream: string, durable: string): Promise<void> {
    await this.manager.consumers.delete(stream, durable).catch((error: unknown) => {
      if (!/not found/i.test((error as Error).message)) throw error;
    });
  }

  async consume(
    stream: string,
    durable: string,
    options: { buffer: number; expiresMs: number },
    deliver: (delivery: Delivery) => void,
  ): Promise<Subscription> {
    const consumer: Consumer = await this.jetstream.consumers.get(stream, durable);
    const messages: ConsumerMessages = await consumer.consume({
      max_messages: options.buffer,
      expires: options.expiresMs,
      callback: (message: JsMsg) => deliver(new JetStreamDelivery(stream, message)),
    });
    return { stop: () => messages.stop() };
  }

  async delivered(stream: string, durable: string): Promise<number> {
    return (await this.manager.consumers.info(stream, durable)).delivered.consumer_seq;
  }

  async publish(events: readonly StoredEvent[]): Promise<readonly Published1[]> {
    const acks = new Array<Published1>(events.length);
    const byStream = new Map<string, number[]>();
    events.forEach(({ stream }, index) => {
      const places = byStream.get(stream);
      if (places) places.push(index);
      else byStream.set(stream, [index]);
    });
    await Promise.all(
      [...byStream.values()].map(async (places) => {
        for (let from = 0; from < places.length; from += BATCH_MOST) {
          const some = places.slice(from, from + BATCH_MOST);
          const published = await this.publishTo(some.map((index) => events[index] as StoredEvent));
          some.forEach((index, place) => (acks[index] = published[place] as Published1));
        }
      }),
    );
    return acks;
  }

  private async publishTo(events: readonly StoredEvent[]): Promise<readonly Published1[]> {
    const batched = events.length >= BATCH_FROM ? await this.publishBatch(events) : undefined;
    if (batched) return batched;
    return Promise.all(
      events.map(async (event) => {
        const { seq, duplicate } = await this.jetstream.publish(subjectOf(event), encoder.encode(event.body), {
          headers: wireHeaders(event),
          timeout: CALL_MS,
          retries: 1,
        });
        return { seq, duplicate: duplicate === true };
      }),
    );
  }

  /** All or nothing; undefined when the server refuses it, as for one duplicate among them: then one by one. */
  private async publishBatch(events: readonly StoredEvent[]): Promise<readonly Published1[] | undefined> {
    try {
      const [first, ...rest] = events as [StoredEvent, ...StoredEvent[]];
      const last = rest.pop() as StoredEvent;
      const batch = await this.jetstream.startBatch(subjectOf(first), encoder.encode(first.body), {
        headers: wireHeaders(first),
        timeout: CALL_MS,
      });
      for (const event of rest)
        batch.add(subjectOf(event), encoder.encode(event.body), { headers: wireHeaders(event) });
      const ack = await batch.commit(subjectOf(last), encoder.encode(last.body), {
        headers: wireHeaders(last),
        timeout: CALL_MS,
      } as never);
      if (ack.count !== events.length) return undefined;
      return events.map((_, index) => ({ seq: ack.seq - events.length + 1 + index, duplicate: false }));
    } catch {
      return undefined;
    }
  }

  announce(subject: string): void {
    if (!this.connection.isClosed()) this.connection.publish(subject);
  }
  onAnnounce(subject: string, listener: () => void): Subscription {
    const subscription = this.connection.subscribe(subject, { callback: () => listener() });
    return { stop: () => subscription.unsubscribe() };
  }

  async request(subject: string, body: Uint8Array, timeoutMs: number): Promise<Uint8Array | undefined> {
    try {
      return (await this.connection.request(subject, body, { timeout: timeoutMs })).data;
    } catch (error) {
      if (error instanceof RequestError && error.isNoResponders()) return undefined;
      throw error;
    }
  }
  serve(subject: string, handler: (body: Uint8Array) => Promise<Uint8Array>): Subscription {
    const subscription = this.connection.subscribe(subject, {
      callback: (_error, message) => {
        void handler(message.data).then((reply) => message.respond(reply));
      },
    });
    return { stop: () => subscription.unsubscribe() };
  }

  async close(): Promise<void> {
    await this.connection.flush().catch(() => undefined);
    await this.connection.close();
  }
}
