/** Every broker of the road passes this: JetStream and its twin in memory. */
import assert from 'node:assert/strict';
import type { Broker, Delivery, StoredEvent } from '@crossdock/runtime';
import { same, soon, type Case } from './case.js';
import { anEvent } from './store-plans.js';

/** A stream of its own per case, heard by one durable that takes `<type>.v1.*`. */
export interface BrokerUnderTest {
  readonly broker: Broker;
  /** the same broker as a second process sees it */
  readonly another: Broker;
  readonly stream: string;
  readonly type: string;
  readonly durable: string;
  /** deletes stream and durable and makes them anew */
  remake(): Promise<void>;
}
type Make = () => Promise<BrokerUnderTest>;

const OPTIONS = { buffer: 64, expiresMs: 1_000 };
const events = ({ stream, type }: BrokerUnderTest, count: number, more: Partial<StoredEvent> = {}): StoredEvent[] =>
  Array.from({ length: count }, (_, index) => anEvent({ stream, type, body: JSON.stringify({ index }), ...more }));
const sequence = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
/** Consumes into a list until it is stopped. */
const listen = async (broker: Broker, { stream, durable }: BrokerUnderTest) => {
  const heard: Delivery[] = [];
  const subscription = await broker.consume(stream, durable, OPTIONS, (delivery) => heard.push(delivery));
  return { heard, stop: () => subscription.stop() };
};

const publishing = (make: Make): Case[] => [
  {
    name: 'publishes in order and says at which sequence each event stands',
    run: async () => {
      const on = await make();
      const before = await on.broker.stream(on.stream);
      const said = events(on, 5);
      const acks = await on.broker.publish(said);
      same(
        acks,
        sequence(1, 5).map((seq) => ({ seq, duplicate: false })),
      );
      same(await on.another.stream(on.stream), { created: before.created, firstSeq: 1, lastSeq: 5 });
      assert.equal((await on.another.message(on.stream, 3))?.msgId, said[2]?.id);
      assert.equal(await on.broker.message(on.stream, 6), undefined);
    },
  },
  {
    name: 'keeps an event that is sent twice once, and says where it stands',
    run: async () => {
      const on = await make();
      const [one, two] = events(on, 2) as [StoredEvent, StoredEvent];
      await on.broker.publish([one, two]);
      same(await on.another.publish([one]), [{ seq: 1, duplicate: true }]);
      assert.equal((await on.broker.stream(on.stream)).lastSeq, 2);
    },
  },
  {
    name: 'publishes two hundred events at once, in order, also when one of them is there already',
    run: async () => {
      const on = await make();
      const said = events(on, 200);
      const first = await on.broker.publish(said.slice(0, 120));
      same(
        first.map(({ seq }) => seq),
        sequence(1, 120),
      );
      const rest = await on.broker.publish(said.slice(119));
      same(rest[0], { seq: 120, duplicate: true });
      same(
        rest.slice(1).map(({ seq }) => seq),
        sequence(121, 200),
      );
      assert.equal((await on.broker.message(on.stream, 200))?.msgId, said[199]?.id);
    },
  },
  {
    name: 'fails for a stream that is not there',
    run: async () => {
      const on = await make();
      await assert.rejects(on.broker.publish([anEvent({ stream: 'NOWHERE', type: 'nowhere.evt.said' })]));
      await assert.rejects(on.broker.stream('NOWHERE'));
      await assert.rejects(on.broker.reset('NOWHERE', on.durable, 1));
    },
  },
  {
    name: 'tells another creation time when a stream was made anew',
    run: async () => {
      const on = await make();
      await on.broker.publish(events(on, 1));
      const { created } = await on.broker.stream(on.stream);
      await on.remake();
      const now = await on.broker.stream(on.stream);
      assert.notEqual(now.created, created);
      assert.equal(now.lastSeq, 0);
    },
  },
];

