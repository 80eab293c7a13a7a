/** What `npm start --` takes, read and checked before anything is started. */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { SetUpFailure } from '../setup/failure.ts';
import { paceOf, type Pace } from './pace.ts';

export const STOCKS = ['ample', 'tight'] as const;
export type Stock = (typeof STOCKS)[number];

export interface StartOptions {
  readonly once: boolean;
  /** absolute path of an order file; undefined: the generated day */
  readonly orders: string | undefined;
  readonly pace: Pace;
  /** undefined: as the input has it, ample for files and a few shortages for the generated day */
  readonly stock: Stock | undefined;
  /** undefined: the first that these books have not seen */
  readonly seed: string | undefined;
  /** orders of the generated day; undefined: about 85 */
  readonly size: number | undefined;
  readonly fresh: boolean;
  readonly kill: boolean;
  readonly wipeBroker: boolean;
  readonly report: string | undefined;
}

interface Given {
  readonly once?: true;
  readonly orders?: string;
  readonly pace?: string;
  readonly stock?: string;
  readonly seed?: string;
  readonly size?: string;
  readonly fresh?: true;
  readonly kill?: true;
  readonly wipeBroker?: true;
  readonly report?: string;
}

const command = (): Command =>
  new Command('npm start --')
    .description('Starts Crossdock and plays a trading day through it, from order to posted invoice.')
    .option('--once', 'stop everything at the end instead of staying up until Ctrl-C')
    .option('--orders <file>', 'an order file instead of the generated day: UCI layout (.csv) or canonical JSON lines')
    .option('--pace <pace>', 'max, realtime or e.g. 600x; the generated day plays in one minute, files at max')
    .option('--stock <stock>', 'ample: all that is needed is there; tight: 60 %, the rest arrives later')
    .option('--seed <seed>', 'of the generated day: up to 12 letters and digits')
    .option('--size <orders>', 'orders of the generated day instead of about 85')
    .option('--fresh', 'empty the books first')
    .option('--kill', 'kill each service in turn, then nats-server, then mongod, while the day runs')
    .option('--wipe-broker', "delete the broker's store half-way through")
    .option('--report <file>', 'write what the day came to as JSON (tools/start/report.schema.json)')
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeErr: () => {} });

/** Undefined: help was asked for and given. */
export function readOptions(argv: readonly string[], cwd = process.cwd()): StartOptions | undefined {
  const program = command();
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new SetUpFailure(`${error.message}\n\n${program.helpInformation()}`);
  }
  return checkedOptions(program.opts<Given>(), cwd);
}

function checkedOptions(given: Given, cwd: string): StartOptions {
  const faults: string[] = [];
  const check = <T>(value: T | undefined, fault: string): T | undefined => {
    if (value === undefined) faults.push(fault);
    return value;
  };
  const orders = given.orders === undefined ? undefined : resolve(cwd, given.orders);
  if (orders && !(existsSync(orders) && statSync(orders).isFile())) faults.push(`--orders: there is no file ${orders}`);
  const standard: Pace = orders ? { kind: 'max' } : { kind: 'within', ms: 60_000 };
  const pace =
    given.pace === undefined
      ? standard
      : check(paceOf(given.pace), `--pace: ${given.pace} is none of max, realtime, or a number with x such as 600x`);
  const stock =
    given.stock === undefined
      ? undefined
      : check(
          STOCKS.find((known) => known === given.stock),
          `--stock: ${given.stock} is neither ample nor tight`,
        );
  if (given.seed !== undefined && !/^[A-Za-z0-9]{1,12}$/.test(given.seed)) {
    faults.push(`--seed: ${given.seed} is not up to 12 letters and digits`);
  }
  const size = given.size === undefined ? undefined : Number(given.size);
  if (size !== undefined && !(Number.isInteger(size) && size >= 1 && size <= 100_000)) {
    faults.push(`--size: ${given.size} is no number of orders (1 to 100000)`);
  }
  if (orders && (given.seed !== undefined || size !== undefined)) {
    faults.push('--seed and --size are for the generated day, --orders is for a file: give one or the other');
  }
  if (faults.length > 0) throw new SetUpFailure(faults.join('\n'));
  return {
    once: given.once === true,
    orders,
    pace: pace ?? standard,
    stock,
    seed: given.seed,
    size,
    fresh: given.fresh === true,
    kill: given.kill === true,
    wipeBroker: given.wipeBroker === true,
    report: given.report === undefined ? undefined : resolve(cwd, given.report),
  };
}
