/** Is the broker still the one we knew? Positions name a stream's creation, the message that stood there and since when. */
import { messageIdOf } from './envelope.js';
import type { Broker, CommitRecord, Delivery, Position, Positions, Stood, StreamState } from './ports.js';

/** Only what is younger is published again: the inboxes of those who hear it know it for a day longer. */
export const AGAIN_MS = 6 * 86_400_000;
/**
 * Older than what is published again. Whether it stands makes no difference any more, and it may have gone for its age:
 * a lane's last word on a stream on which it says little.
 */
export const isOver = ({ storedMs }: Position, nowMs: number): boolean =>
  storedMs !== undefined && storedMs < nowMs - AGAIN_MS;

/** True when the stream is the stored one, holds the stored message at its sequence, and lost nothing in between. */
export const stands = async (
  broker: Broker,
  stream: string,
  position: Position | undefined,
  now: StreamState,
): Promise<boolean> => {
  if (!position || position.created !== now.created) return false;
  if (position.seq === 0) return true;
  if (position.seq > now.lastSeq) return false;
  // What was read may have aged out of the stream; then only the order of sequences can tell.
  if (position.seq < now.firstSeq) return position.seq + 1 >= now.firstSeq;
  const found = await broker.message(stream, position.seq);
  return found ? isThere(position, found) : isDeleted(broker, stream, position);
};

/**
 * Nothing stands there, and the stream goes on beyond: somebody deleted the message, as one may have to. After a loss of
 * the stream's end another one would stand there. It is as good as there: told again it would be back.
 */
export const isDeleted = async (
  broker: Pick<Broker, 'stream'>,
  stream: string,
  { created, seq }: Position,
): Promise<boolean> => {
  const now = await broker.stream(stream);
  return now.created === created && seq >= now.firstSeq && seq <= now.lastSeq;
};

/**
 * The very copy: after a loss the same message may come to stand at the same sequence, with others before it. One that
 * somebody published without an id is known by its time alone.
 */
export const isThere = (position: Position, found: Stood): boolean =>
  (position.msgId !== null || position.storedMs !== undefined) &&
  found.msgId === position.msgId &&
  (position.storedMs === undefined || position.storedMs === found.storedMs);

/**
 * The last commit whose own record of a stream still stands, found by doubling steps back. `undefined`: none does, so
 * everything is to be done again.
 */
export const lastStanding = async (
  n: number,
  read: (n: number) => Promise<CommitRecord | undefined>,
  holds: (commit: CommitRecord) => Promise<boolean>,
): Promise<CommitRecord | undefined> => {
  for (let step = 1; n - step >= 1; step *= 2) {
    const commit = await read(n - step);
    if (commit && (await holds(commit))) return commit;
  }
  return undefined;
};

export const placeOf = ({ seq, headers, storedMs }: Delivery, created: string): Position => ({
  created,
  seq,
  msgId: messageIdOf(headers),
  storedMs,
});

export const start = (now: StreamState): Position => ({ created: now.created, seq: 0, msgId: null });

export const withPosition = (positions: Positions, stream: string, position: Position): Positions => ({
  ...positions,
  [stream]: position,
});
