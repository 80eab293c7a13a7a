import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import jetstream from '@nats-io/jetstream';
import { brokerConformance, port } from '@crossdock/testing';
import { JetStreamBroker, newEnough } from '../src/index.js';
import { sharedNats } from './test-servers.js';

/** A server that says who it is and then only answers pings. */
const serverSaying = async (info: object): Promise<Server> => {
  const server = createServer((socket) => {
    socket.write(`INFO ${JSON.stringify({ server_id: 'x', headers: true, proto: 1, ...info })}\r\n`);
    socket.on('data', (bytes) => bytes.toString().includes('PING') && socket.write('PONG\r\n'));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};
const urlOf = (server: Server): string => `nats://127.0.0.1:${(server.address() as AddressInfo).port}`;

describe('the broker on JetStream', () => {
  let broker: JetStreamBroker;
  let another: JetStreamBroker;
  const streams: string[] = [];
  beforeAll(async () => {
    broker = await JetStreamBroker.open(sharedNats(), 'conformance');
    another = await JetStreamBroker.open(sharedNats(), 'conformance');
  }, 30_000);
  afterAll(async () => {
    for (const name of streams) await broker.manager.streams.delete(name);
    await another?.close();
    await broker?.close();
  });
  const make = async () => {
    const name = `conform${process.pid}n${streams.length}`;
    const on = { stream: name.toUpperCase(), type: `${name}.evt.said`, durable: `${name}-durable` };
    streams.push(on.stream);
    const add = async () => {
      await broker.manager.streams.add({ name: on.stream, subjects: [`${name}.>`], allow_atomic: true } as never);
      await broker.manager.consumers.add(on.stream, {
        durable_name: on.durable,
        ack_policy: jetstream.AckPolicy.Explicit,
        filter_subjects: [`${on.type}.v1.*`],
      });
    };
    await add();
    const remake = async () => {
      await broker.manager.streams.delete(on.stream);
      await add();
    };
    return { broker, another, ...on, remake };
  };

  for (const { name, run } of brokerConformance(make)) it(name, run, 20_000);

  it('sends fifty events and more as one atomic batch with message ids, fewer one by one', async () => {
    const { stream, type } = await make();
    const said = Array.from({ length: 99 }, () => port.anEvent({ stream, type }));
    await broker.publish(said.slice(0, 49));
    await broker.publish(said.slice(49));
    const batchOf = async (seq: number) =>
      (await broker.manager.streams.getMessage(stream, { seq }))?.header.get('Nats-Batch-Id');
    expect(await batchOf(49)).toBe('');
    expect(await batchOf(50)).not.toBe('');
    expect(await batchOf(99)).toBe(await batchOf(50));
    expect((await broker.message(stream, 99))?.msgId).toBe(said[98]?.id);
  }, 20_000);

  it('sends more than a thousand at once, which is more than a batch takes', async () => {
    const { stream, type } = await make();
    const acks = await broker.publish(Array.from({ length: 1_100 }, () => port.anEvent({ stream, type })));
    expect(acks.map(({ seq }) => seq)).toEqual(Array.from({ length: 1_100 }, (_, index) => index + 1));
  }, 20_000);

  it('carries an event of seven megabytes', async () => {
    const { stream, type } = await make();
    const [ack] = await broker.publish([port.anEvent({ stream, type, body: 'x'.repeat(7_000_000) })]);
    expect(ack).toEqual({ seq: 1, duplicate: false });
  }, 20_000);

  it('takes a server of 2.14 or newer', () => {
    expect(['2.9.10', '2.10.27', '2.13.9', '1.99.0'].map(newEnough)).toEqual([false, false, false, false]);
    expect(['2.14.0', '2.15.1', '3.0.0'].map(newEnough)).toEqual([true, true, true]);
  });

  it('refuses a server that is too old, or that takes no large messages, at once and in words', async () => {
    const old = await serverSaying({ version: '2.10.27', max_payload: 8_388_608 });
    const small = await serverSaying({ version: '2.15.1', max_payload: 1_048_576 });
    await expect(JetStreamBroker.open(urlOf(old), 'x')).rejects.toThrow(
      'nats-server 2.10.27 is too old: 2.14 or newer is needed',
    );
    await expect(JetStreamBroker.open(urlOf(small), 'x')).rejects.toThrow(
      'nats-server max_payload is 1048576: 8 MB are needed',
    );
    old.close();
    small.close();
  }, 20_000);
});
