/** What the sweep or the door fires into a lane: each once while it waits here or is under way. */
import type { DueDocument, StoredAnswer } from './ports.js';
import { workOf, type Work } from './work.js';

/** Deposits beyond this many stay in the store alone until the sweep comes to them. */
const MOST = 2_000;

export class Dues {
  private waiting: Work[] = [];
  private readonly known = new Set<string>();

  get length(): number {
    return this.waiting.length;
  }
  get hasRoom(): boolean {
    return this.waiting.length < MOST;
  }

  add(due: DueDocument): void {
    if (this.known.has(due._id)) return;
    this.known.add(due._id);
    this.waiting.push(workOf(due));
  }
  take(most: number): readonly Work[] {
    return this.waiting.splice(0, most);
  }
  /** They are committed, or waited for elsewhere: whoever finds them again may fire them again. */
  done(works: readonly Work[]): void {
    for (const { from } of works) if (from.kind === 'due') this.known.delete(from.due._id);
  }
  clear(): void {
    this.waiting = [];
    this.known.clear();
  }
}

/** Deposits of what was handled before they came in again. */
export const depositsHandled = (
  works: readonly Work[],
  handled: ReadonlyMap<string, StoredAnswer | undefined>,
): readonly string[] =>
  works.flatMap(({ cause, from }) =>
    from.kind === 'due' && from.due.kind === 'deposit' && handled.has(cause) ? [from.due._id] : [],
  );
