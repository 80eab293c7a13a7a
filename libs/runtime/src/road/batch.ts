/**
 * A batch: works decided one after the other over states loaded together, becoming one commit. Pure but for the states
 * it carries; what it can't decide goes to quarantine, never away.
 */
import {
  apply,
  derivedId,
  ForeignState,
  isChange,
  outputsOf,
  ruleFor,
  type Decider,
  type Decision,
  type Input,
  type Kind,
  type Ref,
  type Rule,
} from '@crossdock/kernel';
import type { DoorAnswer } from '../door/door.js';
import { handedOn } from '../watch/trace-context.js';
import type { StoredEvent } from './envelope.js';
import { Parking, PARKED_LIMIT_MS, PARKED_RETRY_MS } from './parking.js';
import {
  iso,
  stateKey,
  storedId,
  type DueDocument,
  type QuarantineDocument,
  type StateDocument,
  type StateWrite,
  type StoredAnswer,
} from './ports.js';
import { doorAnswer, following, prepare, refusalText, threaded, type Prepared } from './prepare.js';
import { Speech } from './speech.js';
import { cameAs, causeOf, hashOf, isForNewer, type Work } from './work.js';

export interface Told {
  readonly work: Work;
  readonly how: Decision['kind'] | 'quarantined' | 'parked';
  readonly reason?: string;
}
export interface BatchContext {
  readonly service: string;
  readonly decider: Decider;
  readonly lane: string;
  /** number of the commit that this batch becomes */
  readonly n: number;
  readonly says: ReadonlySet<string>;
  readonly nowMs: number;
}

export class Batch {
  readonly causes: string[] = [];
  readonly answers: StoredAnswer[] = [];
  readonly dueIn = new Map<string, DueDocument>();
  readonly dueOut = new Set<string>();
  readonly quarantine: QuarantineDocument[] = [];
  readonly told: Told[] = [];
  private readonly speech: Speech;
  private readonly parking: Parking;
  private readonly changed = new Map<string, { before: StateDocument; s: unknown }>();
  private ord: number;

  constructor(
    private readonly context: BatchContext,
    private readonly states: ReadonlyMap<string, StateDocument>,
    parked: Iterable<DueDocument>,
  ) {
    this.ord = context.n * 100_000;
    this.speech = new Speech(context.service, context.decider.name);
    this.parking = new Parking(parked);
  }

  get empty(): boolean {
    return this.causes.length === 0;
  }
  get outputBytes(): number {
    return this.speech.bytes;
  }

  /** Decides one work. `attempts` stands in a quarantine row when it ends there. */
  run(work: Work, attempts = 0): void {
    const { unreadable, from, input } = work;
    if (unreadable) return this.condemn(work, unreadable.reason, unreadable.text, attempts);
    const rule = ruleFor(this.context.decider, input);
    if (!rule && isForNewer(this.context.decider, work)) return this.settle(work, 'ignore', 'for-newer-version');
    if (!rule) return this.condemn(work, 'contract-unknown', `no rule for ${input.type}.v${input.version}`, attempts);
    if (from.kind === 'due' && from.due.kind === 'parked') {
      this.runParked(from.due);
      return;
    }
    const behind =
      from.kind === 'stream' && !rule.passes ? this.queueFor(from.delivery.stream, rule, input) : undefined;
    if (behind) this.park(work, behind);
    else this.decide(rule, work, attempts);
  }

  private queueFor(stream: string, rule: Rule, input: Input): string | undefined {
    try {
      return this.parking.queueFor(
        stream,
        rule.touches(input).map((on) => awaitsKey(input.tenant, on)),
      );
    } catch {
      return undefined; // `decide` meets the same error and quarantines the message with its text
    }
  }