const consuming = (make: Make): Case[] => [
  {
    name: 'delivers what the durable hears, in order, numbered 1, 2, 3 ..., bytes and headers as sent',
    run: async () => {
      const on = await make();
      const said = events(on, 3, { body: '{"text":"ü"}' });
      await on.broker.publish([
        said[0],
        anEvent({ stream: on.stream, type: `${on.type}-else` }),
        said[1],
      ] as StoredEvent[]);
      const { heard, stop } = await listen(on.broker, on);
      await on.another.publish(said.slice(2));
      await soon('three deliveries', () => heard.length === 3);
      same(
        heard.map(({ stream, seq, deliverySeq, deliveries, headers, body }) => [
          stream,
          seq,
          deliverySeq,
          deliveries,
          headers['ce-id'],
          headers['Nats-Msg-Id'],
          new TextDecoder().decode(body),
        ]),
        [1, 3, 4].map((seq, index) => [on.stream, seq, index + 1, 1, said[index]?.id, said[index]?.id, '{"text":"ü"}']),
      );
      heard.forEach((delivery) => delivery.ack());
      assert.equal(await on.broker.delivered(on.stream, on.durable), 3);
      stop();
    },
  },
  {
    name: 'delivers from any sequence again after a reset, numbered from 1',
    run: async () => {
      const on = await make();
      await on.broker.publish(events(on, 6));
      const first = await listen(on.broker, on);
      await soon('six deliveries', () => first.heard.length === 6);
      first.stop();
      await on.broker.reset(on.stream, on.durable, 4);
      const second = await listen(on.broker, on);
      await soon('three again', () => second.heard.length === 3);
      same(
        second.heard.map(({ seq, deliverySeq }) => [seq, deliverySeq]),
        [
          [4, 1],
          [5, 2],
          [6, 3],
        ],
      );
      assert.equal(await on.broker.delivered(on.stream, on.durable), 3);
      second.stop();
    },
  },
  {
    name: 'tells of each copy when it was stored, read and delivered alike, another time for one that came later',
    run: async () => {
      const on = await make();
      const said = events(on, 2);
      const stored = async (seq: number) => (await on.broker.message(on.stream, seq))?.storedMs;
      await on.broker.publish(said);
      const first = await stored(1);
      await on.remake();
      await on.another.publish(said);
      const { heard, stop } = await listen(on.broker, on);
      await soon('two deliveries', () => heard.length === 2);
      stop();
      assert.equal((await on.broker.message(on.stream, 1))?.msgId, said[0]?.id);
      assert.notEqual(await stored(1), first);
      same(
        heard.map(({ storedMs }) => storedMs),
        [await stored(1), await stored(2)],
      );
    },
  },
  {
    name: 'forgets a durable: nobody can consume by it any more, and to forget it again is no error',
    run: async () => {
      const on = await make();
      await on.broker.forget(on.stream, on.durable);
      await assert.rejects(on.broker.reset(on.stream, on.durable, 1));
      await on.broker.forget(on.stream, on.durable);
    },
  },
  {
    name: 'does not end the pull of another by a reset: what that one takes is counted and missing here',
    run: async () => {
      const on = await make();
      const stale = await listen(on.another, on);
      await on.broker.reset(on.stream, on.durable, 1);
      const own = await listen(on.broker, on);
      await on.broker.publish(events(on, 8));
      await soon('eight deliveries in all', () => stale.heard.length + own.heard.length === 8);
      assert.ok(stale.heard.length > 0);
      same([...stale.heard, ...own.heard].map(({ deliverySeq }) => deliverySeq).sort(), sequence(1, 8));
      assert.equal(await on.broker.delivered(on.stream, on.durable), 8);
      stale.stop();
      own.stop();
    },
  },
  {
    name: 'delivers nothing more after a stop',
    run: async () => {
      const on = await make();
      const { heard, stop } = await listen(on.broker, on);
      stop();
      await on.broker.publish(events(on, 3));
      const next = await listen(on.broker, on);
      await soon('three deliveries', () => next.heard.length === 3);
      assert.equal(heard.length, 0);
      next.stop();
    },
  },
];

const speaking = (make: Make): Case[] => [
  {
    name: 'hands a request to whoever serves it, and says so when nobody does',
    run: async () => {
      const { broker, another, durable } = await make();
      const subject = `crossdock.conformance.${durable}`;
      assert.equal(await broker.request(subject, Buffer.from('?'), 2_000), undefined);
      const served = another.serve(subject, async (body) => Buffer.concat([body, Buffer.from('!')]));
      await soon('an answer', async () => {
        const answer = await broker.request(subject, Buffer.from('?'), 2_000);
        return answer !== undefined && Buffer.from(answer).toString() === '?!';
      });
      served.stop();
      await soon('nobody', async () => (await broker.request(subject, Buffer.from('?'), 2_000)) === undefined);
    },
  },
  {
    name: 'announces to every process that listens',
    run: async () => {
      const { broker, another, durable } = await make();
      const subject = `crossdock.conformance.${durable}`;
      let count = 0;
      const subscriptions = [broker, another].map((each) => each.onAnnounce(subject, () => count++));
      await soon('both heard', () => {
        if (count < 2) broker.announce(subject);
        return count >= 2;
      });
      subscriptions.forEach((subscription) => subscription.stop());
    },
  },
];

export const brokerConformance = (make: Make): readonly Case[] => [
  ...publishing(make),
  ...consuming(make),
  ...speaking(make),
];
