/** A message from a stream. What it says is read when it is asked for: until then it is only bytes. */
import type { JsMsg } from '@nats-io/jetstream';
import type { Msg } from '@nats-io/transport-node';
import type { Delivery } from '../road/ports.js';
import { headersIn } from './message-headers.js';

export class JetStreamDelivery implements Delivery {
  readonly seq: number;
  readonly deliverySeq: number;
  readonly deliveries: number;
  private read: Readonly<Record<string, string>> | undefined;

  constructor(
    readonly stream: string,
    private readonly message: JsMsg,
  ) {
    const { streamSequence, deliverySequence, deliveryCount } = message.info;
    this.seq = streamSequence;
    this.deliverySeq = deliverySequence;
    this.deliveries = deliveryCount;
  }

  get storedMs(): number {
    // The client's own number of nanoseconds is rounded: now and then to another millisecond than the stream tells.
    return Number(this.message.timestampNanos / 1_000_000n);
  }
  get subject(): string {
    return this.message.subject;
  }
  get headers(): Readonly<Record<string, string>> {
    const { msg: inner = this.message } = this.message as unknown as { msg?: Pick<Msg, 'headers'> };
    return (this.read ??= headersIn(inner));
  }
  get body(): Uint8Array {
    return this.message.data;
  }
  readonly ack = (): void => this.message.ack();
}
