/** `npm run drill`: a trading day under one kind of fault, judged by the invariant checker. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { medianOf } from '../bench/figures.ts';
import { failSetUp, SetUpFailure } from '../setup/failure.ts';
import { CLONE_DIR } from '../stack/files.ts';
import { pointsFor, type Victim } from '../start/drill.ts';
import type { StartOptions } from '../start/options.ts';
import { startPlatform, type Platform } from '../start/platform.ts';
import type { Report } from '../start/report.ts';
import { runDay } from '../start/run.ts';
import { openScreen } from '../start/screen.ts';
import type { Random } from '../random.ts';
import { randomFrom, strikesIn, type Drill } from './drill.ts';
import { linkDrills } from './faults/links.ts';
import { messageDrills } from './faults/messages.ts';
import { outsideDrills } from './faults/outside.ts';
import { processDrills } from './faults/processes.ts';
import { storeDrills } from './faults/stores.ts';
import { keepResult, type Result } from './results.ts';

const DRILLS: readonly Drill[] = [...processDrills, ...storeDrills, ...linkDrills, ...messageDrills, ...outsideDrills];
const ORDERS_A_MINUTE = 40;
const READY_MS = 120_000;
const MINUTE_MS = 60_000;

const command = new Command('npm run drill --')
  .argument('[name]', `one of ${DRILLS.map(({ name }) => name).join(', ')}, or all`)
  .option('--seed <seed>', 'of the day and of the strikes', 'drill')
  .option('--minutes <minutes>', 'length of the day', '3')
  .option('--list', 'name the drills and end');

const screen = openScreen(process.stdout);
const say = (line: string): void => screen.say(line);

/** Strikes spread over the day, each followed by the wait for everybody. */
function victimsOf(drill: Drill, platform: Platform, random: Random, minutes: number, seconds: number[]): Victim[] {
  const strikes = drill.strikes(strikesIn(drill, minutes), random);
  const points = pointsFor(strikes.length);
  return strikes.map(({ name, deed, strike }, nth) => ({
    name,
    deed,
    at: points[nth] ?? 1,
    strike: async () => {
      await platform.usage.look();
      await strike({ platform, random, say, minutes });
      const since = Date.now();
      for (const service of platform.fleet.services) await platform.fleet.ready(service.name, READY_MS);
      seconds.push((Date.now() - since) / 1000);
    },
  }));
}

const wrongIn = (drill: Drill, report: Report, healthy: boolean): readonly string[] => {
  const open = Object.entries(report.orders).filter(([status]) => status !== 'closed');
  const expected = drill.deadLetters ?? 0;
  return [
    ...report.invariants.filter(({ holds }) => !holds).map(({ id, violations }) => `${id}: ${violations[0] ?? ''}`),
    ...open.map(([status, count]) => `${count} orders ${status}`),
    ...(report.deadLetters === expected ? [] : [`${report.deadLetters} in quarantine instead of ${expected}`]),
    ...(healthy ? [] : ['stuck or broken']),
  ];
};

async function run(drill: Drill, seed: string, minutes: number): Promise<Result> {
  const dir = join(CLONE_DIR, 'drills', drill.name);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const random = randomFrom(`${drill.name} ${seed}`);
  const grounds = await drill.prepare?.(dir, seed);
  const recovery: number[] = [];
  let platform: Platform | undefined;
  try {
    const links = grounds?.links;
    platform = await startPlatform(dir, false, say, { onServers: () => undefined, ...(links ? { links } : {}) });
    const file = join(dir, 'report.json');
    const options: StartOptions = {
      once: true,
      orders: undefined,
      pace: { kind: 'within', ms: minutes * MINUTE_MS },
      stock: 'ample',
      seed: seed.slice(0, 12),
      size: Math.max(10, Math.round(minutes * ORDERS_A_MINUTE)),
      fresh: false,
      kill: false,
      wipeBroker: false,
      report: file,
    };
    const victims = victimsOf(drill, platform, random, minutes, recovery);
    const signal = new AbortController().signal;
    const healthy = await runDay({ platform, options, screen, say, setupSeconds: 0, readySeconds: 0, signal, victims });
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    return {
      drill: drill.name,
      seed,
      minutes,
      orders: report.documents.orders,
      strikes: recovery.length,
      held: report.invariants.filter(({ holds }) => holds).length,
      checked: report.invariants.length,
      deadLetters: report.deadLetters,
      recovery: { median: medianOf(recovery), max: Math.max(0, ...recovery) },
      wrong: wrongIn(drill, report, healthy),
    };
  } finally {
    await platform?.stop();
    await grounds?.leave();
  }
}

async function main(): Promise<void> {
  const [name] = command.parse().args;
  const { seed, minutes, list } = command.opts<{ seed: string; minutes: string; list?: true }>();
  if (list || name === undefined) {
    for (const drill of DRILLS) say(`${drill.name.padEnd(20)} ${drill.about}`);
    return;
  }
  const chosen = name === 'all' ? DRILLS : DRILLS.filter((drill) => drill.name === name);
  if (chosen.length === 0) throw new SetUpFailure(`There is no drill ${name}; \`npm run drill -- --list\` names them.`);
  if (!(Number(minutes) > 0)) throw new SetUpFailure(`--minutes: ${minutes} is no length of a day`);
  for (const drill of chosen) {
    say(`\n== ${drill.name}: ${drill.about}`);
    const result = await run(drill, seed, Number(minutes));
    keepResult(result, DRILLS);
    say(result.wrong.length === 0 ? `${drill.name} passed` : `${drill.name} FAILED: ${result.wrong.join('; ')}`);
    if (result.wrong.length === 0) rmSync(join(CLONE_DIR, 'drills', drill.name), { recursive: true, force: true });
    else process.exitCode = 1;
  }
}

try {
  await main();
} catch (error) {
  failSetUp(error);
}
