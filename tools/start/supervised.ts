/** One process that is brought back whenever it dies, until it is told to stop. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, statSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { endProcess } from '../stack/process.ts';

export interface ProcessPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
}
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const LOG_BYTES_MAX = 20 * 1024 * 1024;
const AGAIN_MS = 100;
const AGAIN_MOST_MS = 3_000;
/** One that lived this long has started well: the next death begins a new count. */
const WELL_MS = 10_000;

export class Supervised {
  /** how it is started the next time */
  plan: ProcessPlan;
  /** when its present process was started; 0: never */
  startedAt = 0;
  /** deaths that nobody asked for */
  deaths = 0;
  /** how it ended last, when nobody asked for it */
  lastEnding: Ending | undefined;
  readonly #onChange: () => void;
  #child: ChildProcess | undefined;
  #asked = false;
  #wanted = false;
  #gone: Promise<void> = Promise.resolve();
  #spawning: Promise<void> | undefined;
  #unlucky = 0;

  /** `onChange` is called whenever its process id has changed. */
  constructor(plan: ProcessPlan, onChange: () => void = () => {}) {
    this.plan = plan;
    this.#onChange = onChange;
  }

  get name(): string {
    return this.plan.name;
  }
  /** undefined while it is down */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async start(): Promise<void> {
    this.#wanted = true;
    await this.#spawn();
  }

  /** From its next start on it has these variables besides. */
  equip(variables: Readonly<Record<string, string>>): void {
    this.plan = { ...this.plan, env: { ...this.plan.env, ...variables } };
  }

  /** SIGKILL; resolves when it is gone. It comes back by itself, as after any death. */
  async kill9(): Promise<void> {
    const pid = this.pid;
    if (pid === undefined) return;
    this.#asked = true;
    const gone = this.#gone;
    process.kill(pid, 'SIGKILL');
    await gone;
  }

  /** SIGTERM, and SIGKILL for what does not end within its time. */
  async stop(): Promise<void> {
    this.#wanted = false;
    // One that is just being brought back has no id yet; left alone it would outlive us, and keep us from ending.
    await this.#spawning?.catch(() => undefined);
    const pid = this.pid;
    if (pid === undefined) return;
    this.#asked = true;
    await Promise.all([endProcess(pid, 'SIGTERM'), this.#gone]);
  }

  #spawn(): Promise<void> {
    this.#spawning = this.#spawned().finally(() => (this.#spawning = undefined));
    return this.#spawning;
  }

  async #spawned(): Promise<void> {
    const { command, args, env, logFile } = this.plan;
    const log = openLog(logFile);
    const startedAt = Date.now();
    this.startedAt = startedAt;
    try {
      // A group of its own: Ctrl-C reaches the command only, which ends services before what they stand on.
      const child = spawn(command, args, { detached: true, stdio: ['ignore', log, log], env });
      this.#gone = new Promise((resolve) => child.once('exit', () => resolve()));
      child.once('exit', (code, signal) => this.#ended(child, { code, signal }, Date.now() - startedAt));
      // Before it is waited for: one that ends at once is told apart from one that lives.
      this.#asked = false;
      if (child.pid !== undefined) this.#child = child;
      await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', reject);
      });
      this.#onChange();
    } finally {
      closeSync(log);
    }
  }

  #ended(child: ChildProcess, ending: Ending, livedMs: number): void {
    if (this.#child === child) this.#child = undefined;
    if (this.#asked) this.#unlucky = 0;
    else {
      this.deaths += 1;
      this.lastEnding = ending;
      this.#unlucky = livedMs > WELL_MS ? 1 : this.#unlucky + 1;
    }
    this.#asked = false;
    this.#onChange();
    if (this.#wanted) void this.#again(Math.min(AGAIN_MS * 2 ** this.#unlucky, AGAIN_MOST_MS));
  }

  async #again(waitMs: number): Promise<void> {
    await pause(waitMs);
    if (this.#wanted && !this.#child) await this.#spawn().catch(() => this.#again(AGAIN_MOST_MS));
  }
}

const openLog = (file: string): number => {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > LOG_BYTES_MAX) truncateSync(file);
  return openSync(file, 'a');
};
