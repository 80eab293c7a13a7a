/**
 * Reads a service's own states for its API, always within one tenant: from the memory of a lane that is owned here, else
 * from the primary, majority.
 */
import type { Db, Document } from 'mongodb';
import type { Found, Page, Queries, Totals } from '../door/door.js';
import { storedId, type StateDocument } from '../road/ports.js';
import { collectionOf, type StateRow } from './collections.js';
import { gathered } from './gathered.js';

const MOST = 1_000;
const DEFAULT_PAGE = 100;

const foundIn =
  <S>(tenant: string) =>
  ({ _id, v, s }: StateRow): Found<S> => ({ id: _id.slice(tenant.length + 1), version: v, state: s as S });

export class MongoQueries implements Queries {
  /** by kind: requests come in crowds, and states that are wanted at the same time are one read */
  private readonly reads = new Map<string, (ids: readonly string[]) => Promise<readonly StateRow[]>>();

  constructor(
    private readonly db: Db,
    /** what this process knows to be the newest, without asking the database; by kind and id with its tenant */
    private readonly remembered: (kind: string, id: string) => StateDocument | undefined = () => undefined,
  ) {}

  async get<S>(tenant: string, kind: string, id: string): Promise<Found<S> | undefined> {
    const [found] = await this.many<S>(tenant, kind, [id]);
    return found;
  }

  async many<S>(tenant: string, kind: string, ids: readonly string[]): Promise<readonly Found<S>[]> {
    const found: Found<S>[] = [];
    const missing: string[] = [];
    for (const id of new Set(ids)) {
      const state = this.remembered(kind, storedId(tenant, id));
      if (state) found.push({ id, version: state.v, state: state.s as S });
      else missing.push(storedId(tenant, id));
    }
    if (missing.length === 0) return found;
    let read = this.reads.get(kind);
    if (!read) this.reads.set(kind, (read = this.readOf(kind)));
    return [...found, ...(await read(missing)).map(foundIn<S>(tenant))];
  }

  private readOf(kind: string): (ids: readonly string[]) => Promise<readonly StateRow[]> {
    return gathered(async (asked: readonly (readonly string[])[]) => {
      const rows = await collectionOf(this.db, kind)
        .find({ _id: { $in: [...new Set(asked.flat())] } })
        .toArray();
      const byId = new Map(rows.map((row) => [row._id, row]));
      return asked.map((ids) => ids.flatMap((id) => byId.get(id) ?? []));
    });
  }

  async byKey<S>(tenant: string, kind: string, key: string, page: Page = {}): Promise<readonly Found<S>[]> {
    const states = collectionOf(this.db, kind);
    const last =
      page.after === undefined
        ? undefined
        : await states.findOne({ _id: storedId(tenant, page.after) }, { projection: { t: 1 } });
    const filter: Document = { k: storedId(tenant, key) };
    if (last) filter['$or'] = [{ t: { $lt: last.t } }, { t: last.t, _id: { $gt: last._id } }];
    const rows = await states
      .find(filter)
      .sort({ t: -1, _id: 1 })
      .limit(Math.min(page.limit ?? DEFAULT_PAGE, MOST))
      .toArray();
    return rows.map(foundIn<S>(tenant));
  }

  async *scan<S>(tenant: string, kind: string, keys: readonly string[] = []): AsyncIterable<Found<S>> {
    const prefix = `${tenant}|`;
    const within = { _id: { $gte: prefix, $lt: `${tenant}}` } };
    const filter: Document = keys.length > 0 ? { k: { $all: keys.map((key) => storedId(tenant, key)) } } : within;
    for await (const row of collectionOf(this.db, kind).find(filter).sort({ _id: 1 })) yield foundIn<S>(tenant)(row);
  }

  async count(tenant: string, kind: string, key: string): Promise<number> {
    return collectionOf(this.db, kind).countDocuments({ k: storedId(tenant, key) });
  }

  async totals(
    tenant: string,
    kind: string,
    key: string,
    groupBy: string | null,
    sums: Readonly<Record<string, string>>,
  ): Promise<readonly Totals[]> {
    const names = Object.keys(sums);
    // `$sum` over an array path adds its elements; the outer one adds over states.
    const added = Object.fromEntries(
      names.map((name, index) => [`sum${index}`, { $sum: { $sum: `$s.${sums[name] ?? ''}` } }]),
    );
    const rows = await collectionOf(this.db, kind)
      .aggregate<Document>(
        [
          { $match: { k: storedId(tenant, key) } },
          { $group: { _id: groupBy === null ? null : `$s.${groupBy}`, count: { $sum: 1 }, ...added } },
          { $sort: { _id: 1 } },
        ],
        { readConcern: { level: 'snapshot' } },
      )
      .toArray();
    return rows.map((row) => ({
      group: (row['_id'] as string | null) ?? null,
      count: row['count'] as number,
      sums: Object.fromEntries(names.map((name, index) => [name, row[`sum${index}`] as number])),
    }));
  }
}
