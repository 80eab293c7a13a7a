/**
 * One lane, owned by this process: takes works in order, has them decided and committed under its fence. Whatever goes
 * wrong: drop what is in memory, read the truth again.
 */
import { Dues } from './dues.js';
import { Intake } from './intake.js';
import { stillOwing } from './lane-numbers.js';
import type { LaneContext } from './lane-context.js';
import { Conflict, Fenced, type DueDocument, type LaneDocument, type StateDocument } from './ports.js';
import { BATCH_MESSAGES, Processor } from './processor.js';
import { Relay, Superseded } from './relay.js';
import { Rest, WORTH_A_COMMIT } from './rest.js';
import { Standing } from './standing.js';
import { failed, type Work } from './work.js';

const IDLE_MS = 250;
const MESSAGES_BESIDE_DOORS = 32;
const AFTER_ERROR_MS = 100;
/** An idle lane asks this often whether the broker delivered to somebody else what was meant for it. */
const COMPARE_MS = 5_000;
/** A lane with so many dues in hand is brought none by the sweep, which finds a few hundred of all lanes at a time. */
const DUES_WAITING = 64;
/** Inputs of the door that wait at most; more are sent away to come back later. */
const MOST_DOORS = 10_000;

export class Lane {
  readonly id: string;
  ready = false;
  private readonly relay: Relay;
  private readonly standing: Standing;
  private readonly processor: Processor;
  private readonly intake: Intake;
  private doors: Work[] = [];
  private readonly dues = new Dues();
  /** works of the batch under way that no stream brings again */
  private current: Work[] = [];
  /** why the lane must look at the broker and its document before it goes on; empty: it may go on */
  private dirty = 'start';
  private live = true;
  private stopping = false;
  private readonly rests: Rest;
  private nextCheck = -Infinity;
  private nextCompare = -Infinity;
  private readonly context: LaneContext;
  /** also of a retired lane, which hears nothing any more */
  private readonly heard: readonly string[];
  private wake: (() => void) | undefined;
  private finished: Promise<void> | undefined;

  constructor(
    given: LaneContext,
    private readonly document: LaneDocument,
  ) {
    this.id = document._id;
    const context = document.retired ? { ...given, streams: [] } : given;
    [this.context, this.heard] = [context, given.streams];
    const { broker, clock, watch } = context;
    this.rests = new Rest(clock);
    this.relay = new Relay(
      broker,
      clock,
      document.pub,
      (stream) => this.halt(`${stream} went back`),
      (error) => watch.trouble(this.id, 'publish', error),
    );
    this.standing = new Standing(context, this.id, this.relay);
    const mustLook = (): boolean => this.dirty !== '';
    this.processor = new Processor(context, document, this.relay, this.standing.created, mustLook, (work) =>
      this.doors.push(work),
    );
    this.intake = new Intake(
      context,
      document,
      (why) => this.halt(why),
      () => this.wake?.(),
    );
  }

  get epoch(): number {
    return this.document.epoch;
  }
  get isLive(): boolean {
    return this.live && !this.stopping;
  }
  /** true when inputs may be given to it */
  get isOpen(): boolean {
    return this.isLive && !this.document.retired && this.doors.length < MOST_DOORS;
  }
  /** true when deposits may be fired at once; others wait for the sweep */
  get takesDeposits(): boolean {
    return this.ready && this.dues.hasRoom;
  }
  /** true when the sweep may bring more; a lane that can't go on, say for a full stream, must not keep it from others */
  get takesDues(): boolean {
    return this.ready && this.dues.length < DUES_WAITING;
  }
  get committed(): number {
    return this.processor.n;
  }
  /** every commit up to here is on its streams */
  get published(): number {
    return this.relay.published.n;
  }
  /**
   * A state of this lane as its last commit left it, for queries. The lease, by our own clock, says that nobody else can
   * have written it since; undefined: ask the store.
   */
  remembered(key: string): StateDocument | undefined {
    return this.ready && this.context.leased() ? this.processor.remembered(key) : undefined;
  }
  get parked(): number {
    return this.processor.parked.size;
  }

