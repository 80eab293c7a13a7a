/** What waits: parked messages, timers; and what is suspected of having killed its process. */
import { randomUUID } from 'node:crypto';
import { Conflict, type DueDocument } from '@crossdock/runtime';
import { eventually } from '@crossdock/testing';
import { Deposit, DoorDeposit, seen } from './chain.ts';
import { doorInput, eventOf, type RunningReplica } from './replica-of.ts';
import { Stage } from './stage.ts';

const HOUR = 3_600_000;
type Due = DueDocument & { _id: string };

describe('what waits', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('waiting');
  }, 60_000);
  afterEach(() => stage.empty(), 20_000);
  afterAll(() => stage?.close(), 30_000);

  const opens = (a: RunningReplica, key: string) =>
    a.road.submit({ input: doorInput(DoorDeposit, { key, amount: 1, kind: 'opens' }) });
  const parked = (key: string) =>
    stage.rows<Due>('due').find({ kind: 'parked', 'input.key': key }).sort({ ord: 1 }).toArray();
  const parks = (key: string, count: number) =>
    eventually(`${count} parked`, async () => {
      const found = await parked(key);
      return found.length === count && found;
    });
  const waiting = (key: string, kind?: string) => eventOf(Deposit, { key, amount: 1, ...(kind ? { kind } : {}) });

  it('stands behind what came before it, lets other keys pass, survives its owner, and runs in order when it may', async () => {
    const [key, other] = [randomUUID(), randomUUID()];
    const queue = [waiting(key, 'waits'), waiting(key), waiting(key, 'waits'), waiting(key)];
    const first = await stage.startA();
    await stage.speaker.publish([...queue.slice(0, 2), waiting(other)]);
    await parks(key, 2);
    await stage.counted(other, 1);
    await first.crash();
    const second = await stage.startA();
    await stage.speaker.publish(queue.slice(2));
    const documents = await parks(key, 4);
    expect(documents.map(({ input }) => input.id)).toEqual(queue.map(({ id }) => id));
    expect(documents.map(({ awaits }) => awaits)).toEqual(queue.map(() => `acme|tally/${key}`));
    seen.length = 0;
    await opens(second, key);
    await stage.counted(key, 5);
    const order = seen.filter((id) => queue.some((event) => event.id === id));
    expect([...new Set(order)]).toEqual(queue.map(({ id }) => id));
    await parks(key, 0);
  });

  it('acknowledges: what waits holds up nothing and is not delivered again', async () => {
    const key = randomUUID();
    const a = await stage.startA();
    await stage.speaker.publish([waiting(key, 'waits')]);
    await parks(key, 1);
    const { lastSeq } = await stage.speaker.stream('MASTERDATA');
    expect((await stage.lane()).positions['MASTERDATA']?.seq).toBe(lastSeq);
    await eventually('acknowledged', async () => {
      const { num_ack_pending } = await stage.speaker.manager.consumers.info('MASTERDATA', 'test-a-counter-0of1');
      return num_ack_pending === 0;
    });
    await opens(a, key);
  });

  it('is asked again at intervals by one sweep per replica, and given up after a day with its reason', async () => {
    const key = randomUUID();
    const event = waiting(key, 'waits');
    let sweeps: (readonly string[])[] = [];
    const first = await stage.startA();
    await stage.speaker.publish([event, waiting(key)]);
    const [due] = await parks(key, 2);
    await first.stop();
    const since = new Date(Date.now() - 24.5 * HOUR).toISOString();
    await stage.rows<Due>('due').updateOne({ _id: due!._id }, { $set: { since, at: since } });
    await stage.startA({
      store: (real) => ({ dueNow: (lanes, ...more) => ((sweeps = [...sweeps, lanes]), real.dueNow(lanes, ...more)) }),
    });
    expect(await stage.quarantined(event.id)).toMatchObject({ reason: 'waited-too-long' });
    expect(sweeps.every((lanes) => lanes.length === 1)).toBe(true);
    await stage.rows<Due>('due').updateMany({ 'input.key': key }, { $set: { at: since } });
    await stage.counted(key, 1);
    await parks(key, 0);
  });

  it('is not parked at the door: the caller is told', async () => {
    const key = randomUUID();
    const a = await stage.startA();
    const input = doorInput(DoorDeposit, { key, amount: 1, kind: 'waits' });
    expect(await a.road.submit({ input })).toEqual({ kind: 'defer', reason: 'order-unknown-yet' });
    expect(await parked(key)).toEqual([]);
    await opens(a, key);
    expect(await a.road.submit({ input })).toEqual({ kind: 'accept', answer: { count: 2 } });
  });

  it('rings a timer once, also when its owner was away at the time', async () => {
    const key = randomUUID();
    const first = await stage.startA();
    await stage.speaker.publish([eventOf(Deposit, { key, amount: 1_500, kind: 'reminds' })]);
    await stage.counted(key, 1);
    await first.crash();
    const second = await stage.startA();
    await stage.counted(key, 2);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await stage.tally(key)).toMatchObject({ count: 2 });
    expect(second.commits.flatMap(({ dueOut }) => dueOut)).toHaveLength(1);
  });

  it('runs what was undecided after an unclean end one by one, counts one attempt per owner, and spares what only met trouble', async () => {
    const key = randomUUID();
    const first = await stage.startA();
    await eventually('ready', () => first.road.ready().ok);
    await first.crash();
    const events = [waiting(key), waiting(key), waiting(key)];
    await stage.speaker.publish(events);
    let conflicts = 6;
    const second = await stage.startA({
      store: (real) => ({
        commit: async (plan) => {
          if (conflicts-- > 0) throw new Conflict('somebody else');
          await real.commit(plan);
        },
      }),
    });
    await stage.counted(key, 3);
    expect(second.commits.slice(0, 3).map(({ causes }) => causes)).toEqual(events.map(({ id }) => [`counter|${id}`]));
    const attempts = await stage
      .rows<{ _id: string; tries: number }>('attempts')
      .find({ _id: { $in: events.map(({ id }) => `counter|${id}`) } })
      .toArray();
    expect(attempts.map(({ tries }) => tries)).toEqual([1, 1, 1]);
    expect(await stage.rows('quarantine').countDocuments({ reason: 'kills-process' })).toBe(0);
    // After a clean end nobody is suspected.
    await second.stop();
    await stage.speaker.publish([waiting(key), waiting(key)]);
    const third = await stage.startA();
    await stage.counted(key, 5);
    expect(third.commits).toHaveLength(1);
  });

  it('announces what went to quarantine by reference, hash, reason and key, and says nothing of its content', async () => {
    const key = randomUUID();
    const secret = eventOf(Deposit, { key, amount: 4_711, kind: 'throws' });
    await stage.startA();
    await stage.speaker.publish([secret]);
    const row = await stage.quarantined(secret.id);
    const letter = await eventually('a dead letter', async () =>
      (await stage.sent('DEAD_LETTERS', 'deadletters.evt.message-quarantined')).find((sent) => sent.key === key),
    );
    expect(letter.data).toEqual({
      service: 'test-a',
      quarantineId: row._id,
      messageId: secret.id,
      type: 'masterdata.cmd.test-deposit',
      reason: 'decision-failed',
      key,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      attempts: 0,
    });
  });
});
