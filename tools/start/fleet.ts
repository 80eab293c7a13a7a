/** All processes of the system as one: started in order, ready when all are, stopped before what they stand on. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpFailure } from '../setup/failure.ts';
import { keepPorts, readJson, writeWhole } from '../stack/files.ts';
import { endProcess, isAlive, isOurs, lastLines } from '../stack/process.ts';
import { until } from '../stack/until.ts';
import { markOf, planOf, SANDBOX, twinName, twinOf, urlAt, urlsOf, type Place, type Urls } from './system.ts';
import { Supervised, type ProcessPlan } from './supervised.ts';
import type { Running } from './usage.ts';

interface FleetRecord {
  readonly holder: number;
  readonly pids: Readonly<Record<string, number>>;
}
const recordFile = (dir: string): string => join(dir, 'run', 'fleet.json');

const READY_MS = 60_000;
/** So many deaths in a row at the start: it will not come up. */
const DEATHS_MOST = 3;

/** Ends what a killed command of this folder left behind. Refuses while another command runs the system. */
export async function inherit(dir: string): Promise<void> {
  const record = readJson<FleetRecord>(recordFile(dir));
  if (!record) return;
  const mark = markOf(dir);
  const left: number[] = [];
  for (const pid of Object.values(record.pids)) if (await isOurs(pid, mark)) left.push(pid);
  if (record.holder !== process.pid && isAlive(record.holder) && left.length > 0) {
    throw new SetUpFailure(
      `\`npm start\` runs here already (process ${record.holder}): stop it first (Ctrl-C there), or use another clone.`,
    );
  }
  await Promise.all(left.map((pid) => endProcess(pid, 'SIGTERM')));
  rmSync(recordFile(dir), { force: true });
}

export class Fleet {
  readonly urls: Urls;
  readonly #place: Place;
  readonly #dir: string;
  #members: readonly Supervised[];
  readonly #twinUrls = new Map<string, string>();
  #stopping = false;

  constructor(place: Place) {
    this.urls = urlsOf(place);
    this.#place = place;
    this.#dir = place.dir;
    this.#members = [SANDBOX, ...place.services].map((name) => this.#supervised(planOf(place, name)));
  }

  #supervised(plan: ProcessPlan): Supervised {
    return new Supervised(plan, () => this.#record());
  }

  /** Starts another replica of a service, with these variables besides; resolves when it takes requests. */
  async twin(name: string, variables: Readonly<Record<string, string>> = {}): Promise<Supervised> {
    const twin = twinName(name);
    const port = (await keepPorts(this.#dir, [twin]))[twin] as number;
    this.#twinUrls.set(twin, urlAt({ [twin]: port }, twin));
    const plan = twinOf(this.#place, name, port);
    const member = this.#supervised({ ...plan, env: { ...plan.env, ...variables } });
    this.#members = [...this.#members.filter((other) => other.name !== twin), member];
    await member.start();
    await this.ready(twin);
    return member;
  }

  get services(): readonly Supervised[] {
    return this.#members.filter(({ name }) => name !== SANDBOX);
  }
  member(name: string): Supervised {
    return this.#members.find((member) => member.name === name) as Supervised;
  }
  running(): readonly Running[] {
    return this.#members.flatMap(({ name, pid }) => (pid === undefined ? [] : [{ name, pid }]));
  }
  /** deaths that nobody asked for, by name */
  deaths(): readonly { readonly name: string; readonly deaths: number }[] {
    return this.#members.filter(({ deaths }) => deaths > 0).map(({ name, deaths }) => ({ name, deaths }));
  }

  async start(): Promise<void> {
    await Promise.all(this.#members.map((member) => member.start()));
    await Promise.all(this.#members.map((member) => this.ready(member.name)));
  }

  /** Resolves when the service takes requests. One that dies again and again is told with its last words. */
  async ready(name: string, deadlineMs = READY_MS): Promise<void> {
    const member = this.member(name);
    const before = member.deaths;
    const hopeless = (): string | undefined => {
      if (this.#stopping) return 'everything is being stopped';
      if (member.deaths === before) return undefined;
      if (member.lastEnding?.code === 2) return 'it can not start';
      return member.deaths - before >= DEATHS_MOST ? `it died ${member.deaths - before} times` : undefined;
    };
    try {
      await until({ what: `${name} to be ready`, deadlineMs, check: () => this.#answers(name), giveUp: hopeless });
    } catch (error) {
      const { logFile } = member.plan;
      const why = error instanceof Error ? error.message : String(error);
      throw new SetUpFailure(`${why}. The last it said (${logFile}):\n${lastLines(logFile, 15)}`, { cause: error });
    }
  }

  async isReady(name: string): Promise<boolean> {
    return this.#answers(name).catch(() => false);
  }

  async #answers(name: string): Promise<boolean> {
    const base = this.#twinUrls.get(name) ?? this.urls.services[name];
    const url = name === SANDBOX ? `${this.urls.outside.tokens}/health/live` : `${base}/health/ready`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.ok;
  }

  /** Ends one for good: a replica that is needed no more. */
  async dismiss(member: Supervised): Promise<void> {
    await member.stop();
    this.#members = this.#members.filter((other) => other !== member);
  }

  /** Services first: the sandbox still answers what they have under way. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.services.map((member) => member.stop()));
    await this.member(SANDBOX).stop();
    if (existsSync(recordFile(this.#dir))) rmSync(recordFile(this.#dir), { force: true });
  }

  #record(): void {
    const pids = Object.fromEntries(this.running().map(({ name, pid }) => [name, pid]));
    const record: FleetRecord = { holder: process.pid, pids };
    writeWhole(recordFile(this.#dir), JSON.stringify(record));
  }
}
