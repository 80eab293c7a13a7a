/**
 * A process of the simulation: its calls take time and fail by chance, it can freeze for a while, and when it is killed
 * nothing of it acts any more.
 */
import { Conflict, type Broker, type Clock, type Delivery, type Store } from '@crossdock/runtime';
import type { MemoryBroker } from '../memory/memory-broker.js';
import type { Random } from './random.js';

export interface Chances {
  /** of any call: it fails before anything happened */
  readonly fails: number;
  /** of a commit or a publication: it happened, and nobody hears of it */
  readonly unheard: number;
  /** of a commit: somebody else was in the way */
  readonly conflicts: number;
  /** ms that a call takes at most */
  readonly takesMs: number;
}
export const calm: Chances = { fails: 0, unheard: 0, conflicts: 0, takesMs: 2 };

/** What of a call has happened when a step is told. */
export type Moment = 'before' | 'after';
/** What becomes of a process at a step: nothing, it is killed, or it freezes for so many ms. */
export type Fate = undefined | 'killed' | number;
export interface ProcessWatch {
  /** every step between two of which something may become of a process, such as `store.commit` */
  step(name: string, moment: Moment): Fate;
  fault(kind: 'call failed' | 'answer lost' | 'transaction conflict'): void;
}
const nobody: ProcessWatch = { step: () => undefined, fault: () => undefined };

const never = new Promise<never>(() => undefined);
/** Calls that are answered at once and never fail: what a client library keeps in memory. */
const AT_ONCE = new Set(['onConnection', 'announce', 'onAnnounce', 'serve', 'now']);

export class SimulatedProcess {
  private dead = false;
  private thaw: Promise<void> | undefined;
  private mortal: MemoryBroker | undefined;

  constructor(
    private readonly world: Clock,
    private readonly random: Random,
    /** looked at with every call: chances may change while it runs */
    private readonly chances: () => Chances,
    private readonly watch: ProcessWatch = nobody,
  ) {}

  get isDead(): boolean {
    return this.dead;
  }
  get isFrozen(): boolean {
    return this.thaw !== undefined;
  }
  kill(broker: MemoryBroker): void {
    this.dead = true;
    broker.close();
  }
  /** Nothing of it goes on for so long; the world does. */
  freeze(ms: number): void {
    const thaw = this.world.wait(ms).then(() => {
      if (this.thaw === thaw) this.thaw = undefined;
    });
    this.thaw = thaw;
  }
  /** Goes on when the process does; never when it is dead. */
  private alive(): Promise<void> | undefined {
    if (this.dead) return never;
    return this.thaw?.then(() => this.alive());
  }

  get clock(): Clock {
    return {
      now: () => this.world.now(),
      steady: () => this.world.steady(),
      wait: (ms, signal) => (this.dead ? never : this.world.wait(ms, signal).then(() => this.alive())),
      breathe: () => this.alive() ?? Promise.resolve(),
    };
  }
  store(real: Store): Store {
    return this.around(real, 'store', 'commit', (error) => new Conflict(error));
  }
  broker(real: Broker & MemoryBroker): Broker {
    this.mortal = real;
    const around: Broker = this.around<Broker>(real, 'broker', 'publish', (error) => new Error(error));
    const consume: Broker['consume'] = (stream, durable, options, deliver) =>
      around.consume(stream, durable, options, (delivery: Delivery) => this.delivered(delivery, deliver));
    return new Proxy(around, {
      get: (on, name) => (name === 'consume' ? consume : (Reflect.get(on, name) as unknown)),
    });
  }
  /** What reaches a frozen process is taken from the broker, and seen when the process goes on. */
  private delivered(delivery: Delivery, deliver: (delivery: Delivery) => void): void {
    if (this.dead) return;
    if (this.thaw) void this.thaw.then(() => this.delivered(delivery, deliver));
    else deliver(delivery);
  }

  private around<T extends object>(port: T, of: string, effect: string, refusal: (why: string) => Error): T {
    const wrapped = new Map<PropertyKey, unknown>();
    return new Proxy(port, {
      get: (on, name) => {
        const found: unknown = Reflect.get(on, name);
        if (typeof found !== 'function') return found;
        const known = wrapped.get(name);
        if (known) return known;
        const call = AT_ONCE.has(String(name))
          ? (found.bind(on) as unknown)
          : (...given: unknown[]) =>
              this.call(
                () => found.apply(on, given) as Promise<unknown>,
                `${of}.${String(name)}`,
                name === effect,
                refusal,
              );
        wrapped.set(name, call);
        return call;
      },
    });
  }

  private pause(takesMs: number): Promise<void> | undefined {
    const ms = this.random.below(takesMs + 1);
    return ms > 0 ? this.clock.wait(ms) : this.alive();
  }
  /** Undefined when it goes on at once. */
  private step(name: string, moment: Moment): Promise<void> | undefined {
    const fate = this.dead ? undefined : this.watch.step(name, moment);
    if (fate === 'killed' && this.mortal) this.kill(this.mortal);
    if (typeof fate === 'number') this.freeze(fate);
    return this.dead || fate !== undefined ? this.alive() : undefined;
  }

  private async call(
    go: () => Promise<unknown>,
    name: string,
    effect: boolean,
    refusal: (why: string) => Error,
  ): Promise<unknown> {
    const { fails, unheard, conflicts, takesMs } = this.chances();
    const { random, watch } = this;
    const before = this.pause(takesMs);
    if (before) await before;
    const stepped = this.step(name, 'before');
    if (stepped) await stepped;
    if (random.happens(fails)) {
      watch.fault('call failed');
      // A store that is away refuses nothing that a commit holds: the real one says so too.
      throw effect ? refusal('no connection') : new Error('no connection');
    }
    if (effect && random.happens(conflicts)) {
      watch.fault('transaction conflict');
      throw refusal('somebody else was in the way');
    }
    const answer = await go();
    const done = this.step(name, 'after');
    if (done) await done;
    const after = this.pause(takesMs);
    if (after) await after;
    if (effect && random.happens(unheard)) {
      watch.fault('answer lost');
      throw refusal('nothing was heard of it');
    }
    return answer;
  }
}
