/** Workers that play seeds, one per core; each may have a bug planted in what it loads. */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../stack/files.ts';
import type { Patch } from './load/patch.ts';
import type { Order, Played, Shrunk } from './worker.ts';

type Answer = Played | Shrunk | { readonly kind: 'ready' } | { readonly kind: 'broken'; readonly text: string };

/** Compiled code of libraries: a worker is up in half the time. */
const CACHE = join(ROOT, 'node_modules', '.cache', 'crossdock-sim');

export class Worker {
  readonly #child: ChildProcess;
  #heard: ((answer: Answer) => void) | undefined;
  #broke: ((error: Error) => void) | undefined;
  #complaint = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.on(
      'data',
      (text: Buffer) => (this.#complaint = `${this.#complaint}${text.toString()}`.slice(-4_000)),
    );
    child.on('message', (answer: Answer) => {
      if (answer.kind === 'broken') this.#broke?.(new Error(answer.text));
      else this.#heard?.(answer);
    });
    child.on('exit', (code) => this.#broke?.(new Error(`a worker ended with ${code}: ${this.#complaint}`)));
  }

  static async start(patches: readonly Patch[] = []): Promise<Worker> {
    const child = fork(join(import.meta.dirname, 'worker.ts'), [], {
      execArgv: [
        '--no-warnings',
        '-C',
        '@crossdock/source',
        '--import',
        join(import.meta.dirname, 'load', 'register.ts'),
      ],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        NODE_COMPILE_CACHE: CACHE,
        CROSSDOCK_SIM_PATCH: JSON.stringify(patches),
      },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const worker = new Worker(child);
    await worker.#next();
    return worker;
  }

  #next(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#heard = resolve;
      this.#broke = reject;
    });
  }
  async #ask(order: Order): Promise<Answer> {
    const answer = this.#next();
    this.#child.send(order);
    return answer;
  }
  async play(order: Omit<Extract<Order, { kind: 'play' }>, 'kind'>): Promise<Played> {
    return (await this.#ask({ kind: 'play', ...order })) as Played;
  }
  async shrink(seed: number): Promise<Shrunk> {
    return (await this.#ask({ kind: 'shrink', seed })) as Shrunk;
  }
  stop(): void {
    this.#broke = undefined;
    this.#child.kill('SIGKILL');
  }
}
