/** One run of each side, as processes of their own, on servers of their own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Say } from '../setup/failure.ts';
import { startStack } from '../stack/stack.ts';
import { readOptions } from '../start/options.ts';
import { startPlatform, type Platform } from '../start/platform.ts';
import { runDay } from '../start/run.ts';
import type { Screen } from '../start/screen.ts';
import { benchOrder, LINES } from './orders.ts';

export interface ProcessShare {
  readonly name: string;
  readonly cpuSeconds: number;
  readonly maxRssMb: number;
}
/** What a run came to. `void`: an invariant does not hold or something is stuck, so its figures count for nothing. */
export interface Run {
  readonly orders: number;
  readonly lines: number;
  readonly seconds: number;
  readonly linesPerSecond: number;
  readonly ordersPerSecond: number;
  /** all processes together */
  readonly cpuMicrosPerLine: number;
  readonly processes: readonly ProcessShare[];
  readonly void?: string;
}
interface StartReport {
  readonly orders: Readonly<Record<string, number>>;
  readonly invariants: readonly { readonly id: string; readonly holds: boolean; readonly checked: number }[];
  readonly seconds: { readonly drained: number };
  readonly processes: readonly ProcessShare[];
}

const rates = (orders: number, seconds: number) => ({
  orders,
  lines: orders * LINES,
  seconds,
  linesPerSecond: (orders * LINES) / seconds,
  ordersPerSecond: orders / seconds,
});

/** Orders before the clock starts: until then code is being compiled, here and in the bare loop. */
export const WARM_UP = 300;

/**
 * The product: the orders go in by the public API, and the clock stops when the last one is closed. Processes that have
 * just started are given other orders first, and those do not count.
 */
export async function crossdockRun(orders: number): Promise<Run> {
  const dir = mkdtempSync(join(tmpdir(), 'crossdock-bench-'));
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  try {
    const platform = await startPlatform(dir, false, say, { onServers: () => undefined });
    try {
      await played(platform, dir, 'warm', WARM_UP, say);
      return fromReport(orders, await played(platform, dir, 'bench', orders, say));
    } finally {
      await platform.stop();
    }
  } catch (error) {
    throw new Error(said.slice(-20).join('\n'), { cause: error });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** One file of orders through the running system, from the first byte handed in until nothing is open. */
async function played(platform: Platform, dir: string, prefix: string, orders: number, say: Say): Promise<StartReport> {
  const file = join(dir, `${prefix}.ndjson`);
  const report = join(dir, `${prefix}.json`);
  writeFileSync(file, Array.from({ length: orders }, (_, n) => `${JSON.stringify(benchOrder(prefix, n))}\n`).join(''));
  const options = readOptions(['--once', '--orders', file, '--report', report]);
  if (!options) throw new Error('no options');
  const screen: Screen = { say, progress: () => undefined, done: () => undefined };
  const { signal } = new AbortController();
  await runDay({ platform, options, screen, say, setupSeconds: 0, readySeconds: 0, signal });
  return JSON.parse(readFileSync(report, 'utf8')) as StartReport;
}

const fromReport = (orders: number, report: StartReport): Run => {
  const cpu = report.processes.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  const broken = report.invariants.filter(({ holds }) => !holds).map(({ id }) => id);
  const closed = report.orders['closed'] ?? 0;
  const fault =
    broken.length > 0
      ? `${broken.join(', ')} broken`
      : closed === orders
        ? undefined
        : `${closed} of ${orders} orders closed`;
  return {
    ...rates(orders, report.seconds.drained),
    cpuMicrosPerLine: (cpu * 1e6) / (orders * LINES),
    processes: report.processes,
    ...(fault ? { void: fault } : {}),
  };
};

/** The bare loop on a fresh pair of servers. */
export async function bareRun(orders: number): Promise<Run> {
  const dir = mkdtempSync(join(tmpdir(), 'crossdock-bare-'));
  const stack = await startStack({ dir, keepData: false, services: [] });
  try {
    const { stdout } = await execa(process.execPath, [
      join(import.meta.dirname, 'bare-loop.ts'),
      stack.nats.url,
      stack.mongo.adminUrl,
      String(orders),
      String(WARM_UP),
    ]);
    const { seconds, cpuSeconds } = JSON.parse(stdout) as { seconds: number; cpuSeconds: number };
    return {
      ...rates(orders, seconds),
      cpuMicrosPerLine: (cpuSeconds * 1e6) / (orders * LINES),
      processes: [{ name: 'loop', cpuSeconds, maxRssMb: 0 }],
    };
  } finally {
    await stack.stop();
  }
}
