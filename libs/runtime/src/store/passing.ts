/** Faults of the database that pass by themselves. */
import { MongoError } from 'mongodb';

export const DUPLICATE = 11_000;
/** Write conflict, duplicate key, aborted transaction, no such transaction, lock timeout: load and decide again. */
const CONFLICTS = new Set<number | string | undefined>([112, DUPLICATE, 251, 24, 246, 263]);
/** What a read began with is no more: it took longer than the database keeps the past. */
const SNAPSHOT_TOO_OLD = 239;

/** Not primary, interrupted by a step-down, shutting down, recovering: the next primary answers. */
const STEPPING = new Set<number | string | undefined>([91, 189, 10_107, 11_600, 11_602, 13_435, 13_436]);

const isAway = (error: MongoError): boolean =>
  error.hasErrorLabel('RetryableWriteError') ||
  /Network|ServerSelection|PoolCleared|Topology|NotConnected|SystemOverloaded/.test(error.name);

/** A commit whose result nobody knows: the server is away or changing, or another's write was first. Read the truth again. */
export const passes = (error: unknown): boolean =>
  error instanceof MongoError &&
  (CONFLICTS.has(error.code) ||
    error.hasErrorLabel('TransientTransactionError') ||
    error.hasErrorLabel('UnknownTransactionCommitResult') ||
    isAway(error));

/** A read that can't be answered now and may be in a moment. */
export const isUnreadable = (error: unknown): boolean =>
  error instanceof MongoError && (isAway(error) || error.code === SNAPSHOT_TOO_OLD || STEPPING.has(error.code));
