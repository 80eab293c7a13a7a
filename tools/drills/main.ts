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
import { randomFrom, strikesIn, type Drill, type Scene, type Strike } from './drill.ts';
import { bigOrderDrills } from './faults/big-orders.ts';
import { doorDrills } from './faults/door.ts';
import { laneDrills } from './faults/lanes.ts';
import { linkDrills } from './faults/links.ts';
import { messageDrills } from './faults/messages.ts';
import { outsideDrills } from './faults/outside.ts';
import { processDrills } from './faults/processes.ts';
import { slowDrills } from './faults/slow.ts';
import { storeDrills } from './faults/stores.ts';
import { threeBrokerDrills } from './faults/three-brokers.ts';
import { threeDatabaseDrills } from './faults/three-databases.ts';
import { versionDrills } from './faults/versions.ts';
import { recovered, type Recovery } from './recovery.ts';
import { keepResult, type Result, type Spread } from './results.ts';

const DRILLS: readonly Drill[] = [
  ...processDrills,
  ...storeDrills,
  ...threeBrokerDrills,
  ...threeDatabaseDrills,
  ...linkDrills,
  ...laneDrills,
  ...versionDrills,
  ...slowDrills,
  ...bigOrderDrills,
  ...doorDrills,
  ...messageDrills,
  ...outsideDrills,
];
const ORDERS_A_MINUTE = 40;
const MINUTE_MS = 60_000;

const command = new Command('npm run drill --')
  .argument('[name]', `one of ${DRILLS.map(({ name }) => name).join(', ')}, or all`)
  .option('--seed <seed>', 'of the day and of the strikes', 'drill')
  .option('--minutes <minutes>', 'length of the day', '3')
  .option('--orders <orders>', 'of the day; 40 a minute unless said')
  .option('--list', 'name the drills and end');

interface Options {
  readonly seed: string;
  readonly minutes: string;
  readonly orders?: string;
  readonly list?: true;
}

const screen = openScreen(process.stdout);
const say = (line: string): void => screen.say(line);

/** Strikes spread over the day, each followed by the wait for everybody. */
function victimsOf(strikes: readonly Strike[], scene: Scene, recoveries: Recovery[]): Victim[] {
  const points = pointsFor(strikes.length);
  return strikes.map(({ name, deed, strike, remembers }, nth) => ({
    name,
    deed,
    at: points[nth] ?? 1,
    strike: async () => {
      await scene.platform.usage.look();
      const whole = await remembers?.(scene);
      const struckAt = Date.now();
      await strike(scene);
      recoveries.push(await recovered(scene.platform, struckAt, whole));
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

async function run(drill: Drill, seed: string, minutes: number, orders?: number): Promise<Result> {
  const dir = join(CLONE_DIR, 'drills', drill.name);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const random = randomFrom(`${drill.name} ${seed}`);
  const grounds = await drill.prepare?.(dir, seed);
  const before = variablesNow(grounds?.variables);
  Object.assign(process.env, grounds?.variables);
  let platform: Platform | undefined;
  try {
    platform = await startPlatform(dir, false, say, { onServers: () => undefined, ...grounds });
    return await play(drill, seed, { platform, random, say, minutes }, orders);
  } finally {
    await platform?.stop();
    await grounds?.leave();
    for (const [name, value] of Object.entries(before))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
}

const variablesNow = (names: Readonly<Record<string, string>> = {}): Record<string, string | undefined> =>
  Object.fromEntries(Object.keys(names).map((name) => [name, process.env[name]]));

async function play(drill: Drill, seed: string, scene: Scene, orders?: number): Promise<Result> {
  const { platform, minutes } = scene;
  const file = join(platform.dir, 'report.json');
  const options: StartOptions = {
    once: true,
    orders: await drill.orders?.(platform.dir, minutes),
    pace: { kind: 'within', ms: minutes * MINUTE_MS },
    stock: 'ample',
    seed,
    size: orders ?? Math.max(10, Math.round(minutes * ORDERS_A_MINUTE)),
    fresh: false,
    kill: false,
    wipeBroker: false,
    report: file,
  };
  const recoveries: Recovery[] = [];
  const strikes = drill.strikes(strikesIn(drill, minutes), scene.random);
  const victims = victimsOf(strikes, scene, recoveries);
  const signal = new AbortController().signal;
  const healthy = await runDay({ platform, options, screen, say, setupSeconds: 0, readySeconds: 0, signal, victims });
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  const more = (await drill.after?.(scene)) ?? [];
  return {
    drill: drill.name,
    seed,
    minutes,
    orders: report.documents.orders,
    strikes: strikes.reduce((sum, { blows = 1 }) => sum + blows, 0),
    held: report.invariants.filter(({ holds }) => holds).length,
    checked: report.invariants.length,
    deadLetters: report.deadLetters,
    recovery: spreadOf(recoveries.map(({ all }) => all)),
    sinceStart: spreadOf(recoveries.flatMap(({ sinceStart }) => sinceStart)),
    wrong: [...wrongIn(drill, report, healthy), ...more],
  };
}

const spreadOf = (seconds: readonly number[]): Spread => ({ median: medianOf(seconds), max: Math.max(0, ...seconds) });

async function main(): Promise<void> {
  const [name] = command.parse().args;
  const { seed, minutes, orders, list } = command.opts<Options>();
  if (list || name === undefined) {
    for (const drill of DRILLS) say(`${drill.name.padEnd(20)} ${drill.about}`);
    return;
  }
  const chosen = name === 'all' ? DRILLS : DRILLS.filter((drill) => drill.name === name);
  if (chosen.length === 0) throw new SetUpFailure(`There is no drill ${name}; \`npm run drill -- --list\` names them.`);
  // The sandbox makes its day of it, too.
  if (!/^[A-Za-z0-9]{1,12}$/.test(seed)) throw new SetUpFailure(`--seed: ${seed} is not up to 12 letters and digits`);
  if (!(Number(minutes) > 0)) throw new SetUpFailure(`--minutes: ${minutes} is no length of a day`);
  const size = orders === undefined ? undefined : Number(orders);
  if (size !== undefined && !(Number.isInteger(size) && size > 0))
    throw new SetUpFailure(`--orders: ${orders} is no number of orders`);
  for (const drill of chosen) {
    say(`\n== ${drill.name}: ${drill.about}`);
    const result = await run(drill, seed, Number(minutes), size);
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
