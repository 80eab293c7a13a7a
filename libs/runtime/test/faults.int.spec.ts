import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually, ownServers, type Stack } from '@crossdock/testing';
import { connect, type Connection } from '@crossdock/runtime';
import { Deposit, DoorDeposit, serviceA, serviceB, type Tally } from './chain.ts';
import { doorInput, eventOf, provisionAll, startReplica, type RunningReplica } from './replica-of.ts';

const LANES = { counter: 4, notary: 4 };
const FROM_SOURCE = [
  '--conditions=@crossdock/source',
  `--import=${join(import.meta.dirname, 'source-hooks.mjs')}`,
] as const;

describe('replicas that are killed, frozen and stopped', () => {
  let servers: Stack;
  let a: Connection;
  let speaker: RunningReplica;
  const replicas = new Set<ChildProcess>();

  const replica = async (name: 'test-a' | 'test-b'): Promise<ChildProcess> => {
    const child = spawn(process.execPath, [...FROM_SOURCE, join(import.meta.dirname, 'replica-process.ts'), name], {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        CROSSDOCK_NATS_URL: servers.nats.url,
        CROSSDOCK_MONGO_URL: servers.mongo.url(name),
        CROSSDOCK_LANES: JSON.stringify(LANES),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    replicas.add(child);
    child.once('exit', () => replicas.delete(child));
    // One that is poisoned may be dead before it says that it is there.
    const dead = once(child, 'exit').then(() => Promise.reject(new Error(`${name} ended before it was ready`)));
    await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), dead]);
    dead.catch(() => undefined);
    return child;
  };
  const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  const owners = async (): Promise<(string | null)[]> =>
    (await a.db.collection<{ _id: string; owner: string | null }>('lanes').find().toArray()).map(({ owner }) => owner);
  const tallies = async (keys: readonly string[]): Promise<Tally[]> =>
    (
      await a.db
        .collection<{ _id: string; s: Tally }>('state_tally')
        .find({ _id: { $in: keys.map((key) => `acme|${key}`) } })
        .toArray()
    ).map(({ s }) => s);
  const load = (keys: readonly string[], count: number) =>
    Array.from({ length: count }, (_, index) =>
      eventOf(Deposit, { key: keys[index % keys.length] as string, amount: 1 }),
    );
  const settled = async (keys: readonly string[], count: number): Promise<void> => {
    await eventually(
      `${count} deposits noted once each`,
      async () => (await tallies(keys)).reduce((sum, { noted }) => sum + noted, 0) >= count,
      90_000,
    );
    const found = await tallies(keys);
    expect(found.reduce((sum, tally) => sum + tally.count, 0)).toBe(count);
    expect(found.reduce((sum, tally) => sum + tally.noted, 0)).toBe(count);
  };

  beforeAll(async () => {
    servers = await ownServers('faults', ['test-a', 'test-b', 'speaker']);
    await provisionAll(servers.nats.url, [serviceA, serviceB], { lanes: LANES });
    a = await connect(servers.mongo.url('test-a'), 'faults');
    speaker = await startReplica(
      { ...serviceB, name: 'speaker', decides: [] },
      { natsUrl: servers.nats.url, mongoUrl: servers.mongo.url('speaker') },
    );
  }, 60_000);
  afterAll(async () => {
    for (const child of replicas) await end(child, 'SIGKILL');
    await speaker?.stop();
    await a?.close();
    await servers?.stop();
  }, 60_000);

  it('shares lanes among replicas, and a clean stop hands them over at once', async () => {
    const first = await replica('test-a');
    await eventually('all lanes of one', async () => (await owners()).every((owner) => owner !== null));
    const second = await replica('test-a');
    await eventually('two owners with two lanes each', async () => {
      const found = await owners();
      return new Set(found).size === 2 && found.every((owner) => found.filter((other) => other === owner).length === 2);
    });
    await end(second, 'SIGTERM');
    const stopped = Date.now();
    await eventually('all lanes of the first again', async () => {
      const found = await owners();
      return new Set(found).size === 1 && found[0] !== null;
    });
    expect(Date.now() - stopped).toBeLessThan(900);
    await end(first, 'SIGTERM');
    expect(await owners()).toEqual([null, null, null, null]);
  }, 60_000);

  it('loses nothing and doubles nothing when owners are killed in the middle, again and again', async () => {
    const keys = Array.from({ length: 20 }, () => randomUUID());
    let [one, two] = [await replica('test-a'), await replica('test-b')];
    await replica('test-a');
    const events = load(keys, 4_000);
    for (let round = 0; round < 4; round++) {
      await speaker.broker.publish(events.slice(round * 1_000, (round + 1) * 1_000));
      if (round % 2 === 0) {
        await end(one, 'SIGKILL');
        one = await replica('test-a');
      } else {
        await end(two, 'SIGKILL');
        two = await replica('test-b');
      }
    }
    await settled(keys, 4_000);
    for (const child of [...replicas]) await end(child, 'SIGTERM');
  }, 150_000);

  it('fences an owner that was frozen for longer than its lease', async () => {
    const keys = Array.from({ length: 8 }, () => randomUUID());
    const frozen = await replica('test-a');
    await replica('test-b');
    await speaker.broker.publish(load(keys, 200));
    frozen.kill('SIGSTOP');
    await speaker.broker.publish(load(keys, 200));
    await replica('test-a');
    await eventually('another owner', async () =>
      (await owners()).every((owner) => owner !== null && !owner.includes(`-${frozen.pid}-`)),
    );
    await speaker.broker.publish(load(keys, 200));
    frozen.kill('SIGCONT');
    await settled(keys, 600);
    for (const child of [...replicas]) await end(child, 'SIGTERM');
  }, 150_000);

  it('puts a message that kills its process into quarantine and spares its neighbours', async () => {
    const keys = [randomUUID(), randomUUID()] as const;
    await replica('test-b');
    const poison = eventOf(Deposit, { key: keys[0], amount: 1, kind: 'kills' });
    await speaker.broker.publish([...load(keys, 20), poison, ...load(keys, 20)]);
    for (let round = 0; round < 6; round++) {
      const child = await replica('test-a').catch(() => undefined);
      if (!child) continue;
      const gone = once(child, 'exit').then(() => true);
      const done = eventually(
        'quarantine',
        async () => (await a.db.collection('quarantine').countDocuments({ messageId: poison.id })) === 1,
        10_000,
      ).then(
        () => false,
        () => true,
      );
      if (!(await Promise.race([gone, done]))) break;
    }
    const row = await a.db
      .collection<{ messageId: string; reason: string; attempts: number }>('quarantine')
      .findOne({ messageId: poison.id });
    expect(row).toMatchObject({ reason: 'kills-process', attempts: 3 });
    await settled(keys, 40);
    for (const child of [...replicas]) await end(child, 'SIGTERM');
  }, 150_000);

  const bothOwnLanes = async (): Promise<boolean> => {
    const found = await owners();
    return new Set(found).size === 2 && !found.includes(null);
  };
  const atDoor = ({ road }: RunningReplica, keys: readonly string[]) =>
    Promise.all(keys.map((key) => road.submit({ input: doorInput(DoorDeposit, { key, amount: 1 }) })));
  const accepted = (keys: readonly string[], count: number) => keys.map(() => ({ kind: 'accept', answer: { count } }));

  it('hands a door input on when its owner froze with it in hand', async () => {
    const where = { natsUrl: servers.nats.url, mongoUrl: servers.mongo.url('test-a'), lanes: LANES };
    const here = await startReplica(serviceA, where);
    const there = await replica('test-a');
    await eventually('both own lanes', bothOwnLanes);
    const keys = Array.from({ length: 16 }, () => randomUUID());
    there.kill('SIGSTOP');
    expect(await atDoor(here, keys)).toEqual(accepted(keys, 1));
    there.kill('SIGCONT');
    expect(await atDoor(here, keys)).toEqual(accepted(keys, 2));
    await end(there, 'SIGTERM');
    await here.stop();
    expect((await tallies(keys)).map(({ count }) => count)).toEqual(keys.map(() => 2));
  }, 60_000);

  it('hands a door input to the owner in another process, and says so when nobody owns the lane', async () => {
    const here = await startReplica(serviceA, {
      natsUrl: servers.nats.url,
      mongoUrl: servers.mongo.url('test-a'),
      lanes: LANES,
    });
    const there = await replica('test-a');
    await eventually('both own lanes', bothOwnLanes);
    const keys = Array.from({ length: 16 }, () => randomUUID());
    expect(await atDoor(here, keys)).toEqual(accepted(keys, 1));
    await end(there, 'SIGKILL');
    expect(await atDoor(here, keys)).toEqual(accepted(keys, 2));
    await here.stop();
    await expect(here.road.submit({ input: doorInput(DoorDeposit, { key: 'x', amount: 1 }) })).rejects.toMatchObject({
      status: 503,
      code: 'no-owner',
    });
  }, 60_000);
});
