import {
  ROAD_TRANSPORT,
  startService,
  type Host,
  type OpenPorts,
  type RoadContext,
  MemoryArchive,
  MemoryJobStore,
} from '../src/index.js';
import { Controller, Get, Injectable } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { eventually } from '@crossdock/testing';
import type { Input } from '@crossdock/kernel';
import { NotedRoad } from './door-of.js';
import { noteService, NoteWritten } from './notes.js';

class NotedHost implements Host {
  readonly said: string[] = [];
  readonly codes: number[] = [];
  signal: (signal: string) => void = () => undefined;
  constructor(readonly env: Readonly<Record<string, string | undefined>>) {}
  say(text: string): void {
    this.said.push(text);
  }
  exit(code: number): void {
    this.codes.push(code);
  }
  onSignal(listener: (signal: string) => void): void {
    this.signal = listener;
  }
}
const good = {
  CROSSDOCK_NATS_URL: 'nats://127.0.0.1:1',
  CROSSDOCK_MONGO_URL: 'mongodb://u:p@127.0.0.1:1/notes',
  CROSSDOCK_ISSUER_URL: 'http://127.0.0.1:1',
  CROSSDOCK_HTTP_PORT: '0',
  CROSSDOCK_LOG_LEVEL: 'silent',
  CROSSDOCK_PRINTER_URL: 'http://127.0.0.1:1',
  CROSSDOCK_DRAIN_MS: '200',
};

describe('starting a service', () => {
  const order: string[] = [];
  let context: RoadContext;
  let road: NotedRoad;
  const open: OpenPorts = (given) => {
    context = given;
    road = new NotedRoad();
    road.start = () => Promise.resolve(void order.push('road starts'));
    road.drain = () => Promise.resolve(void order.push('road drains'));
    const none = {} as never;
    return Promise.resolve({
      road,
      queries: none,
      quarantine: none,
      jobs: new MemoryJobStore(),
      archive: new MemoryArchive(),
      close: () => Promise.resolve(void order.push('connections close')),
    });
  };
  beforeEach(() => {
    order.length = 0;
  });

  it('tells every wrong setting of the runtime and of the service at once, hides secrets, and ends with 2', async () => {
    const host = new NotedHost({
      ...good,
      CROSSDOCK_NATS_URL: 'http://user:hidden@x',
      CROSSDOCK_MONGO_URL: undefined,
      CROSSDOCK_HTTP_PORT: 'eighty',
      CROSSDOCK_PRINTER_URL: 'printer',
      CROSSDOCK_PAGES_MOST: '1.5',
    });
    expect(await startService(noteService, { host, open })).toBeUndefined();
    expect(host.codes).toEqual([2]);
    const [said = ''] = host.said;
    expect(said).toContain("test-notes can't start: 5 settings are wrong:");
    expect(said).toMatch(/CROSSDOCK_NATS_URL: must be nats:\/\/host:port.* \(is \*\*\*\)/);
    expect(said).toMatch(/CROSSDOCK_MONGO_URL: .* \(not set\)/);
    expect(said).toMatch(/CROSSDOCK_HTTP_PORT: .*must be an integer number.* \(is "eighty"\)/);
    expect(said).toMatch(/CROSSDOCK_PRINTER_URL: must be a URL address \(is "printer"\)/);
    expect(said).toMatch(/CROSSDOCK_PAGES_MOST: must be an integer number \(is "1.5"\)/);
    expect(said).not.toContain('hidden');
  });

  it('ends with 2 when a route names no right', async () => {
    @Controller('v1/open')
    class Forgotten {
      @Get()
      all() {
        return [];
      }
    }
    const host = new NotedHost(good);
    await startService({ ...noteService, opens: [Forgotten] }, { host, open });
    expect(host.codes).toEqual([2]);
    expect(host.said[0]).toContain('Forgotten.all');
  });

  it('drains the road before it closes anything, when it is told to stop', async () => {
    const host = new NotedHost(good);
    const running = await startService(noteService, { host, open });
    expect((await fetch(`${running?.url}/health/live`)).status).toBe(200);
    host.signal('SIGTERM');
    await eventually('the end', () => host.codes.length > 0);
    expect(host.codes).toEqual([0]);
    expect(order).toEqual(['road starts', 'road drains', 'connections close']);
  });

  it('ends with 1 when draining takes longer than its budget, or when it is told twice', async () => {
    const slow = new NotedHost(good);
    await startService(noteService, { host: slow, open });
    let drained: () => void = () => undefined;
    road.drain = () => new Promise((resolve) => (drained = resolve));
    slow.signal('SIGTERM');
    await eventually('the end of the budget', () => slow.codes.length > 0);
    expect(slow.codes).toEqual([1]);
    expect(slow.said[0]).toContain('not done within 200 ms after SIGTERM');
    slow.signal('SIGTERM');
    expect(slow.codes).toEqual([1, 1]);
    drained();
    await eventually('its end all the same', () => slow.codes.length === 3);
  });

  it('tells side listeners of what was committed, one after the other failing alone', async () => {
    const heard: unknown[] = [];
    @Injectable()
    @Controller()
    class Listener {
      @EventPattern<string>(NoteWritten.type, ROAD_TRANSPORT)
      first() {
        throw new Error('listener is broken');
      }
      @EventPattern<string>(NoteWritten.type, ROAD_TRANSPORT)
      second(data: unknown) {
        heard.push(data);
      }
    }
    const host = new NotedHost(good);
    const running = await startService({ ...noteService, opens: [...noteService.opens, Listener] }, { host, open });
    const input = { type: NoteWritten.type, version: 1, data: { name: 'a' }, correlationId: 'c' } as Input;
    for (const how of ['accept', 'ignore'])
      context.events.told('notes:0of1', { how, work: { input, from: { kind: 'stream' } } });
    await eventually('a listener', () => heard.length > 0);
    expect(heard).toEqual([{ name: 'a' }]);
    await running?.stop();
  });
});
