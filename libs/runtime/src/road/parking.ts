/** Messages that wait for a state to change, in a queue per stream and state: later ones of a stream wait behind earlier. */
import type { DueDocument } from './ports.js';

/** A parked message is asked again this often at the latest, and given up after a day. */
export const PARKED_RETRY_MS = 5_000;
export const PARKED_LIMIT_MS = 24 * 3_600_000;

export class Parking {
  private readonly waiting = new Map<string, DueDocument[]>();

  constructor(parked: Iterable<DueDocument>) {
    for (const due of parked) this.add(due);
  }

  add(due: DueDocument): void {
    const awaits = due.awaits ?? '';
    const found = this.waiting.get(awaits);
    if (found) found.push(due);
    else this.waiting.set(awaits, [due]);
  }
  remove(due: DueDocument): void {
    const awaits = due.awaits ?? '';
    const left = this.on(awaits).filter(({ _id }) => _id !== due._id);
    if (left.length > 0) this.waiting.set(awaits, left);
    else this.waiting.delete(awaits);
  }
  /** those that wait for a state, in the order in which they came */
  on(awaits: string): readonly DueDocument[] {
    return [...(this.waiting.get(awaits) ?? [])].sort((a, b) => a.ord - b.ord);
  }
  has(due: DueDocument): boolean {
    return (this.waiting.get(due.awaits ?? '') ?? []).some(({ _id }) => _id === due._id);
  }
  /** true when an earlier message of its stream waits for the same state */
  behindAnother(due: DueDocument): boolean {
    const first = this.on(due.awaits ?? '').find(({ stream }) => stream === due.stream);
    return first !== undefined && first._id !== due._id && first.ord < due.ord;
  }
  /** the first of these states for which a message of the stream already waits */
  queueFor(stream: string, states: readonly string[]): string | undefined {
    if (this.waiting.size === 0) return undefined;
    return states.find((awaits) => this.waiting.get(awaits)?.some((due) => due.stream === stream));
  }
}
