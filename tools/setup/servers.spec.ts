import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findNatsServer, withoutPassword } from './servers.ts';

const PATH = process.env['PATH'];
const URL_VARIABLE = 'CROSSDOCK_NATS_URL';
let folder: string;
const quiet = () => {};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crossdock-servers-'));
  delete process.env[URL_VARIABLE];
});
afterEach(() => {
  process.env['PATH'] = PATH;
  delete process.env[URL_VARIABLE];
  rmSync(folder, { recursive: true, force: true });
});

/** A folder for PATH with a nats-server that only says what it is. */
function aNatsServer(name: string, says: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(join(path, 'nats-server'), `#!/bin/sh\n${says}\n`);
  chmodSync(join(path, 'nats-server'), 0o755);
  return path;
}

/** A listener that greets like a NATS server of that version. */
async function aListener(version: string, jetstream: boolean): Promise<{ url: string; server: Server }> {
  const info = JSON.stringify({ server_id: 'X', version, jetstream, headers: true, max_payload: 1024, proto: 1 });
  const server = createServer((socket) => {
    socket.on('error', quiet);
    socket.write(`INFO ${info}\r\n`);
    socket.on('data', (data) => data.includes('PING') && socket.write('PONG\r\n'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `nats://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('finding a server', () => {
  it('passes over an older binary and one that does not run, and takes the first new enough on PATH', async () => {
    const broken = aNatsServer('broken', 'exit 3');
    const old = aNatsServer('old', 'echo "nats-server: v2.9.10"');
    const fresh = aNatsServer('fresh', 'echo "nats-server: v2.14.2"');
    process.env['PATH'] = [broken, old, fresh, '/bin'].join(delimiter);
    expect(await findNatsServer(folder, quiet)).toEqual({
      kind: 'binary',
      path: join(fresh, 'nats-server'),
      version: '2.14.2',
      from: 'PATH',
    });
  });

  it('does not pass over an older server behind a given URL, it refuses it', async () => {
    const { url, server } = await aListener('2.9.10', true);
    process.env[URL_VARIABLE] = url;
    await expect(findNatsServer(folder, quiet)).rejects.toThrow(
      `${URL_VARIABLE}=${url} is nats-server 2.9.10; 2.14 or newer is needed.`,
    );
    server.close();
  });

  it('refuses a given server without JetStream', async () => {
    const { url, server } = await aListener('2.15.1', false);
    process.env[URL_VARIABLE] = url;
    await expect(findNatsServer(folder, quiet)).rejects.toThrow('JetStream is not enabled there');
    server.close();
  });

  it('says which URL does not answer, without its password', async () => {
    process.env[URL_VARIABLE] = 'nats://me:secret@127.0.0.1:1';
    const refusal = findNatsServer(folder, quiet);
    await expect(refusal).rejects.toThrow(`${URL_VARIABLE}=nats://me:***@127.0.0.1:1 does not answer as it should`);
    await expect(refusal).rejects.not.toThrow('secret');
  });

  it('hides passwords of connection strings with several hosts too', () => {
    expect(withoutPassword('mongodb://u:p@a:1,b:2/x?replicaSet=rs0')).toBe('mongodb://u:***@a:1,b:2/x?replicaSet=rs0');
  });
});