  run(): Promise<void> {
    return (this.finished ??= this.loop());
  }

  /** An input from the door or the answer of an ask. */
  accept(work: Work): void {
    if (!this.isOpen) return failed(work, 'not ours');
    this.doors.push(work);
    this.wake?.();
  }

  /** Its caller waits no longer. What is under way is finished all the same. */
  withdraw(work: Work): void {
    const place = this.doors.indexOf(work);
    if (place < 0) return;
    this.doors.splice(place, 1);
    failed(work, 'not in time');
  }

  /** A due that the sweep found, or a deposit just made; once each while it is under way. */
  fire(due: DueDocument): void {
    if (this.ready) this.dues.add(due);
    this.wake?.();
  }

  /** Stops pulling and publishing; the loop looks at broker and document before it goes on. */
  halt(why: string): void {
    if (!this.live) return;
    if (!this.dirty && !this.stopping) this.context.watch.trouble(this.id, `halted: ${why}`);
    this.dirty ||= why;
    this.ready = false;
    this.relay.invalidate();
    this.intake.stop();
    this.wake?.();
  }

  /** Another owner has it: nothing of it may act here any more. */
  lose(why: string): void {
    if (!this.live) return;
    this.live = false;
    this.ready = false;
    this.context.watch.trouble(this.id, `lost: ${why}`);
    this.relay.invalidate();
    this.intake.close();
    this.context.closed(this.id);
    for (const work of [...this.current.splice(0), ...this.doors.splice(0)]) failed(work, why);
    this.wake?.();
  }

  /**
   * Finishes the batch, publishes, gives the lane back; what is not done within the budget is the next owner's. Its
   * commits are fenced by then, so a late one changes nothing.
   */
  async release(budgetMs: number): Promise<void> {
    this.stopping = true;
    this.ready = false;
    this.intake.close();
    this.wake?.();
    const { clock, store } = this.context;
    const enough = new AbortController();
    const over = clock.wait(budgetMs, enough.signal).then(() => false);
    const finished = await Promise.race([this.run().then(() => true), over]);
    if (finished) await Promise.race([this.relay.finished(), over]);
    enough.abort();
    this.relay.invalidate();
    if (!this.live) return;
    this.live = false;
    for (const work of [...this.current.splice(0), ...this.doors.splice(0)]) failed(work, 'released');
    this.context.closed(this.id);
    const { n, positions } = this.processor;
    await store.releaseLane({ ...this.document, n, positions, pub: this.relay.published, clean: finished });
  }

  private async loop(): Promise<void> {
    while (this.live) {
      try {
        if (this.stopping && (this.dirty || this.doors.length === 0)) break;
        if (this.dirty) await this.attach();
        else await this.step();
      } catch (error) {
        if (error instanceof Fenced) return this.lose(`fenced: ${error.message}`);
        if (!(error instanceof Conflict || error instanceof Superseded))
          this.context.watch.trouble(this.id, 'loop', error);
        // Inputs of the door come but once: they are decided again, their ids keep them from acting twice.
        this.doors.unshift(...this.current.splice(0));
        this.halt('error');
        await this.context.clock.wait(AFTER_ERROR_MS);
      }
    }
  }

  private async step(): Promise<void> {
    if (!this.context.leased()) return this.halt('lease');
    if (this.context.clock.steady() >= this.nextCheck) await this.check();
    await this.relay.room();
    await this.rest();
    if (this.dirty) return;
    const dues = this.dues.take(BATCH_MESSAGES);
    const works = [...dues, ...this.doors.splice(0, BATCH_MESSAGES)];
    // Somebody waits for the door's inputs, nobody for the messages that would make their batch longer.
    const most = works.some(({ from }) => from.kind === 'door') ? MESSAGES_BESIDE_DOORS : BATCH_MESSAGES;
    works.push(...this.intake.take(Math.max(0, Math.min(most, BATCH_MESSAGES - works.length))));
    if (works.length === 0) return this.idle();
    this.current = works.filter(({ from }) => from.kind === 'door' || from.kind === 'answer');
    await this.rests.after(works.length, () => this.processor.process(works));
    this.current = [];
    this.dues.done(dues);
  }

