/** Is the broker still the one we knew? Positions name a stream's creation and the message that stood there. */
import type { Broker, CommitRecord, Position, Positions, StreamState } from './ports.js';

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
  return position.msgId !== null && (await broker.messageId(stream, position.seq)) === position.msgId;
};

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

export const start = (now: StreamState): Position => ({ created: now.created, seq: 0, msgId: null });

export const withPosition = (positions: Positions, stream: string, position: Position): Positions => ({
  ...positions,
  [stream]: position,
});
