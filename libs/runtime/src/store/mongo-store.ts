/** The store on MongoDB: lanes under a fence, commits as inbox and outbox in one document, one collection per kind of state. */
import {
  Binary,
  MongoBulkWriteError,
  type AnyBulkWriteOperation,
  type ClientSession,
  type Collection,
  type Filter,
} from 'mongodb';
import type { StoredEvent } from '../road/envelope.js';
import {
  Conflict,
  Fenced,
  type CommitPlan,
  type CommitRecord,
  type DueDocument,
  type Positions,
  type Published,
  type StateDocument,
  type Store,
  type StoredAnswer,
} from '../road/ports.js';
import type { Connection } from './connection.js';
import { DUPLICATE, passes } from './passing.js';
import {
  collectionOf,
  dueOf,
  dueRow,
  stateRow,
  type DueRow,
  type QuarantineRow,
  type StateRow,
} from './collections.js';
import { MongoLanes } from './mongo-lanes.js';

/** Events of a commit beyond this many bytes stand in further parts, written in the same transaction. */
const PART_BYTES = 1_000_000;
/** What is undefined is not there; otherwise it would come back as null, and differ from what a lane remembers. */
const PLAIN = { ignoreUndefined: true } as const;

const overwritten = <T extends { readonly _id: string }>(replacement: T) => ({
  replaceOne: { filter: { _id: replacement._id } as Filter<T>, replacement, upsert: true },
});

export class MongoStore extends MongoLanes implements Store {
  static async open(connection: Connection, kinds: readonly string[]): Promise<MongoStore> {
    const store = new MongoStore(connection);
    await store.on.prepare(kinds);
    return store;
  }

  async handled(causes: readonly string[]): Promise<ReadonlyMap<string, StoredAnswer | undefined>> {
    const found = new Map<string, StoredAnswer | undefined>();
    if (causes.length === 0) return found;
    const rows = this.on.commits.find({ causes: { $in: [...causes] } }, { projection: { causes: 1, answers: 1 } });
    const asked = new Set(causes);
    for await (const { causes: done, answers } of rows) {
      const byId = new Map(answers.map((stored) => [stored.id, stored]));
      for (const cause of done) if (asked.has(cause)) found.set(cause, byId.get(cause));
    }
    return found;
  }

  async load(kind: string, ids: readonly string[]): Promise<readonly StateDocument[]> {
    const rows = await this.states(kind)
      .find({ _id: { $in: [...ids] } }, { projection: { k: 0 }, batchSize: 1000 })
      .toArray();
    return rows.map(({ _id, v, e, by, t, s }) => ({ kind, id: _id, v, e, by, t: t.toISOString(), s }));
  }
  private states(kind: string): Collection<StateRow> {
    return collectionOf(this.connection.db, kind);
  }

  async waiting(lane: string, kind: 'parked' | 'ask'): Promise<readonly DueDocument[]> {
    return this.on.due.find({ lane, kind }).sort({ ord: 1 }).map(dueOf).toArray();
  }
  async dueNow(lanes: readonly string[], now: string, limit: number): Promise<readonly DueDocument[]> {
    return this.on.due
      .find({ lane: { $in: [...lanes] }, kind: { $in: ['timer', 'parked', 'deposit'] }, at: { $lte: now } })
      .sort({ at: 1 })
      .limit(limit)
      .map(dueOf)
      .toArray();
  }
  async deposit(dues: readonly DueDocument[]): Promise<void> {
    try {
      await this.on.due.insertMany(dues.map(dueRow), { ordered: false, ...PLAIN });
    } catch (error) {
      const faults = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : [];
      if (faults.length === 0 || faults.some(({ code }) => code !== DUPLICATE)) throw error;
    }
  }
  async dropDeposits(ids: readonly string[]): Promise<void> {
    await this.on.due.deleteMany({ _id: { $in: [...ids] }, kind: 'deposit' });
  }
  async postpone(dueId: string, at: string): Promise<void> {
    await this.on.due.updateOne({ _id: dueId }, { $set: { at } });
  }

  async commit(plan: CommitPlan): Promise<void> {
    const session = this.sessionOf(plan.lane, plan.epoch);
    if (!session) throw new Fenced(`${plan.lane} has no session here`);
    try {
      session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', journal: true } });
      await this.write(plan, session);
      await session.commitTransaction();
    } catch (error) {
      await session.abortTransaction().catch(() => undefined);
      if (error instanceof Fenced || error instanceof Conflict) throw error;
      if (passes(error)) throw new Conflict((error as Error).message, { cause: error });
      throw error;
    }
  }

