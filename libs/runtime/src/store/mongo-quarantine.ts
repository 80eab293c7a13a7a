/** The quarantine of a service in MongoDB, for those who read it; the road writes it within its commits. */
import { Binary, type Collection, type Db, type Filter } from 'mongodb';
import type { Quarantine, QuarantineFilter } from '../door/quarantine.js';
import type { QuarantineDocument } from '../road/ports.js';
import type { QuarantineRow } from './collections.js';

const documentOf = ({ bytes, ...row }: QuarantineRow): QuarantineDocument => ({ ...row, bytes: bytes.buffer });

export class MongoQuarantine implements Quarantine {
  private readonly rows: Collection<QuarantineRow>;
  constructor(db: Db) {
    this.rows = db.collection<QuarantineRow>('quarantine');
  }

  async list(wish: QuarantineFilter): Promise<readonly QuarantineDocument[]> {
    const { tenants, reason, type, limit, after } = wish;
    const last = after === undefined ? undefined : await this.get(tenants, after);
    const filter: Filter<QuarantineRow> = {
      tenant: { $in: [...tenants] },
      ...(reason === undefined ? {} : { reason }),
      ...(type === undefined ? {} : { type }),
      ...(last ? { $or: [{ at: { $lt: last.at } }, { at: last.at, _id: { $gt: last._id } }] } : {}),
    };
    const rows = await this.rows.find(filter).sort({ at: -1, _id: 1 }).limit(limit).toArray();
    return rows.map(documentOf);
  }

  async get(tenants: readonly string[], id: string): Promise<QuarantineDocument | undefined> {
    const row = await this.rows.findOne({ _id: id, tenant: { $in: [...tenants] } });
    return row ? documentOf(row) : undefined;
  }

  async keep(rows: readonly QuarantineDocument[]): Promise<void> {
    if (rows.length === 0) return;
    await this.rows.bulkWrite(
      rows.map(({ _id, ...row }) => ({
        updateOne: {
          filter: { _id },
          update: { $setOnInsert: { ...row, bytes: new Binary(row.bytes) } },
          upsert: true,
        },
      })),
      { writeConcern: { w: 'majority', journal: true } },
    );
  }
}
