/**
 * Asks the outside beside the lane's loop. A question stands in the lane's store until its answer is committed, so an
 * outside that is down for ten minutes is a queue and not a failure; whoever owns the lane asks on.
 */
import { isBrokenCircuitError, isTaskCancelledError } from 'cockatiel';
import { derivedId, type Input } from '@crossdock/kernel';
import { violationsOf } from '@crossdock/contracts';
import type { Clock } from '../road/ports.js';
import type { Trace } from '../watch/traces.js';
import type { Watch } from '../watch/watch.js';
import {
  OutsideAway,
  OutsideRefusal,
  type AskHandler,
  type AskOutcome,
  type Kept,
  type OutsideAndKept,
} from './ask.js';
import { outsideBy } from './outside.js';
import { Systems, Waits } from './system.js';

/** A question as its lane keeps it. */
export interface PendingAsk {
  readonly askId: string;
  readonly lane: string;
  /** true only when it was asked by the commit just made: nobody can have called out for it yet */
  readonly fresh: boolean;
  readonly firstAskedAt: string;
  readonly input: Input;
}
/** What the runner needs of the road. */
export interface AskRoad {
  /** the answer as an input of the lane that asked; `closes` ends the question. False: not our lane any more */
  answer(lane: string, input: Input, closes: string | undefined): Promise<boolean>;
  /** notes when it is tried next, for those who look */
  late(askId: string, nextTryAt: string): Promise<void>;
}
/** What the road tells. */
export interface AskPort {
  /** the same question may be given again and again */
  open(pending: PendingAsk): void;
  closeLane(lane: string): void;
}
export interface AskContext {
  readonly handlers: readonly AskHandler[];
  readonly settings: unknown;
  readonly service: string;
  readonly road: () => AskRoad;
  /** what the service itself keeps, for questions that read it */
  readonly kept?: () => Kept;
  readonly clock: Clock;
  readonly watch: Watch;
  readonly fetch?: typeof fetch;
}

interface Question {
  readonly pending: PendingAsk;
  readonly handler: AskHandler;
  readonly waits: Waits;
  readonly stop: AbortController;
  /** tries that may have reached the outside */
  tries: number;
  answered: boolean;
}
type Tried = { readonly outcome: AskOutcome } | { readonly againInMs: number; readonly why: string };

export class AskRunner implements AskPort {
  private readonly questions = new Map<string, Question>();
  private readonly systems: Systems;
  private stopped = false;

  constructor(private readonly context: AskContext) {
    const { handlers, clock, watch } = context;
    this.systems = new Systems(handlers, clock, (system, open) => watch.metrics.breakers.set({ system }, open));
  }

  get waiting(): number {
    return this.questions.size;
  }

  open(pending: PendingAsk): void {
    if (this.stopped || this.questions.has(pending.askId)) return;
    const { input } = pending;
    const handler = this.context.handlers.find(
      ({ asks }) => asks.type === input.type && asks.version === input.version,
    );
    if (!handler) {
      this.context.watch.log.error({ type: input.type, lane: pending.lane }, 'nobody asks this question');
      return;
    }
    const question: Question = {
      pending,
      handler,
      waits: new Waits(handler.policy),
      stop: new AbortController(),
      tries: pending.fresh ? 0 : 1,
      answered: false,
    };
    this.questions.set(pending.askId, question);
    this.count(handler, 1);
    void this.work(question)
      .catch((error: unknown) => this.context.watch.log.error({ err: error, type: input.type }, 'an ask broke off'))
      .finally(() => {
        question.stop.abort();
        if (this.questions.get(pending.askId) === question) this.questions.delete(pending.askId);
        this.count(handler, -1);
      });
  }

  /** The lane has another owner: calls under way are given up, their answers belong to whoever asks next. */
  closeLane(lane: string): void {
    for (const [askId, { pending, stop }] of this.questions) {
      if (pending.lane !== lane) continue;
      this.questions.delete(askId);
      stop.abort();
    }
  }

  stop(): void {
    this.stopped = true;
    for (const { stop } of this.questions.values()) stop.abort();
    this.questions.clear();
  }

  private count({ system, asks }: AskHandler, by: 1 | -1): void {
    this.context.watch.metrics.asksWaiting.inc({ system, question: asks.name }, by);
  }

  private async work(question: Question): Promise<void> {
    const { stop, handler, pending } = question;
    void this.tellWhenLate(question);
    while (!stop.signal.aborted) {
      const { limit } = this.systems.guardOf(handler, pending.input.data);
      const tried = await limit(() => this.attempt(question));
      if (stop.signal.aborted) return;
      if ('outcome' in tried) {
        if (await this.answer(question, tried.outcome)) return;
        continue;
      }
      const { clock, road } = this.context;
      void road()
        .late(pending.askId, new Date(clock.now() + tried.againInMs).toISOString())
        .catch(() => undefined);
      await clock.wait(tried.againInMs, stop.signal);
    }
  }

