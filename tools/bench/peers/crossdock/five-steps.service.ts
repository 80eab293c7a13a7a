/** The five steps on our own road: five deciders, each with lanes of its own, handing the order on by messages. */
import {
  accept,
  change,
  defineDecider,
  kind,
  ref,
  rule,
  say,
  type Decider,
  type Input,
  type Kind,
} from '@crossdock/kernel';
import { byAccount, defineCommand, IsKey, IsListOf, IsText, IsWhole, type Message } from '@crossdock/contracts';
import { defineService } from '@crossdock/runtime';
import { STEPS, type PeerOrder, type Step } from '../steps.ts';

class OrderLine {
  lineNo!: number;
  item!: string;
  quantity!: string;
  unitPrice!: string;
}
class OrderData {
  orderId!: string;
  account!: string;
  lines!: OrderLine[];
}
// By call instead of by decorator: this file is run as it stands, and Node strips types but no decorators.
IsWhole(1, 1_000_000)(OrderLine.prototype, 'lineNo');
for (const name of ['item', 'quantity', 'unitPrice']) IsText(64)(OrderLine.prototype, name);
for (const name of ['orderId', 'account']) IsKey()(OrderData.prototype, name);
IsListOf(OrderLine, 5_000)(OrderData.prototype, 'lines');

const of = { key: (data: PeerOrder) => data.orderId, lane: byAccount((data: PeerOrder) => data.account) };
const command = (name: string): Message<PeerOrder> =>
  defineCommand('orders', `bench-${name}`, 1, class extends OrderData {}, { about: `Step ${name}.`, ...of });

/** What each step hears, and what is said after the last one. */
export const HEARD = Object.fromEntries(STEPS.map((step) => [step, command(step)])) as Record<Step, Message<PeerOrder>>;
export const DONE = command('done');

interface Stepped extends PeerOrder {
  readonly step: string;
}
interface Done {
  readonly type: 'done';
  readonly order: PeerOrder;
  readonly step: string;
}
const stepped: Kind<Stepped, Done> = kind<Stepped, Done>({
  initial: () => ({ step: '', orderId: '', account: '', lines: [] }),
  evolve: (_, { step, order }) => ({ step, ...order }),
  keys: () => [],
});

const deciderOf = (step: Step, after: Message<PeerOrder>): Decider => {
  const name = `bench${step}`;
  const kinds = { [name]: stepped };
  return defineDecider({
    name,
    kinds,
    rules: [
      rule(
        HEARD[step],
        ({ data }: Input<PeerOrder>) => [ref(name, data.orderId)],
        ({ data }: Input<PeerOrder>) => {
          const on = ref(name, data.orderId);
          return accept(change(on, { type: 'done' as const, order: data, step }), say(after, data, on));
        },
      ),
    ],
  }) as unknown as Decider;
};

export const fiveSteps = defineService({
  name: 'bench-five-steps',
  domain: 'orders',
  about: 'Five steps per order, for the comparison with other engines.',
  decides: STEPS.map((step, at) => deciderOf(step, at + 1 < STEPS.length ? HEARD[STEPS[at + 1] as Step] : DONE)),
  says: [...STEPS.slice(1).map((step) => HEARD[step]), DONE],
  asks: [],
  opens: [],
});
