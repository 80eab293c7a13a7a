/**
 * The whole service in memory, for properties: every decider on its own states, messages passed on as said, deferred
 * ones asked again, an ERP that posts each reference once. It commits one decision at a time.
 */
import assert from 'node:assert/strict';
import {
  apply,
  derivedId,
  isChange,
  outputsOf,
  refKey,
  ruleFor,
  type Decider,
  type Input,
  type Ref,
} from '@crossdock/kernel';
import { PostToErp, violationsOf, type Message, type PostToErpData } from '@crossdock/contracts';
import { catalogue } from './catalogue.js';
import { billing } from './decide-billing.js';
import { ledger } from './decide-ledger.js';
import { valuation } from './decide-valuation.js';
import { anAnswerTo } from './finance.builders.js';
import type { KnownDocument } from './document.js';
import type { PostedJournal } from './journal.js';

const DECIDERS = [catalogue, billing, ledger, valuation] as unknown as readonly Decider[];

export class FinanceDay {
  private readonly states = new Map<string, unknown>();
  private readonly done = new Set<string>();
  private waiting: { readonly decider: Decider; readonly input: Input }[] = [];
  private timers: Input[] = [];
  /** what left the service */
  readonly said: { readonly type: string; readonly data: unknown }[] = [];
  readonly rejected: string[] = [];
  /** the ERP's books: reference to what it posted */
  readonly erp = new Map<string, PostToErpData>();
  asked = 0;

  /** Hands over a message, to everyone who hears it, and follows what comes of it. */
  hear(...inputs: readonly Input<never>[] | readonly Input<unknown>[]): this {
    for (const input of inputs as readonly Input[])
      for (const decider of DECIDERS) if (ruleFor(decider, input)) this.decide(decider, input);
    return this;
  }

  /** Lets every timer fire that was set so far, once. */
  fireTimers(): this {
    const due = this.timers;
    this.timers = [];
    return this.hear(...due);
  }

  /** Only for what is lost and found again: the inbox forgets. Natural keys alone stand between a replay and a double. */
  forgetInbox(): this {
    this.done.clear();
    return this;
  }

  /** id and state of a kind, in order of first change */
  entries(kind: string): readonly (readonly [string, unknown])[] {
    const prefix = `${kind}/`;
    return [...this.states].flatMap(([key, state]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), state] as const] : [],
    );
  }
  all<S>(kind: string): readonly S[] {
    return this.entries(kind).map(([, state]) => state as S);
  }
  get(on: Ref): unknown {
    return this.states.get(refKey(on));
  }
  get documents(): readonly KnownDocument[] {
    return this.all<KnownDocument>('document');
  }
  get journals(): readonly PostedJournal[] {
    return this.all<PostedJournal>('journal').filter(({ status }) => status === 'posted');
  }
  get openCases(): readonly { readonly reason: string; readonly content?: unknown }[] {
    return this.all<{ status: string; reason: string }>('case').filter(({ status }) => status === 'open');
  }
  get parked(): number {
    return this.waiting.length;
  }
  /** Sum over all journals by account name's number: debit less credit. */
  balanceOf(account: string): number {
    return this.journals
      .flatMap(({ entries }) => entries)
      .reduce((sum, entry) => (entry.account === account ? sum + entry.debit - entry.credit : sum), 0);
  }

  private decide(decider: Decider, input: Input): void {
    const inbox = `${decider.name}|${input.id}`;
    if (this.done.has(inbox)) return;
    const rule = ruleFor(decider, input);
    assert.ok(rule);
    const { decision, changed } = apply(decider, rule, input, (on) => this.states.get(refKey(on)));
    if (decision.kind === 'defer') {
      this.waiting.push({ decider, input });
      return;
    }
    this.done.add(inbox);
    if (decision.kind === 'reject') this.rejected.push(decision.reason);
    for (const [key, state] of changed) this.states.set(key, state);
    const outputs = outputsOf(decision);
    outputs.forEach((output, index) => {
      const follow = (contract: Message, data: unknown, at = input.at): Input => {
        const violation = violationsOf(contract.dataClass, data, 'strict')[0];
        assert.equal(violation, undefined, `${contract.type}: ${violation?.text}`);
        const { type, version } = contract;
        return {
          ...input,
          id: derivedId(input.id, decider.name, index),
          type,
          version,
          key: contract.key(data),
          data,
          at,
        };
      };
      if ('say' in output) {
        const message = follow(output.say as Message, output.data);
        this.said.push({ type: message.type, data: message.data });
        this.hear(message);
      } else if ('later' in output) this.timers.push(follow(output.later as Message, output.data, output.at));
      else if ('ask' in output) this.ask(follow(output.ask as Message, output.data));
    });
    if (outputs.some(isChange)) this.wake();
  }

  private ask(question: Input): void {
    assert.equal(question.type, PostToErp.type);
    const data = question.data as PostToErpData;
    this.asked += 1;
    const known = this.erp.get(data.documentId);
    assert.ok(
      !known || known.documentNo === data.documentNo,
      'the ERP is asked to post one reference under two numbers',
    );
    this.erp.set(data.documentId, data);
    this.hear(
      anAnswerTo(
        data,
        {},
        { id: derivedId(question.id, 'answer'), at: question.at, batchId: question.batchId ?? 'none' },
      ),
    );
  }

  private wake(): void {
    const again = this.waiting;
    this.waiting = [];
    for (const { decider, input } of again) this.decide(decider, input);
  }
}
