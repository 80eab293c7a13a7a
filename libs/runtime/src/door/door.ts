/** The door: an HTTP write is an input like any other. It joins its lane's batch and is answered after the commit. */
import type { Actor, Refusal } from '@crossdock/kernel';
import type { Message } from '@crossdock/contracts';
import type { Unread } from '../road/ports.js';

/** Who calls, read from the token only. */
export interface Caller {
  readonly tenant: string;
  readonly actor: Actor;
  readonly scopes: readonly string[];
  readonly correlationId: string;
  /** as sent in the Idempotency-Key header */
  readonly idempotencyKey?: string;
  /** set by the door: where the call came in, and what makes its id */
  readonly request?: {
    /** method and path, without query */
    readonly route: string;
    /** of the body as received */
    readonly bodyHash?: string;
    readonly traceparent?: string;
  };
}

/** What became of an input, read from the commit that has it. */
export type DoorAnswer =
  | { readonly kind: 'accept'; readonly answer?: unknown }
  | { readonly kind: 'ignore'; readonly reason: string; readonly answer?: unknown }
  | { readonly kind: 'reject'; readonly reason: string; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'defer'; readonly reason: string };

export interface Submission {
  /**
   * Id of the input. The same id again runs no rule: the first answer is given. Default: hash of tenant, route and
   * Idempotency-Key, or a fresh one when no key was sent.
   */
  readonly id?: string;
  readonly batchId?: string;
  /** when it happened in the world; RFC 3339 UTC */
  readonly occurredAt?: string;
}

export type NamedSubmission = Submission & { readonly id: string };

/** Injected into controllers as `@Inject(DOOR) door: Door`. */
export interface Door {
  /**
   * Hands an input to the owner of its lane and waits for its commit.
   * Data is validated strictly first: a violation throws `Problem` 400 `schema-violation` with the field.
   * No living owner: `Problem` 503 `no-owner` with Retry-After.
   */
  submit<D>(contract: Message<D>, data: D, caller: Caller, submission?: Submission): Promise<DoorAnswer>;
  /**
   * Keeps an input that nobody waits for, such as what a webhook tells: durable when it resolves, decided by the owner of
   * its lane soon after, also when there is none just now or this process dies. What is refused ends in quarantine.
   * Data is validated as in `submit`. The same id again has no second effect.
   */
  deposit<D>(contract: Message<D>, data: D, caller: Caller, submission: NamedSubmission): Promise<void>;
  /** Bytes of which no input could be made go the same way into quarantine; `contract` says what they should have been. */
  putAside(contract: Message, unread: Unread, caller: Caller, submission: NamedSubmission): Promise<void>;
}
export const DOOR = Symbol('crossdock:door');

/** Reads the service's own states as committed with a majority. Injected as `@Inject(QUERIES) queries: Queries`. */
export interface Queries {
  get<S>(tenant: string, kind: string, id: string): Promise<Found<S> | undefined>;
  many<S>(tenant: string, kind: string, ids: readonly string[]): Promise<readonly Found<S>[]>;
  /** states that carry a key (see `Kind.keys`), newest first; `after` is the last id of the page before */
  byKey<S>(tenant: string, kind: string, key: string, page?: Page): Promise<readonly Found<S>[]>;
  /** states of a kind that carry all keys, by id, in pages, for exports and checks */
  scan<S>(tenant: string, kind: string, keys?: readonly string[]): AsyncIterable<Found<S>>;
  count(tenant: string, kind: string, key: string): Promise<number>;
  /**
   * Sums over the states that carry a key: rows `{ _id: <group value>, n, <sum name> }`. Paths are within the state, `status` or
   * `totals.net`; a sum over an array of numbers within adds its elements.
   */
  totals(
    tenant: string,
    kind: string,
    key: string,
    groupBy: string | null,
    sums: Readonly<Record<string, string>>,
  ): Promise<readonly Totals[]>;
}
export interface Totals {
  readonly group: string | null;
  readonly count: number;
  readonly sums: Readonly<Record<string, number>>;
}
export interface Page {
  readonly limit?: number;
  readonly after?: string;
}
export interface Found<S> {
  readonly id: string;
  /** counts changes of the state */
  readonly version: number;
  readonly state: S;
}
export const QUERIES = Symbol('crossdock:queries');
