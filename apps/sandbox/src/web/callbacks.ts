/** Callbacks and webhooks of the outside: sent until heard, and doubled or repeated late where a fault says so. */
import { setTimeout as wait } from 'node:timers/promises';
import type { System } from '../config.js';
import { CALLBACK_FAULTS, type Faults } from '../faults/fault.js';
import { post, type Answer } from './call.js';
import { deliver, judgeCallback, type Delivered, type Verdict } from './deliver.js';

export interface Telling {
  readonly system: System;
  readonly url: string;
  readonly body: string;
  /** made for every attempt, so that tokens are fresh; `copy` is 0 for the first, 1 and more for its doubles */
  readonly headers: (copy: number) => Promise<Record<string, string>>;
  readonly room: <T>(task: () => Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
  readonly judge?: (answer: Answer, attempt: number) => Verdict;
}
export interface Told {
  sent: number;
  retried: number;
  copies: number;
  refused: number;
}

const LATE_MS = 2000;
const COPY_TRIES = 5;

export class Callbacks {
  readonly told = new Map<System, Told>();

  constructor(private readonly faults: Faults) {}

  async tell(telling: Telling): Promise<Delivered> {
    const { system, room, signal, judge = judgeCallback } = telling;
    const told = this.countsOf(system);
    const fault = this.faults.strike(system, CALLBACK_FAULTS, new URL(telling.url).pathname);
    const double = fault?.kind === 'duplicate' ? this.copy(telling, told) : undefined;
    const onRetry = () => void (told.retried += 1);
    const delivered = await deliver({ send: () => sendCopy(telling, 0), judge, room, signal, onRetry });
    if (delivered.outcome === 'done') told.sent += 1;
    else told.refused += 1;
    await double;
    if (fault?.kind === 'late') void this.late(telling, told, fault.ms ?? LATE_MS);
    return delivered;
  }

  countsOf(system: System): Told {
    const counts = this.told.get(system) ?? { sent: 0, retried: 0, copies: 0, refused: 0 };
    this.told.set(system, counts);
    return counts;
  }

  private async late(telling: Telling, told: Told, ms: number): Promise<void> {
    await wait(ms, undefined, { signal: telling.signal, ref: false }).catch(() => undefined);
    if (!telling.signal.aborted) await this.copy(telling, told);
  }

  /** A copy that nobody waits for: tried a few times, whatever is answered. */
  private async copy(telling: Telling, told: Told): Promise<void> {
    told.copies += 1;
    const { room, signal } = telling;
    const judge = (answer: Answer, attempt: number): Verdict =>
      answer.status < 500 || attempt >= COPY_TRIES ? 'done' : 'again';
    await deliver({ send: () => sendCopy(telling, told.copies), judge, room, signal }).catch(() => undefined);
  }
}

const sendCopy = async ({ url, body, headers }: Telling, copy: number): Promise<Answer> =>
  post({ url, body, headers: await headers(copy) });
