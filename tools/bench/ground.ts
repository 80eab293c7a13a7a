/** The whole product on servers of its own, and what a scenario does with it: hand in, measure, wait until it is at rest, judge. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Say } from '../setup/failure.ts';
import { handOutForFile, type Handout } from '../start/hand-in.ts';
import { call } from '../start/http.ts';
import { CONTENT_TYPE } from '../start/input.ts';
import { readOptions } from '../start/options.ts';
import { startPlatform, type Platform } from '../start/platform.ts';
import type { Report } from '../start/report.ts';
import { masterDataHeard, runDay, verdictOf } from '../start/run.ts';
import type { Screen } from '../start/screen.ts';
import type { Stock } from '../start/options.ts';
import { readJson } from '../stack/files.ts';
import { Held } from './held.ts';
import { DoorClient } from './open-loop.ts';
import { benchOrders, orderFile, type BenchOrder } from './orders.ts';
import type { ProcessShare, Run } from './scenario.ts';

const NEVER = new AbortController().signal;
/** Nothing has moved for so long: it never will. */
const STILL_MS = 120_000;
/** A look costs what it looks at: it may take no more than a tenth of the time. */
const LOOK_MS = 400;
const LOOK_MOST_MS = 2_000;
const LOOK_SHARE = 9;
const HEARD = { stream: 'ORDERS', closed: 'orders.evt.order-closed.v1.*' };
export const ORDERS = 'order-orchestration';
export const INVENTORY = 'inventory-propagation';

/** Orders before the clock starts: until then code is being compiled, here and in the bare loop. */
export const WARM_UP = 300;

export interface Measured<T> {
  readonly result: T;
  readonly seconds: number;
  readonly processes: readonly ProcessShare[];
}

let shared: Promise<Ground> | undefined;

export class Ground {
  readonly platform: Platform;
  readonly #dir: string;
  readonly #said: string[];
  readonly #held: Held;
  readonly #clients: DoorClient[] = [];
  readonly #delays = monitorEventLoopDelay();
  /** orders that have been handed in and are to be closed */
  #orders = 0;

  private constructor(dir: string, platform: Platform, said: string[], held: Held) {
    this.#dir = dir;
    this.platform = platform;
    this.#said = said;
    this.#held = held;
  }

  static async start(): Promise<Ground> {
    const dir = mkdtempSync(join(tmpdir(), 'crossdock-bench-'));
    const said: string[] = [];
    const say: Say = (line) => void said.push(line);
    const starting = startPlatform(dir, false, say, { onServers: () => undefined });
    const held = new Held(async () => {
      await starting.then((platform) => platform.stop()).catch(() => undefined);
      rmSync(dir, { recursive: true, force: true });
    });
    try {
      return new Ground(dir, await starting, said, held);
    } catch (error) {
      await held.end();
      throw new Error(said.slice(-20).join('\n'), { cause: error });
    }
  }

  /** A ground for the time of `use`, with empty books. */
  static async with<T>(use: (ground: Ground) => Promise<T>): Promise<T> {
    const ground = await (shared ?? Ground.start());
    try {
      return await use(ground);
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      throw new Error(`${message}\n${ground.#said.slice(-20).join('\n')}`, { cause: error });
    } finally {
      if (!shared) await ground.close();
    }
  }
  /** One ground for all from now on, until the end: figures are worth less, and nobody waits for fresh ones. */
  static share(): void {
    shared ??= Ground.start();
    shared.catch(() => undefined);
  }

  url(service: string): string {
    return this.platform.fleet.urls.services[service] ?? '';
  }
  /** A client of a service's door, with a token. */
  door(service: string): DoorClient {
    const client = new DoorClient(this.url(service), () => this.platform.api.token());
    this.#clients.push(client);
    return client;
  }