  private decide(rule: Rule, work: Work, attempts: number): void {
    const { input, from } = work;
    let applied;
    try {
      applied = apply(this.context.decider, rule, input, (on) => this.stateOf(input.tenant, on));
    } catch (error) {
      const reason = error instanceof ForeignState ? 'lane-foreign' : 'decision-failed';
      return this.condemn(work, reason, (error as Error).message, attempts);
    }
    const { decision } = applied;
    if (decision.kind === 'defer') {
      if (from.kind !== 'door') return this.park(work, awaitsKey(input.tenant, decision.awaits));
      this.told.push({ work, how: 'defer', reason: decision.reason });
      return;
    }
    const outputs = outputsOf(decision);
    const checked = prepare(outputs, this.context.says);
    if ('fault' in checked) return this.condemn(work, checked.reason ?? 'output-invalid', checked.fault, attempts);
    for (const [key, s] of applied.changed) this.change(input.tenant, key, s);
    this.keep(threaded(input, decision), checked.prepared);
    if (decision.kind === 'reject' && from.kind !== 'door')
      this.condemn(work, decision.reason, refusalText(decision), attempts);
    else this.settle(work, decision.kind, 'reason' in decision ? decision.reason : undefined, doorAnswer(decision));
    for (const output of outputs) if (isChange(output)) this.wake(awaitsKey(input.tenant, output.on));
  }

  /** The work is done: its id goes to the inbox, what it came from goes out of due. */
  private settle(work: Work, how: Told['how'], reason?: string, answer?: DoorAnswer): void {
    const { from } = work;
    this.causes.push(work.cause);
    if (from.kind === 'due') this.dueOut.add(from.due._id);
    if (from.kind === 'answer' && from.closes) this.dueOut.add(from.closes);
    this.told.push({ work, how, ...(reason ? { reason } : {}) });
    if (from.kind === 'door' && answer)
      this.answers.push({ id: work.cause, answer, ...(from.bodyHash ? { bodyHash: from.bodyHash } : {}) });
  }

  /** Puts a work that cannot be decided or committed aside, with its bytes and the reason; a caller is told instead. */
  condemn(work: Work, reason: string, text: string, attempts: number): void {
    if (work.from.kind === 'door')
      return this.settle(work, 'reject', reason, { kind: 'reject', reason, refusals: [{ reason, text }] });
    const { input } = work;
    const { bytes, headers } = cameAs(work);
    const row: QuarantineDocument = {
      _id: work.cause,
      at: iso(this.context.nowMs),
      lane: this.context.lane,
      reason,
      text: text.slice(0, 1000),
      tenant: input.tenant,
      type: input.type,
      key: input.key,
      messageId: work.id,
      headers,
      bytes,
      hash: hashOf(bytes),
      attempts,
    };
    this.quarantine.push(row);
    this.speech.deadLetter(row, input);
    this.settle(work, 'quarantined', reason);
  }

  private stateOf(tenant: string, on: Ref): unknown {
    const key = stateKey(on.kind, storedId(tenant, on.id));
    return (this.changed.get(key) ?? this.states.get(key))?.s;
  }

  private change(tenant: string, refKey: string, s: unknown): void {
    const slash = refKey.indexOf('/');
    const kind = refKey.slice(0, slash);
    const id = storedId(tenant, refKey.slice(slash + 1));
    const key = stateKey(kind, id);
    const before = this.changed.get(key)?.before ??
      this.states.get(key) ?? { kind, id, v: 0, e: 0, by: '', t: iso(this.context.nowMs), s: undefined };
    this.changed.set(key, { before, s });
  }

  private park(work: Work, awaits: string): void {
    const { lane, nowMs } = this.context;
    const stream = work.from.kind === 'stream' ? work.from.delivery.stream : work.from.kind;
    const due: DueDocument = {
      _id: work.cause,
      lane,
      kind: 'parked',
      at: iso(nowMs + PARKED_RETRY_MS),
      since: iso(nowMs),
      ord: this.ord++,
      input: work.input,
      stream,
      awaits,
    };
    // A timer that waits keeps its id: out and in again in one transaction.
    this.settle(work, 'parked', 'waits');
    this.dueIn.set(due._id, due);
    this.parking.add(due);
  }

  /** What is awaited has changed: who waits runs again, in order; behind one that still waits only who may pass. */
  private wake(awaits: string): void {
    const blocked = new Set<string | undefined>();
    for (const due of this.parking.on(awaits)) {
      const { passes } = ruleFor(this.context.decider, due.input) ?? {};
      if (!this.parking.has(due) || (blocked.has(due.stream) && !passes)) continue;
      if (!this.runParked(due)) blocked.add(due.stream);
    }
  }

