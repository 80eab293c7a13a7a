/** Decides works in batches and commits them: load, decide, ONE transaction, publish, acknowledge. */
import type { Input } from '@crossdock/kernel';
import { Batch } from './batch.js';
import { breathing } from './clock.js';
import { depositsHandled } from './dues.js';
import { Inbox } from './inbox.js';
import type { LaneContext } from './lane-context.js';
import { PARKED_RETRY_MS } from './parking.js';
import {
  Conflict,
  Fenced,
  iso,
  type CommitPlan,
  type Delivery,
  type DueDocument,
  type LaneDocument,
  type Positions,
  type StateDocument,
} from './ports.js';
import type { Relay } from './relay.js';
import { repeat, tell } from './callers.js';
import { LaneStates } from './states.js';
import { upTo, type Work } from './work.js';
import { placeOf, withPosition } from './verify.js';

export const BATCH_MESSAGES = 256;
export const BATCH_BYTES = 4_000_000;
/** After so long requests and other lanes of the process come in between: a batch of 256 can take a fifth of a second. */
const AT_A_STRETCH_MS = 5;
const ATTEMPTS_LIMIT = 3;
/** A commit of one message that the store refused this often is not tried again. */
const REFUSALS_LIMIT = 3;
const AFTER_REFUSAL_MS = 50;
const POSITIONS_EVERY_MS = 500;

/** The store would not take a commit, and not because of another's write: something in it is wrong. */
class Refused extends Error {}

export class Processor {
  n: number;
  positions: Positions;
  parked = new Map<string, DueDocument>();
  /** undecided messages that run one by one, after an unclean end */
  suspects: number;
  private readonly states: LaneStates;
  private readonly inbox: Inbox;
  private positionsAt = -Infinity;
  /** false while the store knows an older position */
  private noted = true;
  /** attempts of suspects in this tenure: one tenure counts once, however often it loads and decides again */
  private readonly attempted = new Map<string, number>();

  constructor(
    private readonly context: LaneContext,
    private readonly document: LaneDocument,
    private readonly relay: Relay,
    private readonly created: Readonly<Record<string, string>>,
    /** true when the broker must be looked at first; then a commit is published with what is owed */
    private readonly mustLook: () => boolean,
    private readonly again: (work: Work) => void,
  ) {
    this.states = new LaneStates(context);
    this.inbox = new Inbox(context);
    this.n = document.n;
    this.positions = document.positions;
    this.suspects = document.clean ? 0 : BATCH_MESSAGES;
  }

  private get lane(): string {
    return this.document._id;
  }

  /** The newest committed state, if it is in memory. */
  remembered(key: string): StateDocument | undefined {
    return this.states.peek(key);
  }

  /** Drops what is in memory and reads the lane's document. Throws `Fenced` when it is another's. */
  async reload(): Promise<LaneDocument> {
    this.states.clear();
    this.inbox.doubt();
    const now = await this.context.store.readLane(this.lane);
    if (!now || now.owner !== this.context.replica || now.epoch !== this.document.epoch)
      throw new Fenced(`${this.lane} has another owner`);
    return now;
  }

  async process(works: readonly Work[]): Promise<void> {
    const isUnsure = !this.inbox.isInDoubt;
    try {
      await this.take(works);
    } catch (error) {
      if (!(isUnsure && error instanceof Conflict)) throw error;
      // Mostly a copy that was not looked up. If nothing of a commit is in doubt, all are taken again, and looked up.
      if ((await this.reload()).n !== this.n) throw error;
      await this.take(works);
    }
  }

  private async take(works: readonly Work[]): Promise<void> {
    const first = new Map<string, Work>();
    for (const work of works) if (!first.has(work.cause)) first.set(work.cause, work);
    const handled = await this.inbox.handled([...first.keys()]);
    const fresh: Work[] = [];
    for (const work of works) {
      if (handled.has(work.cause)) repeat(work, handled.get(work.cause));
      else if (first.get(work.cause) === work) fresh.push(work);
      // The same input twice in a batch: the second is answered like the first, once that is stored.
      else if (work.from.kind === 'door') this.again(work);
    }
    const again = depositsHandled(works, handled);
    if (again.length > 0) await this.context.store.dropDeposits(again);
    if (fresh.length > 0) await this.decideAll(works, fresh);
    else await this.storePositions(works);
  }

  /** Decides in parts that fit a commit; a part that can't be committed is halved down to the one message. */
  private async decideAll(works: readonly Work[], fresh: readonly Work[]): Promise<void> {
    let rest = fresh;
    let size = rest.length;
    let refusals = 0;
    while (rest.length > 0) {
      const part = rest.slice(0, this.suspects > 0 ? 1 : size);
      const covered = part.length === rest.length ? works : upTo(works, part);
      try {
        rest = rest.slice(await this.commit(part, covered));
        size = Math.min(size * 2, rest.length);
        refusals = 0;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        this.context.watch.trouble(this.lane, `commit of ${part.length}`, error.cause);
        // After an unknown result: did the commit go through after all? Then start over.
        if ((await this.reload()).n !== this.n) throw error;
        size = Math.ceil(part.length / 2);
        if (part.length > 1) continue;
        if (++refusals < REFUSALS_LIMIT) await this.context.clock.wait(AFTER_REFUSAL_MS);
        else rest = rest.slice(await this.commit(part, covered, error.message));
      }
    }
  }

