/** Callers over HTTP: each knocks at some process of a service, and comes again with the same key until it is answered. */
import { createHmac } from 'node:crypto';
import { derivedId } from '@crossdock/kernel';
import { Problem, type Caller } from '@crossdock/runtime';
import type { Random, SimulatedClock } from '@crossdock/testing';
import type { Running } from './running.ts';
import type { ServiceName, Tenant } from './services.ts';

export interface Answered {
  readonly status: number;
  readonly code?: string;
  readonly body?: unknown;
}
/** What a caller wants; done again and again with the same key. */
export interface Wish {
  readonly service: ServiceName;
  readonly tenant: Tenant;
  /** method and path, and the caller's key */
  readonly route: string;
  readonly key: string;
  /** what is sent: its hash tells a repetition from another request */
  readonly content: unknown;
  readonly correlationId?: string;
  readonly go: (running: Running, caller: Caller) => Promise<unknown>;
  /** codes that mean: not yet */
  readonly later?: readonly string[];
}

const PATIENCE_MS = 8_000;
const SCOPES = ['orders:write', 'shipments:write', 'inventory:write', 'exceptions:write'];

export class Callers {
  /** callers that have no answer yet */
  waiting = 0;
  /** chance that an answer gets lost on its way back */
  unheard = 0;

  private readonly clock: SimulatedClock;
  private readonly random: Random;
  private readonly living: (service: ServiceName) => readonly Running[];
  private readonly fault: (kind: 'answer of the door lost' | 'door gave no answer') => void;

  constructor(
    clock: SimulatedClock,
    random: Random,
    living: (service: ServiceName) => readonly Running[],
    fault: (kind: 'answer of the door lost' | 'door gave no answer') => void,
  ) {
    this.clock = clock;
    this.random = random;
    this.living = living;
    this.fault = fault;
  }

  /** Until it is answered for good. */
  async ask(wish: Wish): Promise<Answered> {
    this.waiting++;
    try {
      for (;;) {
        const answered = await this.once(wish);
        const isLost = answered && this.random.happens(this.unheard);
        if (isLost) this.fault('answer of the door lost');
        if (answered && !isLost && isFinal(answered, wish)) return answered;
        await this.clock.wait(100 + this.random.below(400));
      }
    } finally {
      this.waiting--;
    }
  }

  private async once(wish: Wish): Promise<Answered | undefined> {
    const living = this.living(wish.service);
    if (living.length === 0) return undefined;
    const running = this.random.pick(living);
    await this.clock.wait(this.random.below(6));
    const late = new AbortController();
    const over = this.clock.wait(PATIENCE_MS, late.signal).then(() => undefined);
    const caller: Caller = {
      tenant: wish.tenant,
      actor: { kind: 'user', id: 'simulated' },
      scopes: SCOPES,
      correlationId: wish.correlationId ?? derivedId('correlation', wish.tenant, wish.key),
      idempotencyKey: wish.key,
      request: { route: wish.route, bodyHash: derivedId('body', JSON.stringify(wish.content)) },
    };
    const answered = wish.go(running, caller).then(
      (body): Answered => ({ status: 200, body }),
      (error: unknown): Answered | undefined => {
        if (error instanceof Problem) return { status: error.status, code: error.code, body: error.body() };
        return { status: 500, code: (error as Error).message };
      },
    );
    const first = await Promise.race([answered, over]);
    late.abort('answered');
    if (!first) this.fault('door gave no answer');
    return first;
  }
}

const isFinal = ({ status, code = '' }: Answered, { later = [] }: Wish): boolean =>
  status < 500 && !later.includes(code);

/** How EasyPost signs. */
export const signatureOf = (body: Buffer, tenant: Tenant): string =>
  `hmac-sha256-hex=${createHmac('sha256', `secret of ${tenant}`).update(body).digest('hex')}`;
