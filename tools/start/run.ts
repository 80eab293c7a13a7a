/** `npm start` from the options to the exit code. */
import { rmSync } from 'node:fs';
import type { Say } from '../setup/failure.ts';
import { until } from '../stack/until.ts';
import { sizeOfBooks } from './books.ts';
import { endRun, playDay, victimsOf, type DayPlan, type DayResult } from './day.ts';
import { handOutForDay, handOutForFile, type Handout } from './hand-in.ts';
import { Refused } from './http.ts';
import { dayUploads, layoutOf, nameOf, remaining, uploadsOf, type Upload } from './input.ts';
import type { Victim } from './drill.ts';
import type { StartOptions } from './options.ts';
import { logsIn, type Platform } from './platform.ts';
import type { Pace } from './pace.ts';
import { dayToPlay, hashOf, readRun, sameInput, seedCounted, writeRun } from './record.ts';
import type { InputIdentity, RunRecord } from './record.ts';
import { reportOf, writeReport, type Invariant, type Report } from './report.ts';
import type { Screen } from './screen.ts';
import { guide, processTable, summaryTable, verdictLines, type Example } from './summary.ts';
import { checkAll } from './verdict.ts';

export interface RunContext {
  readonly platform: Platform;
  readonly options: StartOptions;
  readonly screen: Screen;
  readonly say: Say;
  readonly setupSeconds: number;
  readonly readySeconds: number;
  readonly signal: AbortSignal;
  /** who is struck while the day runs, instead of what the options say */
  readonly victims?: readonly Victim[];
}

/** A service that does not come to it by then never will; the wait would otherwise have no end. */
const HEARD_MS = 180_000;

/** Nothing is broken and nothing is stuck. */
export type Healthy = boolean;

export async function runDay(context: RunContext): Promise<Healthy> {
  const { platform, options, screen, say } = context;
  const startedAt = new Date();
  // An old report must not be taken for this run's.
  if (options.report) rmSync(options.report, { force: true });
  const plan = await prepare(context);
  const result = await playDay(plan);
  screen.done();
  const report = await judgeDay(context, result, new Date(plan.record.startedAt ?? startedAt));
  if (options.report) writeReport(options.report, report);
  endRun(platform.dir);
  say('');
  say(summaryTable(report));
  say(processTable(report));
  for (const line of verdictLines(report)) say(line);
  if (result.refused) say(`Refused: ${result.refused}.`);
  for (const line of result.stuck) say(`Stuck: ${line}.`);
  for (const { name, deaths } of platform.fleet.deaths()) {
    say(`${name} died ${deaths} times without being asked; ${logsIn(platform.dir)}/${name}.log says why.`);
  }
  if (options.report) say(`Report: ${options.report}`);
  say(`Books: ${await sizeOfBooks(platform.dir)} in ${platform.dir}/data (\`npm run stack -- --wipe\` deletes them)`);
  if (!options.once) {
    say('');
    say(guide(platform.fleet.urls, await exampleOf(context)));
  }
  return report.invariants.every(({ holds }) => holds) && result.stuck.length === 0 && !result.refused;
}

async function judgeDay(context: RunContext, result: DayResult, since: Date): Promise<Report> {
  const { platform, setupSeconds, readySeconds } = context;
  const invariants = await verdictOf(platform);
  return reportOf({
    standing: result.standing,
    invariants,
    seconds: { setup: setupSeconds, ready: readySeconds, drained: result.seconds },
    processes: result.processes,
    deadLetters: await platform.databases.deadLetters(since),
  });
}

/** The checker's verdict on everything that the system and its outside hold. */
export const verdictOf = async ({ stack, services, fleet, clocks }: Platform): Promise<readonly Invariant[]> =>
  checkAll({
    natsUrl: stack.nats.url,
    mongoUrls: Object.fromEntries(services.map((name) => [name, stack.mongo.url(name)])),
    erpUrl: fleet.urls.outside.erp,
    wmsUrl: fleet.urls.outside.wms,
    clocks,
  });

