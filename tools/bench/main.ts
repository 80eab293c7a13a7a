/** `npm run bench [-- <scenario>...]`: what the product does on this machine, and whether that is enough. */
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { failSetUp } from '../setup/failure.ts';
import { CLONE_DIR } from '../stack/files.ts';
import { Ground } from './ground.ts';
import { endAll } from './held.ts';
import { keepResults, thisMachine, type Results } from './results.ts';
import { SIZES, type Outcome, type Scenario, type SizeName } from './scenario.ts';
import { accept } from './scenarios/accept.ts';
import { acceptedToPosted } from './scenarios/accepted-to-posted.ts';
import { availabilityReads } from './scenarios/availability-reads.ts';
import { burst } from './scenarios/burst.ts';
import { carrierWebhooks, partnerWebhooks } from './scenarios/webhooks.ts';
import { day250k } from './scenarios/day-250k.ts';
import { hotItem } from './scenarios/hot-item.ts';
import { movementToKv } from './scenarios/movement-to-kv.ts';
import { orders600 } from './scenarios/orders-600.ts';
import { peers } from './scenarios/peers.ts';
import { steady } from './scenarios/steady.ts';
import { storedData } from './scenarios/stored-data.ts';
import { tenTimes } from './scenarios/ten-times.ts';
import { translations } from './scenarios/translations.ts';
import { isMet, textOf } from './show.ts';

const SCENARIOS: readonly Scenario[] = [
  acceptedToPosted,
  day250k,
  orders600,
  accept,
  availabilityReads,
  movementToKv,
  hotItem,
  storedData,
  burst,
  carrierWebhooks,
  partnerWebhooks,
  translations,
  tenTimes,
  steady,
  peers,
];
/** Asked to stop, as a shell says it. */
const INTERRUPTED = 130;

type Given = Partial<Record<SizeName, number>> & { readonly tiny?: true; readonly out: string; readonly list?: true };

const positive = (text: string): number => {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('a number above 0 is needed');
  return value;
};
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const command = (): Command => {
  const program = new Command('npm run bench --')
    .argument('[scenario...]', `some of ${SCENARIOS.map(({ name }) => name).join(', ')}; the whole bench when left out`)
    .option('--tiny', 'just enough of each scenario to see that it works; its figures say nothing')
    .option('--out <dir>', 'where results.json and index.html go', join(CLONE_DIR, 'bench'))
    .option('--list', 'name the scenarios and end');
  for (const name of SIZES) program.option(`--${name} <n>`, `${name} of each scenario that has such`, positive);
  return program;
};

/** Absent: the scenario is on demand only, and nobody asked for it. */
const sizeOf = ({ sizes }: Scenario, given: Given, isNamed: boolean): Record<string, number> | undefined => {
  if (!isNamed && !sizes.whole) return undefined;
  const standard = given.tiny ? sizes.tiny : isNamed ? sizes.alone : (sizes.whole ?? sizes.alone);
  const wanted = Object.keys(standard).flatMap((name) => {
    const value = given[name as SizeName];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...standard, ...Object.fromEntries(wanted) };
};

/** Figures of a few orders on code that is not compiled yet are held to nothing. */
const withoutDues = (outcome: Outcome): Outcome => ({
  ...outcome,
  rows: outcome.rows.map(({ what, figure, digits }) => ({ what, figure, digits })),
});

async function main(): Promise<void> {
  const program = command().parse();
  const given = program.opts<Given>();
  if (given.list) {
    for (const { name, about } of SCENARIOS) say(`${name.padEnd(20)} ${about}`);
    return;
  }
  const named = new Set(program.args);
  for (const name of named)
    if (!SCENARIOS.some((scenario) => scenario.name === name)) program.error(`there is no scenario ${name}`);
  const chosen = SCENARIOS.filter(({ name }) => named.size === 0 || named.has(name));
  if (given.tiny) Ground.share();
  const done: Results['scenarios'][number][] = [];
  let isGood = true;
  for (const scenario of chosen) {
    const size = sizeOf(scenario, given, named.size > 0);
    if (!size) continue;
    const { name, about } = scenario;
    say(`\n== ${name}: ${about}`);
    const began = performance.now();
    const measured = await scenario.run(size as Record<SizeName, number>, say);
    const outcome = given.tiny ? withoutDues(measured) : measured;
    done.push({ name, about, size, seconds: (performance.now() - began) / 1000, outcome });
    say(textOf(name, outcome));
    isGood &&= outcome.faults.length === 0 && outcome.rows.every(isMet);
    // After each: what was measured is kept whatever becomes of the rest.
    const results: Results = { version: 1, at: new Date().toISOString(), machine: thisMachine(), scenarios: done };
    const page = keepResults(given.out, results);
    if (scenario === chosen.at(-1)) say(`\nResults: ${page}`);
  }
  await endAll();
  process.exitCode = isGood ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void endAll().finally(() => process.exit(INTERRUPTED)));

await main().catch(async (error: unknown) => {
  await endAll();
  failSetUp(error);
});
