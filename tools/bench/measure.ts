/** One run of each side, as processes of their own, on servers of their own. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { startStack } from '../stack/stack.ts';
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

/** The product: the orders go in by the public API, and the clock stops when the last one is closed. */
export async function crossdockRun(orders: number): Promise<Run> {
  const dir = mkdtempSync(join(tmpdir(), 'crossdock-bench-'));
  try {
    const file = join(dir, 'orders.ndjson');
    const report = join(dir, 'report.json');
    const prefix = `bench${process.pid}`;
    writeFileSync(
      file,
      Array.from({ length: orders }, (_, n) => `${JSON.stringify(benchOrder(prefix, n))}\n`).join(''),
    );
    mkdirSync(join(dir, 'books'));
    const main = join(import.meta.dirname, '..', 'start', 'main.ts');
    const started = await execa(process.execPath, [main, '--once', '--orders', file, '--report', report], {
      env: { CROSSDOCK_DIR: join(dir, 'books'), NODE_OPTIONS: '' },
      reject: false,
      all: true,
    });
    if (started.exitCode === 2) throw new Error(started.all);
    return fromReport(orders, JSON.parse(readFileSync(report, 'utf8')) as StartReport);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
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