  /** Commits as many of the works as fit; answers how many. `condemned`: the one work goes to quarantine, with why. */
  private async commit(part: readonly Work[], covered: readonly Work[], condemned?: string): Promise<number> {
    const { clock, decider, service, says, watch } = this.context;
    const began = clock.now();
    const states = await this.states.touchedBy(this.inputsOf(part));
    const context = { service, decider, lane: this.lane, n: this.n + 1, says, nowMs: clock.now() };
    const batch = new Batch(context, states, this.parked.values());
    let taken = 0;
    const breathed = breathing(clock, AT_A_STRETCH_MS);
    for (const work of part) {
      if (taken > 0 && batch.outputBytes > BATCH_BYTES) break;
      if (condemned === undefined) await this.decide(batch, work);
      else batch.condemn(work, 'commit-refused', condemned, 1);
      taken++;
      await breathed();
    }
    const copies = await this.inbox.lookUp(batch.told.flatMap(({ work, how }) => (how === 'defer' ? work.cause : [])));
    const done = taken === part.length ? covered : upTo(covered, part.slice(0, taken));
    const events = batch.events();
    const decided = clock.now();
    const positions = this.positionsAfter(done);
    if (batch.empty) await this.moveTo(positions);
    else await this.store(batch, events, positions);
    this.suspects = Math.max(
      0,
      this.suspects - part.slice(0, taken).filter(({ from }) => from.kind === 'stream').length,
    );
    const storeMs = clock.now() - decided;
    this.keepWaiting(batch);
    await this.postpone(part);
    for (const told of batch.told) {
      const { cause } = told.work;
      if (copies.has(cause)) repeat(told.work, copies.get(cause));
      else {
        watch.told(this.lane, told);
        tell(told, batch.answers);
      }
    }
    watch.committed(this.lane, taken, events.length, clock.now() - began, storeMs);
    const acknowledge = (): void => done.forEach(({ from }) => from.kind === 'stream' && from.delivery.ack());
    if (batch.empty) acknowledge();
    else if (!this.mustLook()) this.relay.publish(this.n, events, this.created, acknowledge);
    return taken;
  }

  private async store(batch: Batch, events: ReturnType<Batch['events']>, positions: Positions): Promise<void> {
    const writes = batch.writes();
    const { store, clock, replica } = this.context;
    const plan: CommitPlan = {
      lane: this.lane,
      owner: replica,
      epoch: this.document.epoch,
      n: this.n + 1,
      at: iso(clock.now()),
      causes: batch.causes,
      events,
      answers: batch.answers,
      states: writes,
      dueIn: [...batch.dueIn.values()],
      dueOut: [...batch.dueOut],
      quarantine: batch.quarantine,
      positions,
      pub: this.relay.published,
    };
    await store.commit(plan).catch((error: unknown) => {
      if (error instanceof Fenced || error instanceof Conflict) throw error;
      throw new Refused((error as Error).message, { cause: error });
    });
    this.n++;
    this.noted = true;
    this.positions = positions;
    this.states.put(writes.map(({ after }) => after));
  }

  /** After an unclean end undecided messages run alone, the attempt written before each: one may kill the process. */
  private async decide(batch: Batch, work: Work): Promise<void> {
    if (this.suspects === 0 || work.from.kind !== 'stream') return batch.run(work);
    const attempts = this.attempted.get(work.cause) ?? (await this.context.store.attempt(work.cause));
    this.attempted.set(work.cause, attempts);
    if (attempts > ATTEMPTS_LIMIT)
      batch.condemn(work, 'kills-process', `it stopped the process ${attempts - 1} times`, attempts - 1);
    else batch.run(work, attempts);
  }

  private keepWaiting(batch: Batch): void {
    for (const id of batch.dueOut) this.parked.delete(id);
    const asks: DueDocument[] = [];
    for (const due of batch.dueIn.values()) {
      if (due.kind === 'parked') this.parked.set(due._id, due);
      if (due.kind === 'ask') asks.push(due);
    }
    if (asks.length > 0) this.context.opened(this.lane, asks, true);
  }

  /** Parked messages that were asked again and still wait: the sweep leaves them alone for a while. */
  private async postpone(part: readonly Work[]): Promise<void> {
    const at = iso(this.context.clock.now() + PARKED_RETRY_MS);
    for (const { from } of part)
      if (from.kind === 'due' && this.parked.has(from.due._id)) await this.context.store.postpone(from.due._id, at);
  }

  private positionsAfter(works: readonly Work[]): Positions {
    const last = new Map<string, Delivery>();
    for (const { from } of works) if (from.kind === 'stream') last.set(from.delivery.stream, from.delivery);
    let positions = this.positions;
    for (const [stream, delivery] of last)
      positions = withPosition(positions, stream, placeOf(delivery, positions[stream]?.created ?? ''));
    return positions;
  }

  private async storePositions(works: readonly Work[]): Promise<void> {
    await this.moveTo(this.positionsAfter(works));
    for (const { from } of works) if (from.kind === 'stream') from.delivery.ack();
  }

  /**
   * Nothing is to be committed: of nothing but duplicates, or what waits on. The positions are stored all the same, or a
   * restart would loop over them for ever.
   */
  private async moveTo(positions: Positions): Promise<void> {
    if (positions === this.positions) return;
    this.positions = positions;
    this.noted = false;
    await this.notePositions(this.suspects > 0);
  }

  /** Positions that moved without a commit, once in a while or `now`. */
  async notePositions(now = false): Promise<void> {
    const { clock } = this.context;
    if (this.noted || (!now && clock.steady() - this.positionsAt < POSITIONS_EVERY_MS)) return;
    this.positionsAt = clock.steady();
    await this.keepPositions();
    this.noted = true;
  }

  async keepPositions(): Promise<void> {
    const { store, replica } = this.context;
    await store.storePositions(this.lane, replica, this.document.epoch, this.n, this.positions, this.relay.published);
  }

  /** With the parked messages that the works may wake. */
  private inputsOf(works: readonly Work[]): readonly Input[] {
    return [...works.filter(({ unreadable }) => !unreadable), ...this.parked.values()].map(({ input }) => input);
  }
}
