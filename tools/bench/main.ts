/** `npm run bench [-- <scenario>]`: what the product does on this machine, as ratios of what the machine gives. */
import { writeFileSync } from 'node:fs';
import Table from 'cli-table3';
import { Command } from 'commander';
import { failSetUp } from '../setup/failure.ts';
import { figureOf, ratioOf, shown, type Figure } from './figures.ts';
import { bareRun, crossdockRun, type Run } from './measure.ts';
import { translationRates, type TranslationRate } from './translations.ts';
import { webhookRun, type WebhookRun } from './webhooks.ts';

interface Options {
  readonly orders: string;
  readonly runs: string;
  readonly json?: string;
}
interface Due {
  readonly what: string;
  readonly figure: Figure;
  readonly digits: number;
  /** must be at least, or at most */
  readonly atLeast?: number;
  readonly atMost?: number;
}
interface Outcome {
  readonly scenario: string;
  readonly runs: Readonly<Record<string, readonly Run[]>>;
  readonly dues: readonly Due[];
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const of = (runs: readonly Run[], name: 'linesPerSecond' | 'ordersPerSecond' | 'cpuMicrosPerLine'): number[] =>
  runs.map((run) => run[name]);

/** From HTTP accept to posted by the ERP and closed, against the bare loop, in turn. */
async function acceptedToPosted(orders: number, runs: number): Promise<Outcome> {
  const ours: Run[] = [];
  const bare: Run[] = [];
  for (let run = 1; run <= runs; run++) {
    say(`run ${run} of ${runs}: ${orders} orders through Crossdock, then through the bare loop`);
    ours.push(await crossdockRun(orders));
    bare.push(await bareRun(orders));
  }
  const dues: Due[] = [
    { what: 'lines/s, accepted to posted', figure: figureOf(of(ours, 'linesPerSecond')), digits: 0 },
    { what: 'lines/s, bare loop', figure: figureOf(of(bare, 'linesPerSecond')), digits: 0 },
    {
      what: 'Crossdock / bare loop',
      figure: ratioOf(of(ours, 'linesPerSecond'), of(bare, 'linesPerSecond')),
      digits: 3,
      atLeast: 0.1,
    },
    { what: 'CPU per line, all processes, microseconds', figure: figureOf(of(ours, 'cpuMicrosPerLine')), digits: 0 },
  ];
  return { scenario: 'accepted-to-posted', runs: { crossdock: ours, 'bare loop': bare }, dues };
}

/** Ten times the orders: does a line cost more when there is more of everything? */
async function tenTimes(orders: number, runs: number): Promise<Outcome> {
  const small: Run[] = [];
  const large: Run[] = [];
  for (let run = 1; run <= runs; run++) {
    say(`run ${run} of ${runs}: ${orders} orders, then ${orders * 10}`);
    small.push(await crossdockRun(orders));
    large.push(await crossdockRun(orders * 10));
  }
  const dues: Due[] = [
    {
      what: `CPU per line, ${orders} orders, microseconds`,
      figure: figureOf(of(small, 'cpuMicrosPerLine')),
      digits: 0,
    },
    {
      what: `CPU per line, ${orders * 10} orders, microseconds`,
      figure: figureOf(of(large, 'cpuMicrosPerLine')),
      digits: 0,
    },
    {
      what: 'ten times the orders / once',
      figure: ratioOf(of(large, 'cpuMicrosPerLine'), of(small, 'cpuMicrosPerLine')),
      digits: 2,
      atMost: 1.3,
    },
  ];
  return { scenario: 'ten-times', runs: { once: small, 'ten times': large }, dues };
}

const WEBHOOKS_PER_SECOND = 200;
const WEBHOOK_SECONDS = 60;
/** 200 webhooks of carriers a second for a minute: how long each waits for its answer, and when all are normalised. */
async function carrierWebhooks(_orders: number, runs: number): Promise<Outcome> {
  const ours: WebhookRun[] = [];
  for (let run = 1; run <= runs; run++) {
    say(`run ${run} of ${runs}: ${WEBHOOKS_PER_SECOND} webhooks a second for ${WEBHOOK_SECONDS} s`);
    ours.push(await webhookRun(WEBHOOKS_PER_SECOND, WEBHOOK_SECONDS));
  }
  const each = (name: keyof WebhookRun): Figure => figureOf(ours.map((run) => run[name]));
  const missing = figureOf(ours.map(({ sent, taken }) => sent - taken));
  const dues: Due[] = [
    { what: 'answered after, p50, ms', figure: each('p50Ms'), digits: 1 },
    { what: 'answered after, p99, ms', figure: each('p99Ms'), digits: 1, atMost: 100 },
    { what: 'answered after, longest, ms', figure: each('maxMs'), digits: 0 },
    { what: 'all normalised after the last one, ms', figure: each('behindMs'), digits: 0, atMost: 1_000 },
    { what: 'CPU per webhook, all processes, ms', figure: each('cpuMs'), digits: 2 },
    { what: 'not taken', figure: missing, digits: 0, atMost: 0 },
  ];
  return { scenario: 'carrier-webhooks', runs: {}, dues };
}

/** Documents read a second by one core, by family. */
async function translations(_orders: number, runs: number): Promise<Outcome> {
  const rounds: (readonly TranslationRate[])[] = [];
  for (let run = 1; run <= runs; run++) {
    say(`run ${run} of ${runs}: documents of 500 lines, by family`);
    rounds.push(await translationRates());
  }
  const rates = (family: string): TranslationRate[] => rounds.flat().filter((rate) => rate.family === family);
  const dues = (rounds[0] ?? []).map(({ family }): Due => ({
    what: `${family}, lines/s of one core`,
    figure: figureOf(rates(family).map(({ linesPerSecond }) => linesPerSecond)),
    digits: 0,
  }));
  return { scenario: 'translations', runs: {}, dues };
}

const met = ({ figure, atLeast = -Infinity, atMost = Infinity }: Due): boolean =>
  figure.median >= atLeast && figure.median <= atMost;
const bound = ({ atLeast, atMost }: Due): string =>
  atLeast !== undefined ? `>= ${atLeast}` : atMost !== undefined ? `<= ${atMost}` : '';

function show({ scenario, runs, dues }: Outcome): boolean {
  const figures = new Table({ head: [scenario, 'median (min to max)', 'due', ''] });
  for (const due of dues)
    figures.push([
      due.what,
      shown(due.figure, due.digits),
      bound(due),
      bound(due) ? (met(due) ? 'met' : 'NOT MET') : '',
    ]);
  say(figures.toString());
  if (Object.keys(runs).length === 0) return dues.every(met);
  const shares = new Table({
    head: ['process', 'CPU per line, microseconds', 'largest memory, MB'],
    colAligns: ['left', 'right', 'right'],
  });
  const [name, sample = []] = Object.entries(runs)[0] ?? ['', []];
  for (const { name: process } of sample[0]?.processes ?? []) {
    const each = sample.map((run) => ({ run, share: run.processes.find((one) => one.name === process) }));
    const cpu = figureOf(each.map(({ run, share }) => ((share?.cpuSeconds ?? 0) * 1e6) / run.lines));
    shares.push([
      `${name}: ${process}`,
      cpu.median.toFixed(0),
      Math.max(...each.map(({ share }) => share?.maxRssMb ?? 0)).toFixed(0),
    ]);
  }
  say(shares.toString());
  const faults = Object.values(runs)
    .flat()
    .flatMap((run) => (run.void ? [run.void] : []));
  for (const fault of faults) say(`VOID: ${fault}`);
  return faults.length === 0 && dues.every(met);
}

const SCENARIOS = {
  'accepted-to-posted': acceptedToPosted,
  'ten-times': tenTimes,
  'carrier-webhooks': carrierWebhooks,
  translations,
} as const;

async function main(): Promise<void> {
  const program = new Command('npm run bench --')
    .argument('[scenario]', `one of ${Object.keys(SCENARIOS).join(', ')}; all when left out`)
    .option('--orders <n>', 'orders of 24 lines per run', '1000')
    .option('--runs <n>', 'runs of each side', '3')
    .option('--json <file>', 'write every run there')
    .parse();
  const { orders, runs, json } = program.opts<Options>();
  const [wanted] = program.args;
  const chosen = Object.entries(SCENARIOS).filter(([name]) => !wanted || name === wanted);
  if (chosen.length === 0) program.error(`there is no scenario ${wanted}`);
  const outcomes: Outcome[] = [];
  for (const [name, scenario] of chosen)
    outcomes.push(await scenario(name === 'ten-times' ? Math.ceil(Number(orders) / 2) : Number(orders), Number(runs)));
  if (json) writeFileSync(json, `${JSON.stringify(outcomes, null, 2)}\n`);
  const good = outcomes.map(show).every(Boolean);
  process.exitCode = good ? 0 : 1;
}

await main().catch(failSetUp);
