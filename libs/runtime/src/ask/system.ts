/** What all calls to one outside system share: its breaker and its rate. What calls of one question share: their number. */
import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  timeout,
  TimeoutStrategy,
  wrap,
  type IBackoff,
  type IPolicy,
} from 'cockatiel';
import pLimit from 'p-limit';
import type { Clock } from '../road/ports.js';
import { OutsideRefusal, type AskHandler, type AskPolicy } from './ask.js';

/** Failures in a row after which the system is left alone for a while. */
const FAILURES = 5;
/** Longest pause of an open breaker, so that a system that is back is noticed soon. */
const LONGEST_PAUSE_MS = 5_000;

/** Spaces calls evenly, with a burst of a tenth of a second. */
export class Pace {
  private next = 0;
  constructor(
    private readonly perSecond: number | undefined,
    private readonly clock: Clock,
  ) {}
  async turn(signal: AbortSignal): Promise<void> {
    if (!this.perSecond) return;
    const gap = 1000 / this.perSecond;
    const now = this.clock.now();
    const at = Math.max(this.next, now - 100);
    this.next = at + gap;
    if (at > now) await this.clock.wait(at - now, signal);
  }
}

interface OutsideSystem {
  readonly pace: Pace;
  readonly breaker: ReturnType<typeof circuitBreaker>;
}

const slowest = (policies: readonly AskPolicy[]): number | undefined => {
  const rates = policies.flatMap(({ perSecond }) => (perSecond ? [perSecond] : []));
  return rates.length > 0 ? Math.min(...rates) : undefined;
};

/** One per system name; a refusal is an answer, so it never opens the breaker. */
const openSystem = (
  handlers: readonly AskHandler[],
  clock: Clock,
  opened: (isOpen: boolean) => void,
): OutsideSystem => {
  const policies = handlers.map(({ policy }) => policy);
  const first = Math.min(...policies.map(({ backoffMs }) => backoffMs[0]));
  const longest = Math.min(LONGEST_PAUSE_MS, ...policies.map(({ backoffMs }) => backoffMs[1]));
  const breaker = circuitBreaker(
    handleWhen((error) => !(error instanceof OutsideRefusal)),
    {
      breaker: new ConsecutiveBreaker(FAILURES),
      halfOpenAfter: new ExponentialBackoff({ initialDelay: Math.min(first, longest), maxDelay: longest }),
    },
  );
  let wasOpen = false;
  breaker.onStateChange((state) => {
    const isOpen = state === CircuitState.Open;
    if (isOpen !== wasOpen) opened((wasOpen = isOpen));
  });
  return { pace: new Pace(slowest(policies), clock), breaker };
};

export interface Guarded {
  readonly pace: Pace;
  readonly limit: ReturnType<typeof pLimit>;
  readonly policy: IPolicy;
}
/** The deadline lies within the breaker: a time-out is a failure of the system. */
const guardOf = (system: OutsideSystem, policy: AskPolicy): Guarded => ({
  pace: system.pace,
  limit: pLimit(policy.concurrency),
  policy: wrap(system.breaker, timeout(policy.deadlineMs, TimeoutStrategy.Aggressive)),
});

/** Every outside that is asked, by system and, where a system is many (partners), by each of them. */
export class Systems {
  private readonly guards = new Map<string, ReadonlyMap<AskHandler, Guarded>>();
  private readonly open = new Map<string, number>();
  constructor(
    private readonly handlers: readonly AskHandler[],
    private readonly clock: Clock,
    private readonly broken: (system: string, open: number) => void,
  ) {}

  guardOf(handler: AskHandler, question: unknown): Guarded {
    const key = handler.outsideOf ? `${handler.system} ${handler.outsideOf(question)}` : handler.system;
    const known = this.guards.get(key) ?? this.opened(key, handler.system);
    return known.get(handler) as Guarded;
  }

  private opened(key: string, name: string): ReadonlyMap<AskHandler, Guarded> {
    const own = this.handlers.filter(({ system }) => system === name);
    const system = openSystem(own, this.clock, (isOpen) => {
      const open = Math.max(0, (this.open.get(name) ?? 0) + (isOpen ? 1 : -1));
      this.open.set(name, open);
      this.broken(name, open);
    });
    const guards = new Map(own.map((handler) => [handler, guardOf(system, handler.policy)] as const));
    this.guards.set(key, guards);
    return guards;
  }
}

/** Waits between tries: exponential with jitter, from the first to the longest of the policy. */
export class Waits {
  private step: IBackoff<unknown> | undefined;
  constructor(private readonly policy: AskPolicy) {}
  next(): number {
    const [initialDelay, maxDelay] = this.policy.backoffMs;
    this.step = this.step ? this.step.next(undefined) : new ExponentialBackoff({ initialDelay, maxDelay }).next();
    return Math.min(maxDelay, Math.max(initialDelay / 2, this.step.duration));
  }
}