  /** Callers at the door don't wait for a lane to have rested, nor do asks, of which so many may be under way at once. */
  private rest(): Promise<void> {
    const mayGoOn = (): boolean =>
      this.isLive && !this.dirty && this.doors.length === 0 && this.intake.waiting < WORTH_A_COMMIT;
    return this.rests.take(mayGoOn, (wake) => (this.wake = wake));
  }

  private async idle(): Promise<void> {
    const aborted = new AbortController();
    // With a reason of its own: an exception with its stack for every message that wakes the lane is dear.
    this.wake = () => aborted.abort('woken');
    const nothing = this.intake.empty && this.doors.length === 0 && this.dues.length === 0;
    if (nothing && !this.dirty && this.live && !this.stopping) await this.context.clock.wait(IDLE_MS, aborted.signal);
    this.wake = undefined;
    if (!this.dirty) await this.processor.notePositions();
    if (!this.intake.empty || this.dirty || this.context.clock.steady() < this.nextCompare) return;
    this.nextCompare = this.context.clock.steady() + Math.min(COMPARE_MS, this.context.checkMs);
    await this.intake.check();
  }

  /** Reads the truth, checks the broker against it, publishes what is owed, then pulls from the lane's own position. */
  private async attach(): Promise<void> {
    const { store, broker, clock, leased } = this.context;
    if (!broker.up || !leased()) return clock.wait(50);
    this.dirty = '';
    this.intake.stop();
    this.dues.clear();
    this.relay.supersede();
    const now = await this.processor.reload();
    this.relay.noted(now.pub, now.n);
    this.processor.n = now.n;
    const owing = await stillOwing(this.document, (id) => store.readLane(id));
    if (owing) {
      this.dirty = `waits for ${owing}`;
      return clock.wait(AFTER_ERROR_MS);
    }
    this.processor.positions = await this.standing.positions(now.positions, now.n);
    await this.standing.publishOwed(now.n);
    this.processor.parked = new Map((await store.waiting(this.id, 'parked')).map((due) => [due._id, due]));
    if (this.processor.suspects > 0)
      this.processor.suspects = Math.min(this.processor.suspects, await this.undecided());
    if (this.document.retired) await this.retire();
    if (this.dirty) return;
    const asks = await store.waiting(this.id, 'ask');
    await this.intake.start(this.processor.positions, await this.standing.passed(this.document.passed));
    // What was lost between the look and the reset of the durables would never show.
    await this.check();
    if (!this.isLive || this.dirty) return;
    this.context.opened(this.id, asks, false);
    this.nextCompare = clock.steady() + Math.min(this.context.leaseMs, this.context.checkMs);
    this.ready = this.dirty === '';
  }

  /** Its durables would only gather what nobody takes: they go, if that is allowed. */
  private async retire(): Promise<void> {
    await this.processor.keepPositions();
    const { broker, watch } = this.context;
    const trouble = (error: unknown): void => watch.trouble(this.id, 'forget a durable', error);
    for (const stream of this.heard) await broker.forget(stream, this.intake.durable()).catch(trouble);
  }

  /** Messages behind the positions at most: only these can have been under way when the last owner died. */
  private async undecided(): Promise<number> {
    let count = 0;
    for (const stream of this.context.streams)
      count += (await this.context.broker.stream(stream)).lastSeq - (this.processor.positions[stream]?.seq ?? 0);
    return count;
  }

  /** Once a while: has the broker changed under us, has a stale pull eaten messages? */
  private async check(): Promise<void> {
    this.nextCheck = this.context.clock.steady() + this.context.checkMs;
    const fault = await this.standing.fault(this.processor.positions);
    if (fault) this.halt(fault);
  }
}
