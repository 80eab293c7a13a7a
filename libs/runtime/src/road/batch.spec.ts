import {
  accept,
  change,
  defer,
  defineDecider,
  kind,
  ref,
  rule,
  type Input,
  type Kind,
  type Touched,
} from '@crossdock/kernel';
import { Batch } from './batch.js';
import type { DueDocument, StateDocument } from './ports.js';
import type { Work } from './work.js';

const AT = '2026-03-02T09:00:00.000Z';
type Steps = readonly string[];
interface Taken {
  readonly type: string;
}
const parcel: Kind<Steps, Taken> = kind<Steps, Taken>({
  initial: () => [],
  evolve: (steps, { type }) => [...steps, type],
});
const kinds = { parcel };
const on = ref('parcel', 'P1');

/** `step` waits until `after` was taken; those of `passing` may pass the queue. */
const decider = (passing: readonly string[]) => {
  const taking = (step: string, after?: string) =>
    rule(
      { type: `orders.evt.${step}`, version: 1, key: () => 'P1', lane: () => 'P1' },
      () => [on],
      (_: Input, { parcel: found }: Touched<typeof kinds>) =>
        after !== undefined && !found('P1').includes(after)
          ? defer('counter-not-ready', on)
          : accept(change(on, { type: step })),
      { passes: passing.includes(step) },
    );
  return defineDecider({
    name: 'parcels',
    kinds,
    rules: [taking('packed', 'released'), taking('sent', 'packed'), taking('arrived', 'sent'), taking('released')],
  });
};
const input = (step: string): Input => ({
  id: step,
  type: `orders.evt.${step}`,
  version: 1,
  tenant: 'acme',
  key: 'P1',
  data: {},
  at: AT,
  actor: { kind: 'system', id: 'test' },
  correlationId: 'c',
  entityVersion: 0,
});
const from = (stream: string, step: string): Work => ({
  id: step,
  cause: `parcels|${step}`,
  input: input(step),
  from: {
    kind: 'stream',
    delivery: {
      stream,
      seq: 1,
      deliverySeq: 1,
      deliveries: 1,
      storedMs: 1,
      subject: '',
      headers: {},
      body: new Uint8Array(),
      ack: () => undefined,
    },
  },
});

/** What each message came to, one batch after the other. */
const taken = (passing: readonly string[], ...batches: readonly (readonly Work[])[]): Steps => {
  let state: StateDocument | undefined;
  const waiting = new Map<string, DueDocument>();
  batches.forEach((works, index) => {
    const states = new Map(state ? [['parcel\u001facme|P1', state]] : []);
    const context = {
      service: 'test',
      lane: 'parcels:0of1',
      n: index + 1,
      says: new Set<string>(),
      nowMs: Date.parse(AT),
    };
    const batch = new Batch({ ...context, decider: decider(passing) }, states, waiting.values());
    for (const work of works) batch.run(work);
    batch.events();
    for (const { after } of batch.writes()) state = after;
    for (const id of batch.dueOut) waiting.delete(id);
    for (const [id, due] of batch.dueIn) waiting.set(id, due);
  });
  return (state?.s ?? []) as Steps;
};

describe('messages parked for one state', () => {
  const upsideDown = ['arrived', 'sent', 'packed'].map((step) => from('SHIPMENTS', step));
  const released = from('ORDERS', 'released');

  it('run in the order in which they came', () => {
    expect(taken([], [from('SHIPMENTS', 'packed'), from('SHIPMENTS', 'sent')], [released])).toEqual([
      'released',
      'packed',
      'sent',
    ]);
  });
  it('wait behind one that waits for them, unless their rules may pass', () => {
    expect(taken([], upsideDown, [released])).toEqual(['released']);
  });
  it('pass the queue from within, when their rules may: who comes first may wait for who comes last', () => {
    const all = ['arrived', 'sent', 'packed'];
    expect(taken(all, upsideDown, [released])).toEqual(['released', 'packed', 'sent', 'arrived']);
    expect(taken(all, ...upsideDown.map((work) => [work]), [released])).toEqual([
      'released',
      'packed',
      'sent',
      'arrived',
    ]);
  });
});
