import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { DELAY_MS, Proxy } from './proxy.ts';

describe('a link through a proxy', () => {
  let server: Server;
  let proxy: Proxy;
  let port: number;
  const open: Socket[] = [];
  beforeEach(async () => {
    server = createServer((socket) => {
      open.push(socket);
      socket.on('error', () => undefined);
      socket.pipe(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = new Proxy('127.0.0.1', (server.address() as { port: number }).port);
    port = await proxy.listen();
  });
  afterEach(async () => {
    await proxy.close();
    for (const socket of open.splice(0)) socket.destroy();
    await new Promise((closed) => server.close(closed));
  });
  const client = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1');
    open.push(socket);
    // A connection may end by a reset as well.
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
  const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve));
  const echoed = async (socket: Socket, text: string): Promise<string> => {
    socket.write(text);
    return String((await once(socket, 'data'))[0]);
  };

  it('gives on what it gets, late when it is slow, in order', async () => {
    const socket = await client();
    expect(await echoed(socket, 'a')).toBe('a');
    proxy.set('slow');
    const began = performance.now();
    expect(await echoed(socket, 'b')).toBe('b');
    // There and back.
    expect(performance.now() - began).toBeGreaterThanOrEqual(2 * DELAY_MS - 5);
  });

  it('ends connections when it is cut, new ones too, until it is well', async () => {
    const socket = await client();
    await echoed(socket, 'a');
    proxy.set('cut');
    await closed(socket);
    await closed(await client());
    proxy.set('well');
    expect(await echoed(await client(), 'b')).toBe('b');
  });

  it('swallows all when it is half-open, and ends what it left half-open when it is well', async () => {
    const socket = await client();
    await echoed(socket, 'a');
    proxy.set('deaf');
    const heard: unknown[] = [];
    socket.on('data', (bytes) => heard.push(bytes));
    socket.write('b');
    const other = await client();
    other.write('c');
    const ended = Promise.all([closed(socket), closed(other)]);
    proxy.set('well');
    await ended;
    expect(heard).toEqual([]);
    expect(await echoed(await client(), 'd')).toBe('d');
  });
});
