import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../stack/process.ts';
import { until } from '../stack/until.ts';
import { Supervised } from './supervised.ts';

let dir: string;
let service: Supervised;
const script = (code: string): Supervised =>
  new Supervised({
    name: 'a service',
    command: process.execPath,
    args: ['-e', code],
    env: { PATH: process.env['PATH'] ?? '' },
    logFile: join(dir, 'logs', 'service.log'),
  });
const happens = (what: string, check: () => boolean) =>
  until({ what, deadlineMs: 10_000, check: () => Promise.resolve(check()) });

beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'supervised-'))));
afterEach(async () => {
  await service.stop();
  rmSync(dir, { recursive: true, force: true });
});

const LIVES = 'setInterval(() => {}, 1000)';

describe('a process under supervision', () => {
  it('comes back when it was killed, and that is no death of its own', async () => {
    service = script(LIVES);
    await service.start();
    const first = service.pid;
    await service.kill9();
    await happens('another process', () => service.pid !== undefined && service.pid !== first);
    expect(isAlive(first)).toBe(false);
    expect(service.deaths).toBe(0);
  });

  it('comes back when it dies, and its death is counted with how it ended', async () => {
    const mark = JSON.stringify(join(dir, 'was here'));
    service = script(`const fs = require('node:fs');
      if (fs.existsSync(${mark})) ${LIVES}; else { fs.writeFileSync(${mark}, ''); process.exit(3); }`);
    await service.start();
    await happens('its death', () => service.deaths === 1);
    await happens('its return', () => service.pid !== undefined);
    expect(service.lastEnding).toEqual({ code: 3, signal: null });
  });

  it('is ended for good by a stop, and what it said is kept', async () => {
    const ready = join(dir, 'ready');
    service = script(`process.on('SIGTERM', () => { console.log('drained'); process.exit(0); });
      require('node:fs').writeFileSync(${JSON.stringify(ready)}, ''); ${LIVES}`);
    await service.start();
    await happens('its start', () => existsSync(ready));
    await service.stop();
    expect(service.pid).toBeUndefined();
    expect(service.deaths).toBe(0);
    expect(readFileSync(service.plan.logFile, 'utf8')).toBe('drained\n');
  });

  it('is ended for good by a stop that comes while it is just being started', async () => {
    service = script(LIVES);
    const started = service.start();
    await service.stop();
    await started;
    expect(service.pid).toBeUndefined();
  });
});
