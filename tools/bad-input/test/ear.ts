/** Hears all that is said on the broker, and says what no service would. */
import jetstream from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';

export interface Heard {
  readonly type: string;
  readonly subject: string;
  readonly id: string;
  readonly correlationId: string;
  readonly body: string;
}

export class Ear {
  readonly heard: Heard[] = [];
  readonly #connection: NatsConnection;

  private constructor(connection: NatsConnection) {
    this.#connection = connection;
  }

  static async open(url: string): Promise<Ear> {
    const connection = await connect({ servers: url, name: 'bad input' });
    const ear = new Ear(connection);
    for (const subject of ['*.evt.>', '*.cmd.>']) {
      connection.subscribe(subject, {
        callback: (_error, message) => {
          const header = (name: string) => message.headers?.get(name) ?? '';
          ear.heard.push({
            type: header('ce-type'),
            subject: message.subject,
            id: header('ce-id'),
            correlationId: header('ce-correlationid'),
            body: message.string(),
          });
        },
      });
    }
    await connection.flush();
    return ear;
  }

  /** Types of all that a conversation has brought about so far. */
  of(correlationId: string): readonly string[] {
    return this.heard.filter((heard) => heard.correlationId === correlationId).map(({ type }) => type);
  }

  /** Publishes and gives the stream that took it; throws when none did. */
  async publish(subject: string, body: string, head: Readonly<Record<string, string>>): Promise<string> {
    const made = headers();
    for (const [name, value] of Object.entries(head)) made.set(name, value);
    const { stream } = await jetstream
      .jetstream(this.#connection)
      .publish(subject, body, { headers: made, timeout: 2_000, retries: 0 });
    return stream;
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}
