/** What the broker still holds for the services, and how it is emptied. */
import jetstream from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';

export interface Lag {
  /** messages that a consumer has not been given yet */
  readonly pending: number;
  /** given, and not decided yet */
  readonly unacknowledged: number;
}

/** What the broker still holds for the services. Throws while it is down. */
export class Broker {
  readonly #url: string;
  #connection: Promise<NatsConnection> | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  async lag(): Promise<Lag> {
    const manager = await jetstream.jetstreamManager(await this.#connected(), { timeout: 3_000 });
    let pending = 0;
    let unacknowledged = 0;
    for await (const stream of manager.streams.list()) {
      for await (const consumer of manager.consumers.list(stream.config.name)) {
        // Ordered consumers of watchers come and go; those of services are durable.
        if (!consumer.config.durable_name) continue;
        pending += consumer.num_pending;
        unacknowledged += consumer.num_ack_pending;
      }
    }
    return { pending, unacknowledged };
  }

  /** Messages of a stream whose subject matches, such as all partitions of one event. */
  async count(stream: string, subject: string): Promise<number> {
    const manager = await jetstream.jetstreamManager(await this.#connected(), { timeout: 3_000 });
    const { state } = await manager.streams.info(stream, { subjects_filter: subject });
    return Object.values(state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
  }

  async close(): Promise<void> {
    const connection = await this.#connection?.catch(() => undefined);
    await connection?.close();
  }

  #connected(): Promise<NatsConnection> {
    this.#connection ??= connect({
      servers: this.#url.split(','),
      name: 'npm start',
      timeout: 3_000,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 200,
    });
    this.#connection.catch(() => (this.#connection = undefined));
    return this.#connection;
  }
}

/** Every stream and bucket is deleted: for books that lie on a server which is not ours to wipe. */
export async function deleteStreams(natsUrl: string): Promise<void> {
  const connection = await connect({ servers: natsUrl.split(','), name: 'fresh', timeout: 5_000 });
  try {
    const manager = await jetstream.jetstreamManager(connection, { timeout: 10_000 });
    const names: string[] = [];
    for await (const { config } of manager.streams.list()) names.push(config.name);
    for (const name of names) await manager.streams.delete(name);
  } finally {
    await connection.close();
  }
}
