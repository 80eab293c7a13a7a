/** Is the day over? Judged from how its documents stand and from what is still under way. Pure. */
import type { Standing } from './standing.ts';

export interface UnderWay {
  /** messages that services have not decided yet */
  readonly backlog: number;
  /** questions to the outside without an answer */
  readonly asks: number;
  /** messages that wait for another */
  readonly parked: number;
}
export interface Look {
  readonly standing: Standing;
  readonly underWay: UnderWay;
  /** every document was handed in and answered */
  readonly handedIn: boolean;
  /** orders that are neither ended nor explained by a reason, as far as that was asked */
  readonly unexplained?: readonly string[];
}
export type Verdict = 'running' | 'quiet' | 'over';

export const ENDED = ['closed', 'cancelled', 'rejected'] as const;

export const openOrders = ({ orders }: Pick<Standing, 'orders'>): number =>
  Object.entries(orders)
    .filter(([status]) => !(ENDED as readonly string[]).includes(status))
    .reduce((sum, [, count]) => sum + count, 0);

/** Returns whose credit memo is not posted yet. */
export const openReturns = ({ documents, returnsPosted }: Standing): number => documents.returns - returnsPosted;

const nothingUnderWay = ({ backlog, asks, parked }: UnderWay): boolean => backlog + asks + parked === 0;

/**
 * `over`: nothing is open. `quiet`: nothing is under way in here, though something is open: the outside may still be
 * at work, or it waits for a person or for stock.
 */
export const judge = ({ standing, underWay, handedIn }: Look): Verdict => {
  if (!handedIn || !nothingUnderWay(underWay)) return 'running';
  return openOrders(standing) + openReturns(standing) === 0 ? 'over' : 'quiet';
};

/** What tells two looks apart: as long as this changes, the day moves. */
export const signOf = ({ standing, underWay }: Look): string =>
  JSON.stringify([standing.orders, standing.progress, standing.returnsPosted, standing.exceptions, underWay]);

/** How long a day may stand still: explained states are waited for briefly, unexplained ones longer. */
export interface Patience {
  readonly explainedMs: number;
  readonly unexplainedMs: number;
}

export type Outcome =
  | { readonly kind: 'running' }
  | { readonly kind: 'drained' }
  | { readonly kind: 'stuck'; readonly why: readonly string[] };

/** Looks that follow one another; says when to stop waiting. */
export class Settling {
  readonly #patience: Patience;
  #sign = '';
  #sinceMs = 0;

  constructor(patience: Patience) {
    this.#patience = patience;
  }

  /** how long nothing has moved, as of the last look */
  stillMs(nowMs: number): number {
    return this.#sign === '' ? 0 : nowMs - this.#sinceMs;
  }

  /** Something happened that no look shows, such as a kill: the waiting begins anew. */
  stir(nowMs: number): void {
    this.#sinceMs = nowMs;
  }

  next(look: Look, nowMs: number): Outcome {
    const sign = signOf(look);
    if (sign !== this.#sign) {
      this.#sign = sign;
      this.#sinceMs = nowMs;
    }
    const verdict = judge(look);
    const still = this.stillMs(nowMs);
    // One look may fall between a message's commit and its publication: the next one must agree.
    if (verdict === 'over') return still > 0 ? { kind: 'drained' } : { kind: 'running' };
    if (verdict === 'quiet' && look.unexplained?.length === 0 && still >= this.#patience.explainedMs) {
      return { kind: 'drained' };
    }
    return still >= this.#patience.unexplainedMs ? { kind: 'stuck', why: reasonsOf(look) } : { kind: 'running' };
  }
}

const reasonsOf = ({ standing, underWay, handedIn, unexplained = [] }: Look): readonly string[] => [
  ...(handedIn ? [] : ['not every document was handed in']),
  ...Object.entries(standing.orders)
    .filter(([status, count]) => count > 0 && !(ENDED as readonly string[]).includes(status))
    .map(([status, count]) => `${count} ${count === 1 ? 'order is' : 'orders are'} ${status}`),
  ...(openReturns(standing) > 0 ? [`${openReturns(standing)} returns have no posted credit memo`] : []),
  ...Object.entries(underWay)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${what}: ${count}`),
  ...(unexplained.length > 0 ? [`without an explanation: ${unexplained.slice(0, 10).join(', ')}`] : []),
];