  /** Runs a parked message; true when it no longer waits. */
  private runParked(due: DueDocument): boolean {
    if (!this.parking.has(due)) return true;
    const rule = ruleFor(this.context.decider, due.input);
    if (!rule?.passes && this.parking.behindAnother(due)) return false;
    const work: Work = { id: due.input.id, cause: `${due._id}~run`, input: due.input, from: { kind: 'due', due } };
    const deferred = rule && this.deferredBy(rule, due.input);
    const late = this.context.nowMs - Date.parse(due.since) > PARKED_LIMIT_MS;
    if (deferred && !late) {
      const awaits = awaitsKey(due.input.tenant, deferred.awaits);
      if (awaits !== due.awaits) this.replace(due, { ...due, awaits });
      return false;
    }
    this.parking.remove(due);
    this.dueIn.delete(due._id);
    if (deferred) this.condemn(work, 'waited-too-long', deferred.reason, 0);
    else if (rule) this.decide(rule, work, 0);
    else this.condemn(work, 'contract-unknown', `no rule for ${due.input.type}.v${due.input.version}`, 0);
    return true;
  }

  private replace(due: DueDocument, next: DueDocument): void {
    this.parking.remove(due);
    this.parking.add(next);
    if (!this.dueIn.has(due._id)) this.dueOut.add(due._id);
    this.dueIn.set(due._id, next);
    this.causes.push(`${due._id}~${next.awaits ?? ''}~${this.context.n}`);
  }

  /** The defer of a rule, asked without effect; an error is left to `decide`, which quarantines it with its text. */
  private deferredBy(rule: Rule, input: Input): Extract<Decision, { kind: 'defer' }> | undefined {
    try {
      const { decision } = apply(this.context.decider, rule, input, (on) => this.stateOf(input.tenant, on));
      return decision.kind === 'defer' ? decision : undefined;
    } catch {
      return undefined;
    }
  }

  /** Turns what a decision says into events, timers and asks with derived ids. */
  private keep(cause: Input, prepared: readonly Prepared[]): void {
    const { decider, lane, nowMs } = this.context;
    for (const { index, message, data, as } of prepared) {
      const id = derivedId(cause.id, decider.name, index);
      if (as.kind === 'say') {
        this.speech.speak(id, cause, message, data, as.body, as.of);
        continue;
      }
      const at = as.kind === 'timer' ? as.at : cause.at;
      const _id = causeOf(decider.name, id);
      const traceparent = handedOn(cause.traceparent, cause.id, decider.name);
      const input = following(id, cause, message, data, at, traceparent);
      this.dueIn.set(_id, { _id, lane, kind: as.kind, at, since: iso(nowMs), ord: this.ord++, input });
    }
  }

  /** Events in order with their entity versions; of newest values only the last of each key. */
  events(): readonly StoredEvent[] {
    return this.speech.events((of) => (this.changed.get(of)?.before ?? this.states.get(of))?.e ?? 0);
  }

  /** States to write, after `events` has counted versions. An entity that only spoke is written for its count. */
  writes(): readonly StateWrite[] {
    const by = `${this.context.lane}:${this.context.n}`;
    const kinds = this.context.decider.kinds as Readonly<Record<string, Kind>>;
    const written = new Map(this.changed);
    for (const of of this.speech.counted.keys()) {
      const found = this.states.get(of);
      if (!written.has(of) && found) written.set(of, { before: found, s: found.s });
    }
    return [...written].map(([key, { before, s }]) => {
      const tenant = before.id.slice(0, before.id.indexOf('|'));
      const keys = kinds[before.kind]?.keys?.(s) ?? [];
      const e = this.speech.counted.get(key) ?? before.e;
      return {
        before,
        after: { ...before, v: before.v + 1, e, by, s },
        keys: keys.map((name) => storedId(tenant, name)),
      };
    });
  }
}

const awaitsKey = (tenant: string, on: Ref): string => `${tenant}|${on.kind}/${on.id}`;