  /** A file of orders, from the first byte handed in until nothing is open. */
  play(prefix: string, orders: readonly BenchOrder[]): Promise<Report> {
    return this.playDay(['--orders', this.#write(prefix, orders)], prefix);
  }
  async warmUp(orders = WARM_UP): Promise<void> {
    if (orders > 0) await this.play('warm', benchOrders('warm', orders));
  }
  /** What `npm start -- --once` does with these options on the system that runs. */
  async playDay(argv: readonly string[], name: string): Promise<Report> {
    const file = join(this.#dir, `${name}.json`);
    const options = readOptions(['--once', '--report', file, ...argv]);
    if (!options) throw new Error('no options');
    const say: Say = (line) => void this.#said.push(line);
    const screen: Screen = { say, progress: () => undefined, done: () => undefined };
    const { platform } = this;
    await runDay({ platform, options, screen, say, setupSeconds: 0, readySeconds: 0, signal: NEVER });
    const report = readJson<Report>(file);
    if (!report) throw new Error(`${name} came to nothing`);
    this.#orders += report.orders['closed'] ?? 0;
    return report;
  }

  /** Accounts, items and stock that these orders need; resolves when every service has heard of them. */
  async handOut(name: string, orders: readonly BenchOrder[], stock: Stock = 'ample'): Promise<Handout> {
    const text = orderFile(orders);
    const upload = { name: `${name}.ndjson`, layout: 'ndjson', afterMs: 0, open: () => Readable.from([text]) } as const;
    const handout = await handOutForFile(this.platform.fleet.urls.outside.erp, upload, stock, NEVER);
    await masterDataHeard(this.platform, NEVER);
    return handout;
  }
  /** Hands a file of orders in, without waiting for what becomes of them; its stock must be there already. */
  async upload(name: string, orders: readonly BenchOrder[]): Promise<void> {
    await this.platform.api.call(`${this.url(ORDERS)}/v1/order-files?layout=ndjson&name=${name}.ndjson`, {
      method: 'POST',
      headers: { 'content-type': CONTENT_TYPE.ndjson },
      body: () => orderFile(orders),
    });
    this.expect(orders.length);
  }
  /** Orders that were taken at the door by the scenario itself; `settled` waits for them. */
  expect(orders: number): void {
    this.#orders += orders;
  }

  /** What `work` takes, by process. Memory is the largest since a process was started. */
  async measure<T>(work: () => Promise<T>): Promise<Measured<T>> {
    const { usage } = this.platform;
    await this.#loopDelays();
    this.#delays.enable();
    this.#delays.reset();
    await usage.mark();
    const began = performance.now();
    const result = await work();
    const seconds = (performance.now() - began) / 1000;
    await usage.look();
    const own = this.#delays.percentile(99) / 1e6;
    this.#delays.disable();
    return { result, seconds, processes: this.#shares(usage.totals(), await this.#loopDelays(), own) };
  }

  /** A run of `play`, measured from the first byte until nothing was open, with what the checker found after it. */
  async measuredPlay(prefix: string, orders: readonly BenchOrder[]): Promise<{ run: Run; faults: readonly string[] }> {
    await this.#loopDelays();
    const report = await this.play(prefix, orders);
    const closed = report.orders['closed'] ?? 0;
    const work = orders.reduce((sum, { lines }) => sum + lines.length, 0);
    return {
      run: {
        work,
        seconds: report.seconds.drained,
        processes: this.#shares(report.processes, await this.#loopDelays(), undefined),
      },
      faults: [
        ...brokenIn(report.invariants),
        ...(closed === orders.length ? [] : [`${prefix}: ${closed} of ${orders.length} orders closed`]),
      ],
    };
  }

  /** Waits until every order is closed and nothing is under way. */
  async settled(): Promise<void> {
    let known = '';
    let movedAt = performance.now();
    for (let quiet = 0; ;) {
      const lookedAt = performance.now();
      const { isQuiet, found } = await this.#look().catch((error: unknown) => ({
        isQuiet: false,
        found: String(error),
      }));
      const now = performance.now();
      // One look may fall between a message's commit and its publication: the next one must agree.
      quiet = isQuiet ? quiet + 1 : 0;
      if (quiet === 2) return;
      if (found !== known) movedAt = now;
      known = found;
      if (now - movedAt > STILL_MS) throw new Error(`nothing moves: ${found}`);
      await pause(Math.min(LOOK_MOST_MS, Math.max(LOOK_MS, (now - lookedAt) * LOOK_SHARE)));
    }
  }
  async #look(): Promise<{ readonly isQuiet: boolean; readonly found: string }> {
    const { broker, databases } = this.platform;
    const [{ pending, unacknowledged }, { asks, parked }, closed] = await Promise.all([
      broker.lag(),
      databases.waiting(),
      this.closed(),
    ]);
    const messages = pending + unacknowledged;
    return {
      isQuiet: closed >= this.#orders && messages + asks + parked === 0,
      found: `${closed} of ${this.#orders} orders closed, ${messages} messages, ${asks} questions, ${parked} parked`,
    };
  }
  closed(): Promise<number> {
    return this.platform.broker.count(HEARD.stream, HEARD.closed);
  }

  /** What breaks an invariant; nothing when all hold. Only at rest. */
  async faults(): Promise<readonly string[]> {
    return brokenIn(await verdictOf(this.platform));
  }

  /** Changes how a system of the sandbox behaves, such as `{ system: 'erp', perSecond: 40 }`. */
  async conduct(settings: Readonly<Record<string, string | number>>): Promise<void> {
    await call(`${this.platform.fleet.urls.outside.erp}/settings`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: () => JSON.stringify(settings),
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.splice(0).map((client) => client.close()));
    await this.#held.end();
  }

  #write(prefix: string, orders: readonly BenchOrder[]): string {
    mkdirSync(this.#dir, { recursive: true });
    const file = join(this.#dir, `${prefix}.ndjson`);
    writeFileSync(file, orderFile(orders));
    return file;
  }
  #shares(
    used: readonly ProcessShare[],
    delays: ReadonlyMap<string, number>,
    own: number | undefined,
  ): readonly ProcessShare[] {
    return used.map(({ name, cpuSeconds, maxRssMb }) => {
      const isOwn = name === OWN;
      const loopDelayMs = isOwn ? own : delays.get(name);
      return {
        name: isOwn ? 'bench' : name,
        cpuSeconds,
        maxRssMb,
        ...(loopDelayMs === undefined ? {} : { loopDelayMs }),
      };
    });
  }
  /** Event-loop delay of every service that is up, since this was last asked: 99th percentile, milliseconds. */
  async #loopDelays(): Promise<ReadonlyMap<string, number>> {
    const up = this.platform.fleet.services.filter(({ pid }) => pid !== undefined);
    const delays = await Promise.all(
      up.map(async ({ name }) => {
        const text = await fetch(`${this.url(name)}/metrics`).then((answer) => answer.text());
        const seconds = Number(/^nodejs_eventloop_lag_p99_seconds(?:\{[^}]*\})? (\S+)$/m.exec(text)?.[1]);
        return [name, seconds * 1000] as const;
      }),
    );
    return new Map(delays);
  }
}
/** The name under which `startPlatform` accounts for the process that it runs in. */
const OWN = 'npm start';

const brokenIn = (invariants: Report['invariants']): readonly string[] =>
  invariants.filter(({ holds }) => !holds).map(({ id, violations }) => `${id} is broken: ${violations[0] ?? ''}`);
