/** What the kernel knows of a message: enough to write a rule, nothing of brokers or validators. */
import type { Instant } from './time.js';

/** Names a state: its kind and its id within the tenant. */
export interface Ref {
  readonly kind: string;
  readonly id: string;
}
export const ref = (kind: string, id: string): Ref => ({ kind, id });

/** The address of a message class; contracts declares them with validators and schema (see `defineEvent`). */
export interface Contract<D = unknown> {
  /** `<domain>.evt|cmd.<name>`, for example `inventory.cmd.reserve-stock` */
  readonly type: string;
  readonly version: number;
  /** the entity that the message is about */
  key(data: D): string;
  /** what decides the partition; all messages of one decider carry the same kind of lane */
  lane(data: D): string;
}

/** Who acted: a user or a system, by name. */
export interface Actor {
  readonly kind: 'user' | 'system';
  readonly id: string;
}

/** A message as a rule sees it. Time, ids and randomness come with it. */
export interface Input<D = unknown> {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly tenant: string;
  readonly key: string;
  readonly data: D;
  /** when it was recorded by its speaker, RFC 3339 UTC; a rule's only clock */
  readonly at: Instant;
  /** when it happened in the world, when that differs */
  readonly occurredAt?: Instant;
  readonly actor: Actor;
  readonly correlationId: string;
  readonly causationId?: string;
  /** the file job or bulk request that brought the document in */
  readonly batchId?: string;
  /** version of the entity the message is about, counted by its speaker; 0 for commands */
  readonly entityVersion: number;
  /** W3C trace context, carried along for those who watch; never a rule's business */
  readonly traceparent?: string;
}