  private async write(plan: CommitPlan, session: ClientSession): Promise<void> {
    const { lane, owner, epoch, n, positions, pub } = plan;
    const fence = await this.on.lanes.updateOne(
      { _id: lane, owner, epoch, n: n - 1 },
      { $set: { n, positions, pub } },
      { session },
    );
    if (fence.matchedCount === 0) throw new Fenced(`${lane}: owner, epoch or number is another`);
    await this.writeCommit(plan, session);
    await this.writeStates(plan, session);
    const due: AnyBulkWriteOperation<DueRow>[] = [
      ...(plan.dueOut.length > 0 ? [{ deleteMany: { filter: { _id: { $in: [...plan.dueOut] } } } }] : []),
      // A message that comes back after its commit was forgotten may wait, or be refused, under the same id again.
      ...plan.dueIn.map((document) => overwritten(dueRow(document))),
    ];
    if (due.length > 0) await this.on.due.bulkWrite(due, { session, ordered: true, ...PLAIN });
    if (plan.quarantine.length > 0)
      await this.on.quarantine.bulkWrite(
        plan.quarantine.map((row) => overwritten<QuarantineRow>({ ...row, bytes: new Binary(row.bytes) })),
        { session },
      );
  }

  private async writeCommit(plan: CommitPlan, session: ClientSession): Promise<void> {
    const parts: StoredEvent[][] = [[]];
    let bytes = 0;
    for (const event of plan.events) {
      if (bytes > 0 && bytes + event.body.length > PART_BYTES) {
        parts.push([]);
        bytes = 0;
      }
      bytes += event.body.length;
      (parts[parts.length - 1] as StoredEvent[]).push(event);
    }
    const [first = [], ...rest] = parts;
    const { lane, n, causes, answers, positions, pub } = plan;
    const head = {
      _id: `${lane}:${n}`,
      lane,
      n,
      part: 0,
      at: new Date(plan.at),
      causes: [...causes],
      answers: [...answers],
      events: first,
      positions,
      pub,
    };
    await this.on.commits.insertOne(head, { session, ...PLAIN });
    if (rest.length === 0) return;
    await this.on.parts.insertMany(
      rest.map((events, index) => ({
        _id: `${lane}:${n}#${index + 1}`,
        lane,
        n,
        part: index + 1,
        at: new Date(plan.at),
        events,
      })),
      { session },
    );
  }

  private async writeStates(plan: CommitPlan, session: ClientSession): Promise<void> {
    const byKind = new Map<string, AnyBulkWriteOperation<StateRow>[]>();
    for (const { before, after, keys } of plan.states) {
      const row = stateRow(after, keys);
      const operations = byKind.get(after.kind) ?? [];
      byKind.set(after.kind, operations);
      if (before.v === 0) operations.push({ insertOne: { document: row } });
      else
        operations.push({ replaceOne: { filter: { _id: before.id, v: before.v, by: before.by }, replacement: row } });
    }
    for (const [kind, operations] of byKind) {
      const result = await this.states(kind).bulkWrite(operations, { session, ordered: false, ...PLAIN });
      if (result.matchedCount + result.insertedCount !== operations.length)
        throw new Conflict(
          `${kind}: ${operations.length - result.matchedCount - result.insertedCount} states were written by another`,
        );
    }
  }

  async storePositions(
    lane: string,
    owner: string,
    epoch: number,
    n: number,
    positions: Positions,
    pub: Published,
  ): Promise<void> {
    const done = await this.on.lanes.updateOne({ _id: lane, owner, epoch, n }, { $set: { positions, pub } });
    if (done.matchedCount === 0) throw new Fenced(`${lane}: positions`);
  }

  async commits(lane: string, from: number, limit: number, since?: string): Promise<readonly CommitRecord[]> {
    const heads = await this.on.commits
      .find(
        { lane, n: { $gte: from }, ...(since ? { at: { $gte: new Date(since) } } : {}) },
        { projection: { causes: 0, answers: 0 } },
      )
      .sort({ n: 1 })
      .limit(limit)
      .toArray();
    const parts = await this.on.parts
      .find({ lane, n: { $gte: from, $lte: heads.at(-1)?.n ?? 0 } })
      .sort({ n: 1, part: 1 })
      .toArray();
    return heads.map(({ n, at, events, positions, pub }) => ({
      n,
      at: at.toISOString(),
      events: [...events, ...parts.filter((part) => part.n === n).flatMap((part) => part.events)],
      positions,
      pub,
    }));
  }

  async attempt(cause: string): Promise<number> {
    const row = await this.on.attempts.findOneAndUpdate(
      { _id: cause },
      { $inc: { tries: 1 }, $set: { at: new Date() } },
      { upsert: true, returnDocument: 'after' },
    );
    return row?.tries ?? 1;
  }

  async forget(lane: string, n: number, before: string): Promise<number> {
    const old = { lane, n: { $lte: n }, at: { $lt: new Date(before) } };
    await this.on.parts.deleteMany(old);
    return (await this.on.commits.deleteMany(old)).deletedCount;
  }
}