/** Reads the input, lets the sandbox give out what it needs, and waits until every service has heard of that. */
async function prepare(context: RunContext): Promise<DayPlan> {
  const { platform, options, screen, say, signal } = context;
  const last = readRun(platform.dir);
  const identity: InputIdentity = options.orders
    ? { kind: 'file', hash: await hashOf(options.orders) }
    : dayToPlay({ seed: options.seed, size: options.size, today: today() }, last);
  const resumed = last && !last.ended && sameInput(last.input, identity) ? last : undefined;
  const record: RunRecord = resumed ?? {
    input: identity,
    batchId: null,
    startedAt: new Date().toISOString(),
    pace: options.pace,
    jobs: {},
    handedIn: false,
    ended: false,
    lastSeed: seedCounted(identity, last),
  };
  if (resumed) say('taking up again what was interrupted');
  else writeRun(platform.dir, record);
  const input = options.orders
    ? await fileInput(context, options.orders, record.pace)
    : await dayInput(context, identity, record.pace);
  const uploads = resumed ? remaining(input.uploads, record.jobs, options.pace) : input.uploads;
  await masterDataHeard(platform, signal);
  const victims = context.victims ?? victimsOf(platform, options, say);
  return { platform, screen, record, uploads, handout: input.handout, victims, signal };
}

interface Input {
  readonly uploads: readonly Upload[];
  readonly handout: Handout | undefined;
}

async function fileInput({ platform, options, say, signal }: RunContext, file: string, pace: Pace): Promise<Input> {
  const layout = await layoutOf(file);
  const uploads = await uploadsOf(file, layout, pace);
  const [whole] = await uploadsOf(file, layout, { kind: 'max' });
  say(`the sandbox ERP gives out the master data and the stock that ${nameOf(file)} needs`);
  const erp = platform.fleet.urls.outside.erp;
  const handout = await handOutForFile(erp, whole as Upload, options.stock ?? 'ample', signal).catch(
    (error: unknown) => {
      // A file that the ERP can't read is handed in all the same: our service is the one to say what is wrong.
      if (!(error instanceof Refused) || error.status >= 500) throw error;
      say(error.message);
      return undefined;
    },
  );
  return { uploads, handout };
}

async function dayInput(context: RunContext, day: InputIdentity, pace: Pace): Promise<Input> {
  const { platform, options, say, signal } = context;
  if (day.kind !== 'day') throw new Error('no day');
  const { seed, date, size } = day;
  const query = new URLSearchParams({ seed, date, ...(size === null ? {} : { orders: String(size) }) });
  say(`the sandbox ERP gives out the master data and the stock of the generated day (seed ${seed}, ${date})`);
  const erp = platform.fleet.urls.outside.erp;
  const handout = await handOutForDay(erp, query, options.stock ?? 'short', signal);
  const lines = await fetch(`${erp}/day?${query}`, { signal }).then((answer) => answer.text());
  return { uploads: dayUploads(`day-${date}-${seed}`, lines, pace), handout };
}

/** Master data and opening stock travel as messages: an order that overtook them would be refused. */
export async function masterDataHeard({ broker }: Platform, signal: AbortSignal): Promise<void> {
  let quiet = 0;
  const check = async (): Promise<boolean> => {
    const { pending, unacknowledged } = await broker.lag();
    quiet = pending + unacknowledged === 0 ? quiet + 1 : 0;
    return quiet === 2;
  };
  const giveUp = (): string | undefined => (signal.aborted ? 'interrupted' : undefined);
  await until({ what: 'the services to hear the master data', deadlineMs: HEARD_MS, check, giveUp });
}

const today = (): string => new Date().toISOString().slice(0, 10);

interface OrderView {
  readonly lines: readonly { readonly item: string; readonly kind: string }[];
}

/** A real order and a real item for the examples; without one they say what stands there. */
async function exampleOf({ platform }: RunContext): Promise<Example> {
  const url = platform.fleet.urls.services['order-orchestration'];
  const get = <T>(path: string) => platform.api.call<T>(`${url}/v1/orders${path}`, { patienceMs: 0 });
  try {
    const batch = readRun(platform.dir)?.batchId ?? '';
    const { orders } = await get<{ orders: readonly { orderNo: string }[] }>(`?batch=${batch}&limit=1`);
    const orderNo = orders[0]?.orderNo;
    if (orderNo === undefined) return {};
    const { lines } = await get<OrderView>(`/${encodeURIComponent(orderNo)}`);
    const item = lines.find(({ kind }) => kind === 'goods')?.item;
    return { orderNo, ...(item ? { item } : {}) };
  } catch {
    return {};
  }
}
