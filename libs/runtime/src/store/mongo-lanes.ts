/** Lanes and leases on MongoDB: who owns what, by the server's clock. */
import type { Binary, ClientSession, Document } from 'mongodb';
import { laneChange, laneName } from '../road/lane-numbers.js';
import type { LaneDocument, Waiting } from '../road/ports.js';
import { dueOf, openCollections, type Collections, type LaneRow } from './collections.js';
import type { Connection } from './connection.js';

const plusMs = (ms: number): Document => ({ $dateAdd: { startDate: '$$NOW', unit: 'millisecond', amount: ms } });

export class MongoLanes {
  protected readonly on: Collections;
  /** one session per lane: its id stands in the lane's document, so that a successor can end what it left open */
  private readonly sessions = new Map<string, { readonly epoch: number; readonly session: ClientSession }>();

  protected constructor(protected readonly connection: Connection) {
    this.on = openCollections(connection.db);
  }

  async declareLanes(decider: string, of: number, partition: (waiting: Waiting) => number): Promise<void> {
    const living = new Set((await this.living(0)).map(({ id }) => id));
    const found = await this.on.lanes.find({ decider }).toArray();
    for (const { owner, lsid, of: was } of found) if (was !== of && owner !== null) await this.endTransaction(lsid);
    const session = this.connection.client.startSession();
    try {
      await session.withTransaction(async () => {
        const { made, retired } = laneChange(
          decider,
          of,
          await this.on.lanes.find({ decider }, { session }).toArray(),
          living,
        );
        for (const { _id, epoch } of retired)
          await this.on.lanes.updateOne(
            { _id },
            { $set: { owner: null, clean: true, retired: true, epoch } },
            { session },
          );
        for (const lane of made)
          await this.on.lanes.replaceOne({ _id: lane._id }, { ...lane, lsid: null }, { session, upsert: true });
        await this.place(
          retired.map(({ _id }) => _id),
          (waiting) => laneName(decider, partition(waiting) % of, of),
          session,
        );
      });
    } finally {
      await session.endSession();
    }
  }

  /** What waits in lanes goes where its partition is now. */
  private async place(
    from: readonly string[],
    lane: (waiting: Waiting) => string,
    session: ClientSession,
  ): Promise<void> {
    if (from.length === 0) return;
    const waiting = await this.on.due.find({ lane: { $in: [...from] } }, { session }).toArray();
    if (waiting.length === 0) return;
    await this.on.due.bulkWrite(
      waiting.map((row) => ({
        updateOne: { filter: { _id: row._id }, update: { $set: { lane: lane(dueOf(row)) } } },
      })),
      { session, ordered: false },
    );
  }

  /** MongoDB keeps a dead client's transaction open, and with it the lane document: whoever comes next ends it. */
  private async endTransaction(lsid: Binary | null): Promise<void> {
    if (!lsid) return;
    await this.connection.client
      .db('admin')
      .command({ killSessions: [{ id: lsid }] })
      .catch(() => undefined);
  }

  async renew(replica: string, leaseMs: number): Promise<void> {
    // By majority: of a primary that is cut off others know nothing. Not on disk: a busy one must not cost the lease.
    await this.on.replicas.updateOne({ _id: replica }, [{ $set: { until: plusMs(leaseMs), renewed: '$$NOW' } }], {
      upsert: true,
      writeConcern: { w: 'majority', journal: false },
    });
  }
  async leave(replica: string): Promise<void> {
    await this.on.replicas.deleteOne({ _id: replica });
  }
  async living(leaseMs: number): Promise<readonly { id: string; fresh: boolean }[]> {
    const rows = await this.on.replicas
      .aggregate<{ _id: string; fresh: boolean }>(
        [
          { $match: { $expr: { $gt: ['$until', '$$NOW'] } } },
          { $project: { fresh: { $gt: ['$until', plusMs(leaseMs / 2)] } } },
          { $sort: { _id: 1 } },
        ],
        { readConcern: { level: 'local' } },
      )
      .toArray();
    return rows.map(({ _id, fresh }) => ({ id: _id, fresh }));
  }

  async lanes(): Promise<readonly LaneDocument[]> {
    return this.on.lanes
      .find({}, { readConcern: { level: 'local' } })
      .sort({ _id: 1 })
      .toArray();
  }
  async readLane(id: string): Promise<LaneDocument | undefined> {
    return (await this.on.lanes.findOne({ _id: id })) ?? undefined;
  }

  async takeLane(before: LaneDocument, replica: string): Promise<LaneDocument | undefined> {
    if (before.owner !== null) await this.endTransaction((before as LaneRow).lsid);
    const session = this.connection.client.startSession();
    const lsid = session.id?.id;
    const taken = await this.on.lanes.findOneAndUpdate(
      { _id: before._id, epoch: before.epoch, owner: before.owner },
      { $set: { owner: replica, clean: false, lsid: lsid ?? null }, $inc: { epoch: 1 } },
      { returnDocument: 'before' },
    );
    if (!taken) {
      await session.endSession();
      return undefined;
    }
    await this.sessions.get(before._id)?.session.endSession();
    this.sessions.set(before._id, { epoch: taken.epoch + 1, session });
    return { ...taken, owner: replica, epoch: taken.epoch + 1 };
  }

  async releaseLane({ _id, owner, epoch, positions, pub, clean }: LaneDocument): Promise<void> {
    await this.on.lanes.updateOne({ _id, owner, epoch }, { $set: { owner: null, clean, positions, pub } });
    const own = this.sessions.get(_id);
    if (own?.epoch !== epoch) return;
    this.sessions.delete(_id);
    await own.session.endSession();
  }

  /** The session of a lane's transactions in one tenure: a tenure that is over must not disturb the next one's. */
  protected sessionOf(lane: string, epoch: number): ClientSession | undefined {
    const own = this.sessions.get(lane);
    return own?.epoch === epoch ? own.session : undefined;
  }
}
