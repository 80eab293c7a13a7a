/** Workers that play seeds, one per core; each may have a bug planted in what it loads. */
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { forkOnSources, type Forked } from './load/fork.ts';
import type { Patch } from './load/patch.ts';
import type { Order, Played, Shrunk } from './worker.ts';

type Answer = Played | Shrunk | { readonly kind: 'ready' } | { readonly kind: 'broken'; readonly text: string };

export class Worker {
  readonly #child: ChildProcess;
  #heard: ((answer: Answer) => void) | undefined;
  #broke: ((error: Error) => void) | undefined;

  private constructor({ child, complaint }: Forked) {
    this.#child = child;
    child.on('message', (answer: Answer) => {
      if (answer.kind === 'broken') this.#broke?.(new Error(answer.text));
      else this.#heard?.(answer);
    });
    child.on('exit', (code) => this.#broke?.(new Error(`a worker ended with ${code}: ${complaint()}`)));
  }

  static async start(patches: readonly Patch[] = []): Promise<Worker> {
    const worker = new Worker(forkOnSources(join(import.meta.dirname, 'worker.ts'), patches));
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
