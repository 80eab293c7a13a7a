/** Builders of what a store is given: lanes taken, commits planned, messages that wait. */
import assert from 'node:assert/strict';
import { partitionOf, type Input } from '@crossdock/kernel';
import type {
  CommitPlan,
  DueDocument,
  LaneDocument,
  QuarantineDocument,
  StateDocument,
  StateWrite,
  Store,
  StoredEvent,
  Waiting,
} from '@crossdock/runtime';

export const AT = '2026-03-02T09:00:00.000Z';
let count = 0;
/** A name that no other case of the run has. */
export const fresh = (what: string): string => `${what}-${process.pid}-${++count}`;

export const partition = ({ input }: Waiting): number => partitionOf(input.key);

/** A decider's only lane, declared and taken by a replica of its own. */
export const takenLane = async (store: Store): Promise<LaneDocument> => {
  const decider = fresh('decider');
  await store.declareLanes(decider, 1, partition);
  const replica = fresh('replica');
  await store.renew(replica, 60_000);
  return take(store, `${decider}:0of1`, replica);
};
export const take = async (store: Store, id: string, replica: string): Promise<LaneDocument> => {
  const found = await store.readLane(id);
  assert.ok(found, `lane ${id} is there`);
  const taken = await store.takeLane(found, replica);
  assert.ok(taken, `lane ${id} is taken`);
  return taken;
};

/** The next commit of a lane, empty unless said. */
export const aPlan = (lane: LaneDocument, more: Partial<CommitPlan> = {}): CommitPlan => ({
  lane: lane._id,
  owner: lane.owner ?? '',
  epoch: lane.epoch,
  n: lane.n + 1,
  at: AT,
  causes: [fresh('cause')],
  events: [],
  answers: [],
  states: [],
  dueIn: [],
  dueOut: [],
  quarantine: [],
  positions: {},
  pub: lane.pub,
  ...more,
});
/** The lane as it stands after a commit. */
export const after = (lane: LaneDocument, { n, positions, pub }: CommitPlan): LaneDocument => ({
  ...lane,
  n,
  positions,
  pub,
});

export const newState = (id: string, s: unknown, by: string): StateWrite => written(unstored(id), s, by);
const unstored = (id: string): StateDocument => ({ kind: 'thing', id, v: 0, e: 0, by: '', t: AT, s: undefined });
export const written = (before: StateDocument, s: unknown, by: string): StateWrite => ({
  before,
  after: { ...before, v: before.v + 1, by, s },
  keys: [],
});

export const anInput = (key = fresh('key')): Input => ({
  id: fresh('message'),
  type: 'orders.cmd.conform',
  version: 1,
  tenant: 'acme',
  key,
  data: { key },
  at: AT,
  actor: { kind: 'system', id: 'test' },
  correlationId: 'c',
  entityVersion: 0,
});
export const aDue = (lane: string, more: Partial<DueDocument> = {}): DueDocument => ({
  _id: fresh('due'),
  lane,
  kind: 'timer',
  at: AT,
  since: AT,
  ord: 1,
  input: anInput(),
  ...more,
});
export const aRow = (lane: string, more: Partial<QuarantineDocument> = {}): QuarantineDocument => ({
  _id: fresh('row'),
  at: AT,
  lane,
  reason: 'decision-failed',
  text: '',
  tenant: 'acme',
  type: 'orders.cmd.conform',
  key: 'k',
  messageId: fresh('message'),
  headers: {},
  bytes: new Uint8Array([1, 2, 3]),
  hash: 'h',
  attempts: 1,
  ...more,
});
export const anEvent = (more: Partial<StoredEvent> = {}): StoredEvent => ({
  id: fresh('event'),
  type: 'orders.evt.conformed',
  version: 1,
  source: 'test',
  stream: 'ORDERS',
  tenant: 'acme',
  key: 'k',
  lane: 'k',
  entityVersion: 1,
  at: AT,
  actor: 'system:test',
  correlationId: 'c',
  causationId: 'c',
  body: '{}',
  ...more,
});
