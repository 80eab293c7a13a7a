/** An ask: one question to one outside system, called beside the lane's loop and never within a decision. */
import type { Input } from '@crossdock/kernel';
import type { Message } from '@crossdock/contracts';
import type { Archive } from '../archive/archive.js';
import type { Queries } from '../door/door.js';

export interface AskPolicy {
  /** one call, in milliseconds */
  readonly deadlineMs: number;
  /** calls under way at once, per process */
  readonly concurrency: number;
  /** calls a second, per process; the outside's limit */
  readonly perSecond?: number;
  /** after this long without an answer the lane is told `unanswered`; asking goes on all the same */
  readonly unansweredAfterMs: number;
  /** waits between tries: first, longest */
  readonly backoffMs: readonly [number, number];
}

/** What the outside said. `refused` is for good: asking again would not help. A thrown error means: try again. */
export type AskOutcome<R = unknown> =
  | { readonly outcome: 'done'; readonly result: R }
  | { readonly outcome: 'refused'; readonly text: string }
  | { readonly outcome: 'unanswered'; readonly text: string };

/** What the service itself keeps: bytes and states, for questions whose answer needs reading. */
export interface Kept {
  readonly archive: Archive;
  readonly queries: Queries;
  /** counts a code that an outside sent, by its list and whether a mapping knows it */
  counted(list: string, isMapped: boolean): void;
}

/** HTTP to the outside, with the deadline, breaker, rate limit and trace of the ask that makes the call. */
export interface Outside {
  /** 1 for the first try of this question */
  readonly attempt: number;
  /**
   * Calls out and reads JSON. 2xx: the body. 408, 425, 429, 5xx, time-out, broken connection: throws, so it is tried
   * again. Any other status: throws `OutsideRefusal` with the outside's text.
   */
  request<T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T>;
  /** as `request`, but undefined when the outside answers 404 */
  find<T>(url: string): Promise<T | undefined>;
}
/** An answer as it came, whatever its status. */
export interface Answered {
  readonly status: number;
  readonly bytes: Uint8Array;
}
/** The outside together with what the service itself keeps, and ways to send and to receive bytes as they are. */
export interface OutsideAndKept extends Outside {
  /**
   * Calls out and gives what came back, for formats other than JSON and for faults that come with a status of 400 or
   * 500 (SOAP's do). As with `request`, 408, 425, 429, 502, 503, 504, time-out and broken connection throw, so it is
   * tried again, not before the outside's Retry-After.
   */
  exchange(
    method: 'GET' | 'POST',
    url: string,
    bytes?: Uint8Array,
    headers?: Record<string, string>,
  ): Promise<Answered>;
  /** as `request`; what is answered is not read */
  send(url: string, bytes: Uint8Array, headers: Record<string, string>): Promise<void>;
  readonly kept: Kept;
}

/** Worth trying again; the outside may have said when. */
export class OutsideAway extends Error {
  constructor(
    message: string,
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

/** The outside said no for good. */
export class OutsideRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- one table holds asks of many types
export interface AskHandler<Q = any, A = any, R = any, S = any> {
  readonly asks: Message<Q>;
  /** the outside system, for metrics, breaker and logs: `erp`, `wms` */
  readonly system: string;
  /** which of several outsides of this system it asks, such as a partner: each has a breaker and a rate of its own */
  readonly outsideOf?: (question: Q) => string;
  readonly policy: AskPolicy;
  /** before any retry: did the outside do it already? By our reference; undefined when it does not know it. */
  find?(question: Input<Q>, outside: Outside, settings: S): Promise<R | undefined>;
  /** methods, so that a call may ask for `OutsideAndKept`: that is what it gets */
  call(question: Input<Q>, outside: Outside, settings: S): Promise<R>;
  readonly answers: Message<A>;
  /** the answer as an input of the lane */
  readonly answer: (question: Input<Q>, outcome: AskOutcome<R>) => A;
}

/** Declares an ask, with types tied together. */
export const defineAsk = <Q, A, R, S>(handler: AskHandler<Q, A, R, S>): AskHandler<Q, A, R, S> => handler;
