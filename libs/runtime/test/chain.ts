/** Two small services in a chain, for tests of the road: A counts deposits and says so, B counts what A said and answers. */
import { IsInt, IsOptional, IsString } from 'class-validator';
import {
  accept,
  answer,
  ask,
  change,
  defer,
  defineDecider,
  ignore,
  kind,
  later,
  ref,
  reject,
  rule,
  say,
  type Input,
  type Kind,
  type Touched,
} from '@crossdock/kernel';
import { bySelf, defineCommand, defineEvent } from '@crossdock/contracts';
import { defineService } from '@crossdock/runtime';

export class DepositData {
  key!: string;
  amount!: number;
  kind?: string;
}
// By call instead of by decorator: a replica process runs this very file, and Node strips types but no decorators.
IsString()(DepositData.prototype, 'key');
IsInt()(DepositData.prototype, 'amount');
IsString()(DepositData.prototype, 'kind');
IsOptional()(DepositData.prototype, 'kind');
const ofKey = { key: (data: { key: string }) => data.key, lane: bySelf((data: { key: string }) => data.key) };
export const Deposit = defineCommand('masterdata', 'test-deposit', 1, DepositData, { about: 'Test input.', ...ofKey });
export const DoorDeposit = defineCommand(
  'masterdata',
  'test-door-deposit',
  1,
  class DoorDepositData extends DepositData {},
  { about: 'Test input at the door.', ...ofKey, travels: 'door' },
);
export const Deposited = defineEvent('orders', 'test-deposited', 1, class DepositedData extends DepositData {}, {
  about: 'Test fact of A.',
  ...ofKey,
});
export const Noted = defineEvent('inventory', 'test-noted', 1, class NotedData extends DepositData {}, {
  about: 'Test fact of B.',
  ...ofKey,
});
export const Remind = defineCommand('orders', 'test-remind', 1, class RemindData extends DepositData {}, {
  about: 'Test timer.',
  ...ofKey,
  travels: 'timer',
});

/** A newest value: of several in one batch only the last counts. */
export const Stands = defineEvent('orders', 'test-stands', 1, class StandsData extends DepositData {}, {
  about: 'Test value of A.',
  ...ofKey,
  newestValue: true,
});
export const Wonder = defineCommand('orders', 'test-wonder', 1, class WonderData extends DepositData {}, {
  about: 'Test question.',
  ...ofKey,
  travels: 'ask',
});

export interface Tally {
  readonly count: number;
  readonly sum: number;
  readonly noted: number;
  readonly open: boolean;
  /** larger than any store takes, once it is set */
  readonly ballast?: string;
}
type Counted =
  | { readonly type: 'counted'; readonly amount: number }
  | { readonly type: 'noted' }
  | { readonly type: 'opened' }
  | { readonly type: 'swollen' };
const tally: Kind<Tally, Counted> = kind<Tally, Counted>({
  initial: () => ({ count: 0, sum: 0, noted: 0, open: false }),
  evolve: (state, fact) =>
    fact.type === 'counted'
      ? { ...state, count: state.count + 1, sum: state.sum + fact.amount }
      : fact.type === 'noted'
        ? { ...state, noted: state.noted + 1 }
        : fact.type === 'opened'
          ? { ...state, open: true }
          : { ...state, ballast: 'x'.repeat(17_000_000) },
  keys: (state) => [`open:${state.open}`],
});
export const kinds = { tally };
const on = (key: string) => ref('tally', key);

/** Ids of messages in the order in which a rule saw them, in this process. */
export const seen: string[] = [];

/** What a deposit says besides: for tests of sizes, timers, questions and newest values. */
const besides = ({ data, at }: Input<DepositData>) => {
  const { key, amount } = data;
  const self = on(key);
  switch (data.kind) {
    case 'opens':
      return [change(self, { type: 'opened' as const })];
    case 'swells':
      return [change(self, { type: 'swollen' as const })];
    case 'weighs':
      return [say(Deposited, { key, amount, kind: 'x'.repeat(amount) }, self)];
    case 'repeats':
      return Array.from({ length: amount }, (_, index) => say(Deposited, { key, amount: index }, self));
    case 'stands':
      return [say(Stands, { key, amount }, self)];
    case 'undeclared':
      return [say(Noted, { key, amount }, self)];
    case 'invalid':
      return [say(Deposited, { key, amount: 0.5 }, self)];
    case 'reminds':
      return [later(Remind, { key, amount }, new Date(Date.parse(at) + amount).toISOString())];
    case 'wonders':
      return [ask(Wonder, { key, amount })];
    default:
      return [say(Deposited, { key, amount }, self)];
  }
};

const deposit = (input: Input<DepositData>, state: Tally) => {
  const { data } = input;
  seen.push(input.id);
  if (data.kind === 'throws') throw new Error('this rule is broken');
  if (data.kind === 'kills') process.kill(process.pid, 'SIGKILL');
  if (data.kind === 'refused') return reject('quantity-not-positive');
  if (data.kind === 'foreign') return accept(change(ref('tally', 'another'), { type: 'opened' as const }));
  if (data.kind === 'waits' && !state.open) return defer('order-unknown-yet', on(data.key));
  if (data.kind === 'ignored') return ignore('nothing-to-do');
  const { key, amount } = data;
  return accept(
    change(on(key), { type: 'counted' as const, amount }),
    besides(input),
    answer({ count: state.count + 1 }),
  );
};

export const deciderA = defineDecider({
  name: 'counter',
  kinds,
  rules: [
    ...[Deposit, DoorDeposit, Remind].map((contract) =>
      rule(
        contract,
        ({ data }: Input<DepositData>) => [on(data.key)],
        (input: Input<DepositData>, touched: Touched<typeof kinds>) => deposit(input, touched.tally(input.data.key)),
      ),
    ),
    rule(
      Noted,
      ({ data }) => [on(data.key)],
      ({ data }) => accept(change(on(data.key), { type: 'noted' as const })),
    ),
  ],
});
export const deciderB = defineDecider({
  name: 'notary',
  kinds,
  rules: [
    rule(
      Deposited,
      ({ data }) => [on(data.key)],
      ({ data }) =>
        accept(
          change(on(data.key), { type: 'counted' as const, amount: data.amount }),
          say(Noted, { key: data.key, amount: data.amount }, on(data.key)),
        ),
    ),
  ],
});

export const serviceA = defineService({
  name: 'test-a',
  domain: 'orders',
  about: 'Test service.',
  decides: [deciderA],
  says: [Deposited, Stands],
  asks: [],
  opens: [],
});
export const serviceB = defineService({
  name: 'test-b',
  domain: 'inventory',
  about: 'Test service.',
  decides: [deciderB],
  says: [Noted],
  asks: [],
  opens: [],
});