  /** One try: find first when an earlier one may have reached the outside, then call. */
  private async attempt(question: Question): Promise<Tried> {
    const { handler, pending, stop, waits } = question;
    const { clock, watch, settings } = this.context;
    if (stop.signal.aborted) return { againInMs: 0, why: 'stopped' };
    const began = clock.now();
    const labels = { system: handler.system, question: handler.asks.name };
    const trace = watch.traces.step(`ask ${handler.asks.name}`, 'client', pending.input.traceparent, {
      'peer.service': handler.system,
    });
    const count = (outcome: string): void =>
      watch.metrics.asks.observe({ ...labels, outcome }, (clock.now() - began) / 1000);
    try {
      const { find, call } = handler;
      const traceparent = trace?.traceparent ?? pending.input.traceparent;
      if (question.tries > 0 && find) {
        const found = await this.within(question, traceparent, (outside) => find(pending.input, outside, settings));
        if (found !== undefined) {
          count('found');
          return { outcome: { outcome: 'done', result: found } };
        }
      }
      // Without a way to look first, whoever does not know whether it was asked relies on the outside's own key.
      const result = await this.within(question, traceparent, (outside) => {
        question.tries++;
        return call(pending.input, outside, settings);
      });
      count('done');
      return { outcome: { outcome: 'done', result } };
    } catch (error) {
      if (error instanceof OutsideRefusal) {
        count('refused');
        const { id, correlationId } = pending.input;
        watch.log.info({ ...labels, ask: id, correlationId, status: error.status }, 'the outside refused');
        return { outcome: { outcome: 'refused', text: error.message.slice(0, 1000) } };
      }
      if (isBrokenCircuitError(error)) return { againInMs: waits.next(), why: 'breaker' };
      count('failed');
      return this.afterFailure(question, error, trace);
    } finally {
      trace?.end();
    }
  }

  private afterFailure({ handler, pending, tries, waits }: Question, error: unknown, trace: Trace | undefined): Tried {
    const late = 'no answer within the deadline';
    const why = isTaskCancelledError(error)
      ? late
      : error instanceof OutsideAway
        ? error.message
        : (error as Error).name;
    trace?.fail(why);
    const { id, correlationId } = pending.input;
    const about = { system: handler.system, question: handler.asks.name, ask: id, correlationId, tries, why };
    // What is no failure of the outside is one of the handler: its stack is wanted.
    if (error instanceof OutsideAway || isTaskCancelledError(error))
      this.context.watch.log.info(about, 'the outside gave no answer');
    else this.context.watch.log.error({ ...about, err: error }, 'an ask failed');
    const asked = error instanceof OutsideAway ? (error.retryAfterMs ?? 0) : 0;
    return { againInMs: Math.max(waits.next(), asked), why };
  }

  /** Paces, then runs under deadline and breaker. */
  private async within<T>(
    question: Question,
    traceparent: string | undefined,
    run: (outside: OutsideAndKept) => Promise<T>,
  ): Promise<T> {
    const { handler, pending, stop } = question;
    const { pace, policy } = this.systems.guardOf(handler, pending.input.data);
    await pace.turn(stop.signal);
    return policy.execute(({ signal }) =>
      run(
        outsideBy({
          attempt: question.tries + 1,
          signal: AbortSignal.any([signal, stop.signal]),
          correlationId: pending.input.correlationId,
          key: pending.input.id,
          ...(traceparent ? { traceparent } : {}),
          ...(this.context.kept ? { kept: this.context.kept } : {}),
          ...(this.context.fetch ? { fetch: this.context.fetch } : {}),
        }),
      ),
    );
  }

  /** True when the road has it, or the lane is not ours any more. */
  private async answer(question: Question, outcome: AskOutcome): Promise<boolean> {
    const { pending } = question;
    const input = this.inputOf(question, outcome);
    if (!input) {
      await this.context.clock.wait(question.handler.policy.backoffMs[1], question.stop.signal);
      return false;
    }
    question.answered = true;
    const aborted = new Promise((resolve) => question.stop.signal.addEventListener('abort', resolve, { once: true }));
    await Promise.race([this.context.road().answer(pending.lane, input, pending.askId), aborted]);
    return true;
  }

  /** Tells the lane once that nobody answered within the time given; asking goes on all the same. */
  private async tellWhenLate(question: Question): Promise<void> {
    const { pending, handler, stop } = question;
    const { clock, road, watch } = this.context;
    const due = Date.parse(pending.firstAskedAt) + handler.policy.unansweredAfterMs - clock.now();
    await clock.wait(Math.max(0, due), stop.signal);
    if (stop.signal.aborted || question.answered) return;
    const seconds = Math.round(handler.policy.unansweredAfterMs / 1000);
    const input = this.inputOf(question, {
      outcome: 'unanswered',
      text: `no answer from ${handler.system} within ${seconds} s`,
    });
    if (!input) return;
    watch.log.warn(
      { system: handler.system, question: handler.asks.name, correlationId: input.correlationId },
      'unanswered',
    );
    await road().answer(pending.lane, input, undefined);
  }

  /** The answer as a message of the lane; undefined, and told, when the handler can't word it. */
  private inputOf({ handler, pending }: Question, outcome: AskOutcome): Input | undefined {
    const { input } = pending;
    const { answers, system } = handler;
    try {
      const data: unknown = handler.answer(input, outcome);
      const violation = violationsOf(answers.dataClass, data, 'strict')[0];
      if (violation) throw new Error(violation.text);
      return {
        id: derivedId(input.id, outcome.outcome === 'unanswered' ? 'unanswered' : 'answer'),
        type: answers.type,
        version: answers.version,
        tenant: input.tenant,
        key: answers.key(data),
        data,
        at: new Date(this.context.clock.now()).toISOString(),
        actor: { kind: 'system', id: system },
        correlationId: input.correlationId,
        causationId: input.id,
        ...(input.batchId ? { batchId: input.batchId } : {}),
        entityVersion: 0,
        ...(input.traceparent ? { traceparent: input.traceparent } : {}),
      };
    } catch (error) {
      this.context.watch.log.error(
        { err: error, type: answers.type, correlationId: input.correlationId },
        'an answer could not be worded',
      );
      return undefined;
    }
  }
}
