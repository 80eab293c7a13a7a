/** Processes that play batches. One that dies or hangs is a finding: its batch is played again run by run to find which. */
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { forkOnSources, type Forked } from '../sim/load/fork.ts';
import type { Patch } from '../sim/load/patch.ts';
import type { Asked, Made, Order, Played, Told } from './worker.ts';

/** No batch takes longer than this, on however busy a machine. */
export const HANG_MS = 600_000;
/** It died or hung over what it was given. */
export class Lost extends Error {}

export class Crew {
  private readonly child: ChildProcess;
  private heard: ((told: Told) => void) | undefined;
  private broke: ((error: Error) => void) | undefined;

  private constructor({ child, complaint }: Forked) {
    this.child = child;
    child.on('message', (told: Told) => this.heard?.(told));
    child.on('exit', (code, signal) => this.broke?.(new Lost(`its process ended (${signal ?? code}): ${complaint()}`)));
  }

  /** `patches`: bugs that are planted to see that they are found */
  static async start(patches: readonly Patch[] = []): Promise<Crew> {
    const crew = new Crew(forkOnSources(join(import.meta.dirname, 'worker.ts'), patches, ['--max-semi-space-size=64']));
    await crew.next();
    return crew;
  }

  private next(): Promise<Told> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.stop();
        reject(new Lost(`hung for ${HANG_MS / 1000} s`));
      }, HANG_MS);
      const over = <T>(settle: (given: T) => void) => {
        return (given: T): void => {
          clearTimeout(late);
          settle(given);
        };
      };
      this.heard = over(resolve);
      this.broke = over(reject);
    });
  }
  /** Throws `Lost` when the process died or hung; it is gone then. */
  async play(order: Order): Promise<Played> {
    const answer = await this.ask({ play: order });
    if ('played' in answer) return answer.played;
    throw new Error('broken' in answer ? answer.broken : 'it answered something else');
  }
  /** The documents of these runs, which nobody has seen yet. */
  async make(order: Order): Promise<Made> {
    const answer = await this.ask({ make: order });
    if ('made' in answer) return answer.made;
    throw new Error('broken' in answer ? answer.broken : 'it answered something else');
  }
  private ask(asked: Asked): Promise<Told> {
    const told = this.next();
    this.child.send(asked);
    return told;
  }
  stop(): void {
    this.broke = undefined;
    this.child.kill('SIGKILL');
  }
}
