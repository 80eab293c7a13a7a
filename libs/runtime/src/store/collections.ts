/** Collections of one service's database and their indexes. */
import { Binary, type Collection, type Db } from 'mongodb';
import type { StoredEvent } from '../road/envelope.js';
import type {
  DueDocument,
  LaneDocument,
  Positions,
  Published,
  QuarantineDocument,
  StateDocument,
  StoredAnswer,
  Unread,
} from '../road/ports.js';

export interface LaneRow extends LaneDocument {
  /** session of the owner's transactions, to be ended by whoever takes the lane from it */
  readonly lsid: Binary | null;
}
export interface CommitRow {
  readonly _id: string;
  readonly lane: string;
  readonly n: number;
  readonly part: number;
  readonly at: Date;
  readonly causes: string[];
  readonly answers: StoredAnswer[];
  readonly events: StoredEvent[];
  readonly positions: Positions;
  readonly pub: Published;
}
export interface PartRow {
  readonly _id: string;
  readonly lane: string;
  readonly n: number;
  readonly part: number;
  readonly at: Date;
  readonly events: StoredEvent[];
}
/** `_id` = `<tenant>|<id>`; `k` = tenant-prefixed business keys; `t` = when it was first written. */
export interface StateRow {
  readonly _id: string;
  readonly v: number;
  readonly e: number;
  readonly by: string;
  readonly k: readonly string[];
  readonly t: Date;
  readonly s: unknown;
}
export type QuarantineRow = Omit<QuarantineDocument, 'bytes'> & { readonly bytes: Binary };

type UnreadRow = Omit<Unread, 'bytes'> & { readonly bytes: Binary };
export type DueRow = Omit<DueDocument, 'unread'> & { readonly unread?: UnreadRow };

export interface Collections {
  readonly lanes: Collection<LaneRow>;
  readonly replicas: Collection<{ _id: string; until: Date }>;
  readonly commits: Collection<CommitRow>;
  readonly parts: Collection<PartRow>;
  readonly due: Collection<DueRow>;
  readonly attempts: Collection<{ _id: string; tries: number; at: Date }>;
  readonly quarantine: Collection<QuarantineRow>;
  prepare(kinds: readonly string[]): Promise<void>;
}

export const stateRow = (state: StateDocument, keys: readonly string[]): StateRow => ({
  _id: state.id,
  v: state.v,
  e: state.e,
  by: state.by,
  k: [...new Set(keys)],
  t: new Date(state.t),
  s: state.s,
});

export const dueRow = ({ unread, ...due }: DueDocument): DueRow => ({
  ...due,
  ...(unread ? { unread: { ...unread, bytes: new Binary(unread.bytes) } } : {}),
});
export const dueOf = ({ unread, ...due }: DueRow): DueDocument => ({
  ...due,
  ...(unread ? { unread: { ...unread, bytes: unread.bytes.buffer } } : {}),
});

export const collectionOf = (db: Db, kind: string): Collection<StateRow> => db.collection<StateRow>(`state_${kind}`);

export const openCollections = (db: Db): Collections => {
  const on = {
    lanes: db.collection<LaneRow>('lanes'),
    replicas: db.collection<{ _id: string; until: Date }>('replicas'),
    commits: db.collection<CommitRow>('commits'),
    parts: db.collection<PartRow>('commit_parts'),
    due: db.collection<DueRow>('due'),
    attempts: db.collection<{ _id: string; tries: number; at: Date }>('attempts'),
    quarantine: db.collection<QuarantineRow>('quarantine'),
  };
  const prepare = async (kinds: readonly string[]): Promise<void> => {
    await on.commits.createIndex({ causes: 1 }, { unique: true, name: 'inbox' });
    await on.commits.createIndex({ lane: 1, n: 1 }, { name: 'outbox' });
    await on.parts.createIndex({ lane: 1, n: 1, part: 1 }, { name: 'outbox' });
    // Replicas that were killed leave their row; nobody reads it once the lease is over.
    await on.replicas.createIndex({ until: 1 }, { expireAfterSeconds: 86_400, name: 'age' });
    await on.due.createIndex({ lane: 1, kind: 1, at: 1 }, { name: 'sweep' });
    await on.attempts.createIndex({ at: 1 }, { expireAfterSeconds: 7 * 86_400, name: 'age' });
    await on.quarantine.createIndex({ tenant: 1, reason: 1, at: 1 }, { name: 'reason' });
    for (const kind of kinds) await collectionOf(db, kind).createIndex({ k: 1, t: -1, _id: 1 }, { name: 'keys' });
    // A transaction does not create collections on every server version: all are there before the first one.
    const known = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
    for (const { collectionName } of [on.lanes, on.replicas, on.attempts])
      if (!known.has(collectionName)) await db.createCollection(collectionName).catch(() => undefined);
  };
  return { ...on, prepare };
};
