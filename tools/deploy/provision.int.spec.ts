/** The command that a Job runs where services are bind-only, on a real broker. */
import { join } from 'node:path';
import jetstream, { type JetStreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { execa } from 'execa';
import { ROOT } from '../stack/files.ts';
import { startStack, testDir, type Stack } from '../stack/index.ts';

const SERVICE = 'inventory-propagation';
const COMMAND = join(ROOT, 'libs', 'runtime', 'dist', 'src', 'provision', 'main.js');
const NO_SERVICE = join(ROOT, 'libs', 'kernel', 'dist', 'src', 'index.js');
const DEFINITION = join(ROOT, 'apps', SERVICE, 'dist', 'src', `${SERVICE}.service.js`);

let servers: Stack;
let connection: NatsConnection;
let manager: JetStreamManager;

beforeAll(async () => {
  // Runs what is built; errors of the build are told by the build.
  await execa('tsc', ['-b'], { cwd: ROOT, preferLocal: true, reject: false });
  servers = await startStack({ dir: await testDir('provision'), keepData: false, mongoCacheGb: 0.25 });
  connection = await connect({ servers: servers.nats.url });
  manager = await jetstream.jetstreamManager(connection);
}, 120_000);
afterAll(async () => {
  await connection?.close();
  await servers?.stop();
}, 30_000);

const run = async (args: readonly string[], env: Record<string, string> = {}) => {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [COMMAND, ...args], {
    env: { CROSSDOCK_NATS_URL: servers.nats.url, NODE_OPTIONS: '', ...env },
    reject: false,
  });
  return { exitCode, lines: stdout.split('\n'), stderr };
};
const streams = async (): Promise<string[]> => {
  const names: string[] = [];
  for await (const { config } of manager.streams.list()) names.push(config.name);
  return names.sort();
};

describe('provisioning for a bind-only service', () => {
  it('shows what is missing, and makes nothing yet', async () => {
    const { exitCode, lines } = await run(['--show', DEFINITION]);
    expect(exitCode).toBe(1);
    expect(lines).toEqual(
      expect.arrayContaining([
        'stream INVENTORY: missing',
        'stream DEAD_LETTERS: missing',
        'bucket availability: missing',
      ]),
    );
    expect(lines.join()).toMatch(/consumer INVENTORY\/inventory-propagation-stock-\w+: missing/);
    expect(await streams()).toEqual([]);
  }, 30_000);

  it('makes streams, consumers and buckets; what is there already is left alone', async () => {
    expect(await run([DEFINITION])).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await streams()).toEqual(expect.arrayContaining(['DEAD_LETTERS', 'INVENTORY', 'KV_availability', 'ORDERS']));
    const again = await run([DEFINITION]);
    expect(again).toMatchObject({ exitCode: 0, lines: [`everything is there for ${SERVICE}`] });
  }, 30_000);

  it('keeps the values of a bucket, and what a stream holds', async () => {
    const bucket = await new Kvm(connection).open('availability');
    await bucket.put('a.b', 'newest');
    await run([DEFINITION]);
    expect((await bucket.get('a.b'))?.string()).toBe('newest');
  }, 30_000);

  it('changes back what somebody else has changed', async () => {
    await manager.streams.update('INVENTORY', { max_age: 3_600 * 1_000_000_000 });
    expect((await run(['--show', DEFINITION])).lines).toEqual(['stream INVENTORY: differs (max_age)']);
    expect(await run([DEFINITION])).toMatchObject({ exitCode: 0 });
    expect((await run(['--show', DEFINITION])).exitCode).toBe(0);
  }, 30_000);

  it('says what is wrong, all of it at once, and ends with 2', async () => {
    const faulty = await run([DEFINITION], { CROSSDOCK_NATS_URL: '', CROSSDOCK_STREAM_REPLICAS: '9' });
    expect(faulty.exitCode).toBe(2);
    expect(faulty.lines.join('\n')).toMatch(/CROSSDOCK_NATS_URL[^]*CROSSDOCK_STREAM_REPLICAS/);
    expect(await run([])).toMatchObject({ exitCode: 2, lines: [expect.stringContaining('use: node main.js')] });
    expect(await run([NO_SERVICE])).toMatchObject({
      exitCode: 2,
      lines: [expect.stringContaining('no service definition')],
    });
    expect(await run([DEFINITION], { CROSSDOCK_STREAM_REPLICAS: '3' })).toMatchObject({ exitCode: 2 });
  }, 60_000);
});
