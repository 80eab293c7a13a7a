/** The broker's twin in memory, as one process sees it: same streams, same durables, same duplicates. */
import {
  subjectOf,
  headersOf,
  messageIdOf,
  type Broker,
  type Delivery,
  type Published1,
  type Stood,
  type StoredEvent,
  type StreamState,
  type Subscription,
} from '@crossdock/runtime';
import { type MemoryStreams } from './memory-streams.js';

const encoder = new TextEncoder();

export class MemoryBroker implements Broker {
  up = true;
  private readonly connections: ((up: boolean) => void)[] = [];
  private readonly open = new Set<() => void>();

  constructor(private readonly shared: MemoryStreams) {}

  /** A disconnect or a reconnect, as the client tells it. A broken connection takes its pulls with it. */
  connection(up: boolean): void {
    if (!up) this.dropPulls();
    this.up = up;
    for (const listener of this.connections) listener(up);
  }
  private readonly pulls = new Set<() => void>();
  private dropPulls(): void {
    for (const stop of this.pulls) stop();
    this.pulls.clear();
  }
  /** The process is gone: its pulls, its listeners and what it served go with it. */
  close(): void {
    this.up = false;
    this.dropPulls();
    for (const stop of this.open) stop();
    this.open.clear();
  }
  onConnection(listener: (up: boolean) => void): void {
    this.connections.push(listener);
  }
  async stream(name: string): Promise<StreamState> {
    this.connected();
    const { created, messages } = this.shared.get(name);
    return { created, firstSeq: messages.length > 0 ? 1 : 0, lastSeq: messages.length };
  }
  private connected(): void {
    if (!this.up) throw new Error('disconnected');
  }
  async message(stream: string, seq: number): Promise<Stood | undefined> {
    this.connected();
    const found = this.shared.get(stream).messages[seq - 1];
    return found && { msgId: messageIdOf(found.headers), storedMs: found.storedMs };
  }
  async reset(stream: string, durable: string, seq: number): Promise<void> {
    this.connected();
    Object.assign(this.shared.durableOf(stream, durable), { next: seq, delivered: 0 });
    this.shared.pump(stream);
  }
  async forget(stream: string, durable: string): Promise<void> {
    this.connected();
    this.shared.forget(stream, durable);
  }
  async consume(
    stream: string,
    durable: string,
    _options: { buffer: number; expiresMs: number },
    deliver: (delivery: Delivery) => void,
  ): Promise<Subscription> {
    this.connected();
    const found = this.shared.durableOf(stream, durable);
    // One function per pull: stopping one must not stop another of the same listener.
    const pull = (delivery: Delivery): void => deliver(delivery);
    found.pulls.push(pull);
    queueMicrotask(() => this.shared.pump(stream));
    const stop = (): void => {
      found.pulls = found.pulls.filter((other) => other !== pull);
      this.pulls.delete(stop);
    };
    this.pulls.add(stop);
    return { stop };
  }
  async delivered(stream: string, durable: string): Promise<number> {
    this.connected();
    return this.shared.durableOf(stream, durable).delivered;
  }
  async publish(events: readonly StoredEvent[]): Promise<readonly Published1[]> {
    this.connected();
    const acks = events.map((event) =>
      this.shared.append(event.stream, event.id, {
        subject: subjectOf(event),
        headers: { ...headersOf(event), 'Nats-Msg-Id': event.id },
        body: encoder.encode(event.body),
      }),
    );
    for (const stream of new Set(events.map((event) => event.stream))) this.shared.pump(stream);
    return acks;
  }
  announce(subject: string): void {
    for (const listener of this.shared.listeners.get(subject) ?? []) queueMicrotask(listener);
  }
  onAnnounce(subject: string, listener: () => void): Subscription {
    const listeners = this.shared.listeners.get(subject) ?? new Set();
    this.shared.listeners.set(subject, listeners.add(listener));
    return this.closing(() => void listeners.delete(listener));
  }
  async request(subject: string, body: Uint8Array): Promise<Uint8Array | undefined> {
    return this.shared.servers.get(subject)?.(body);
  }
  serve(subject: string, handler: (body: Uint8Array) => Promise<Uint8Array>): Subscription {
    this.shared.servers.set(subject, handler);
    return this.closing(() => {
      if (this.shared.servers.get(subject) === handler) this.shared.servers.delete(subject);
    });
  }
  private closing(end: () => void): Subscription {
    const stop = (): void => {
      end();
      this.open.delete(stop);
    };
    this.open.add(stop);
    return { stop };
  }
}
