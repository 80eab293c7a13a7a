/** A process of the simulation: its calls take time and fail by chance, and when it is killed nothing of it acts any more. */
import { Conflict, type Broker, type Clock, type Store } from '@crossdock/runtime';
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

const never = new Promise<never>(() => undefined);
/** Calls that are answered at once and never fail: what a client library keeps in memory. */
const AT_ONCE = new Set(['onConnection', 'announce', 'onAnnounce', 'serve', 'now']);

export class SimulatedProcess {
  private dead = false;

  constructor(
    private readonly world: Clock,
    private readonly random: Random,
    /** looked at with every call: chances may change while it runs */
    private readonly chances: () => Chances,
  ) {}

  kill(broker: MemoryBroker): void {
    this.dead = true;
    broker.close();
  }

  get clock(): Clock {
    return {
      now: () => this.world.now(),
      wait: (ms, signal) =>
        this.dead ? never : this.world.wait(ms, signal).then(() => (this.dead ? never : undefined)),
    };
  }
  store(real: Store): Store {
    return this.around(real, 'commit', (error) => new Conflict(error));
  }
  broker(real: Broker): Broker {
    return this.around(real, 'publish', (error) => new Error(error));
  }

  private around<T extends object>(port: T, effect: string, refusal: (why: string) => Error): T {
    return new Proxy(port, {
      get: (on, name) => {
        const found: unknown = Reflect.get(on, name);
        if (typeof found !== 'function') return found;
        if (AT_ONCE.has(String(name))) return found.bind(on);
        return (...given: unknown[]) =>
          this.call(() => found.apply(on, given) as Promise<unknown>, name === effect, refusal);
      },
    });
  }

  private async call(go: () => Promise<unknown>, effect: boolean, refusal: (why: string) => Error): Promise<unknown> {
    const { fails, unheard, conflicts, takesMs } = this.chances();
    const { random, clock } = this;
    await clock.wait(random.below(takesMs + 1));
    if (this.dead) return never;
    if (random.happens(fails)) throw new Error('no connection');
    if (effect && random.happens(conflicts)) throw refusal('somebody else was in the way');
    const answer = await go();
    await clock.wait(random.below(takesMs + 1));
    if (effect && random.happens(unheard)) throw refusal('nothing was heard of it');
    return answer;
  }
}
