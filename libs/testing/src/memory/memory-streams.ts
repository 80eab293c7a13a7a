/** What several twins of one broker share: streams with their durables, and who listens to core messages. */
import type { Delivery } from '@crossdock/runtime';

export interface Message {
  readonly subject: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
export interface Stored extends Message {
  /** by the twin's clock; no two copies are of the same time */
  readonly storedMs: number;
}
type Deliver = (delivery: Delivery) => void;
export interface Durable {
  readonly matches: (subject: string) => boolean;
  /** last message that it hears, of those up to `seen` */
  last: number;
  seen: number;
  next: number;
  delivered: number;
  /** its deliveries are held up */
  isLate: boolean;
  /** pulls that wait, of whichever process: each delivery goes to the first, who then stands last */
  pulls: Deliver[];
}
export interface Stream {
  created: string;
  messages: Stored[];
  readonly ids: Map<string, number>;
  readonly durables: Map<string, Durable>;
}
const pattern = (subject: string): ((text: string) => boolean) => {
  const expression = new RegExp(`^${subject.replaceAll('.', '\\.').replaceAll('*', '[^.]+').replaceAll('>', '.+')}$`);
  return (text) => expression.test(text);
};
/** Subjects are few, messages are many: each is looked at once. */
const anyOf = (subjects: readonly string[]): ((text: string) => boolean) => {
  const matchers = subjects.map(pattern);
  const known = new Map<string, boolean>();
  return (text) => {
    const found = known.get(text) ?? matchers.some((match) => match(text));
    known.set(text, found);
    return found;
  };
};

export class MemoryStreams {
  readonly streams = new Map<string, Stream>();
  readonly listeners = new Map<string, Set<() => void>>();
  readonly servers = new Map<string, (body: Uint8Array) => Promise<Uint8Array>>();
  private count = 0;
  private newestMs = 0;

  constructor(private readonly now: () => number) {}

  add(name: string): void {
    if (!this.streams.has(name))
      this.streams.set(name, { created: this.created(), messages: [], ids: new Map(), durables: new Map() });
  }
  private created(): string {
    return `created-${++this.count}`;
  }
  durable(stream: string, name: string, subjects: readonly string[]): void {
    const found = this.get(stream);
    if (!found.durables.has(name))
      found.durables.set(name, {
        matches: anyOf(subjects),
        last: 0,
        seen: 0,
        next: 1,
        delivered: 0,
        isLate: false,
        pulls: [],
      });
  }
  forget(stream: string, name: string): void {
    this.get(stream).durables.delete(name);
  }
  get(name: string): Stream {
    const found = this.streams.get(name);
    if (!found) throw new Error(`stream not found: ${name}`);
    return found;
  }
  durableOf(stream: string, name: string): Durable {
    const found = this.get(stream).durables.get(name);
    if (!found) throw new Error(`consumer not found: ${name}`);
    return found;
  }

  /** The store is lost: the stream is another one and empty, durables are made anew, nobody pulls. */
  wipe(name: string): void {
    this.rollBack(name, 0);
    this.get(name).created = this.created();
  }
  /** An old copy of the store: the same stream, only the first messages, durables as if they had delivered nothing. */
  rollBack(name: string, to: number): void {
    const found = this.get(name);
    found.messages.length = Math.min(to, found.messages.length);
    for (const [id, seq] of found.ids) if (seq > to) found.ids.delete(id);
    const anew = { next: 1, delivered: 0, last: 0, seen: 0 };
    for (const durable of found.durables.values()) Object.assign(durable, anew, { pulls: [] });
  }
  /**
   * The same under a living broker: streams deleted and made anew, or a leader without the newest messages, whose
   * durables go on from its end. Nobody is disconnected, and who pulls goes on pulling.
   */
  loseConnected(name: string, to: number, isNew: boolean): void {
    const found = this.get(name);
    const before = [...found.durables].map(([durable, state]) => [durable, { ...state }] as const);
    if (isNew) this.wipe(name);
    else this.rollBack(name, to);
    for (const [durable, { pulls, next, delivered }] of before)
      Object.assign(this.durableOf(name, durable), { pulls }, isNew ? {} : { next: Math.min(next, to + 1), delivered });
    this.pump(name);
  }
  /** A durable delivers nothing for a while; what it has not delivered then comes in order. */
  holdUp(stream: string, durable: string, isLate: boolean): void {
    this.durableOf(stream, durable).isLate = isLate;
    if (!isLate) this.pump(stream);
  }
  /** The window in which the broker knows a message id is over. */
  forgetIds(): void {
    for (const { ids } of this.streams.values()) ids.clear();
  }

  /** The last message of a stream that a durable hears; 0: none. */
  lastFor(name: string, durableName: string): number {
    const { messages, durables } = this.get(name);
    const durable = durables.get(durableName);
    if (!durable) return 0;
    for (; durable.seen < messages.length; durable.seen++)
      if (durable.matches((messages[durable.seen] as Stored).subject)) durable.last = durable.seen + 1;
    return durable.last;
  }

  append(name: string, id: string, message: Message): { seq: number; duplicate: boolean } {
    const stream = this.get(name);
    const known = stream.ids.get(id);
    if (known !== undefined) return { seq: known, duplicate: true };
    this.newestMs = Math.max(this.newestMs + 1, this.now());
    const seq = stream.messages.push({ ...message, storedMs: this.newestMs });
    stream.ids.set(id, seq);
    return { seq, duplicate: false };
  }

  /** Delivers to whoever pulls what he has not had. */
  pump(name: string): void {
    const { messages, durables } = this.get(name);
    for (const durable of durables.values())
      while (!durable.isLate && durable.pulls.length > 0 && durable.next <= messages.length) {
        const seq = durable.next++;
        const message = messages[seq - 1] as Stored;
        if (!durable.matches(message.subject)) continue;
        const pull = durable.pulls.shift() as Deliver;
        durable.pulls.push(pull);
        pull({
          stream: name,
          seq,
          deliverySeq: ++durable.delivered,
          deliveries: 1,
          ...message,
          ack: () => undefined,
        });
      }
  }
}
