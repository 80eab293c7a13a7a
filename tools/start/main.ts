/** `npm start`: brings everything up, plays a trading day through it, says what it came to, stays up until Ctrl-C. */
import { resolve } from 'node:path';
import { failSetUp } from '../setup/failure.ts';
import { CLONE_DIR } from '../stack/files.ts';
import { readOptions, type StartOptions } from './options.ts';
import { startPlatform, type Platform } from './platform.ts';
import { runDay } from './run.ts';
import { openScreen } from './screen.ts';
import { setupBefore } from './setup-time.ts';

const BROKEN = 1;
/** As a shell says it of a program that was stopped by Ctrl-C. */
const INTERRUPTED = 130;

// Nobody may be there to read on: what runs is stopped in order all the same.
process.stdout.on('error', () => undefined);
const screen = openScreen(process.stdout);
const say = (line: string) => screen.say(line);
const dir = resolve(process.env['CROSSDOCK_DIR'] ?? CLONE_DIR);
const stopped = new AbortController();
/** One Ctrl-C arrives several times: from the terminal, and passed on by npm. */
const SAME_CTRL_C_MS = 1_000;
let stoppedAt = 0;
const askedToStop = new Promise<void>((done) => stopped.signal.addEventListener('abort', () => done()));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // The first one stops in order; whoever asks again does not want to wait for that. A closed terminal asks nothing.
    const again = stoppedAt > 0 && Date.now() - stoppedAt > SAME_CTRL_C_MS;
    if (again && signal !== 'SIGHUP') process.exit(INTERRUPTED);
    stoppedAt ||= Date.now();
    stopped.abort();
  });
}

async function bringUp(options: StartOptions): Promise<{ platform: Platform; setup: number; ready: number }> {
  const startedAt = performance.timeOrigin;
  const before = setupBefore(CLONE_DIR, startedAt);
  let servers = 0;
  const since = () => (performance.timeOrigin + performance.now() - startedAt) / 1000;
  const platform = await startPlatform(dir, options.fresh, say, { onServers: () => (servers = since()) });
  return { platform, setup: before + servers, ready: since() - servers };
}

async function play(platform: Platform, options: StartOptions, setup: number, ready: number): Promise<number> {
  try {
    const { signal } = stopped;
    const healthy = await runDay({
      platform,
      options,
      screen,
      say,
      setupSeconds: setup,
      readySeconds: ready,
      signal,
    });
    return healthy ? 0 : BROKEN;
  } catch (error) {
    screen.done();
    if (stopped.signal.aborted) {
      say('Interrupted: the books are kept, and the next start with the same input goes on from here.');
      return INTERRUPTED;
    }
    say(`Broken: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return BROKEN;
  }
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) return;
  const { platform, setup, ready } = await bringUp(options);
  say(`ready after ${(setup + ready).toFixed(1)} s`);
  const code = await play(platform, options, setup, ready);
  if (!options.once && !stopped.signal.aborted) {
    say('\nEverything stays up. Ctrl-C stops it; the books are kept.');
    await askedToStop;
  }
  say('stopping');
  await platform.stop();
  process.exitCode = code;
}

try {
  await main();
} catch (error) {
  failSetUp(error);
}
