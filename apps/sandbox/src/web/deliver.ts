/** Sends a callback until it is answered: retried with growing waits, given up only when refused for good. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './call.js';

export type Verdict = 'done' | 'again' | 'refused';
export interface Delivered {
  readonly outcome: 'done' | 'refused';
  readonly attempts: number;
  readonly answer: Answer;
}
export interface Delivering {
  /** one attempt */
  readonly send: () => Promise<Answer>;
  readonly judge: (answer: Answer, attempt: number) => Verdict;
  /** runs an attempt when there is room for it; waits between attempts take no room */
  readonly room: <T>(task: () => Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
  /** first and longest wait */
  readonly backoffMs?: readonly [number, number];
  readonly onRetry?: () => void;
}

const NEVER_ANSWERED: Answer = { status: 0, body: '' };

export const deliver = async (delivering: Delivering): Promise<Delivered> => {
  const { send, judge, room, signal, backoffMs = [100, 5000], onRetry } = delivering;
  const [first, longest] = backoffMs;
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    const answer = await room(() => send().catch(() => NEVER_ANSWERED));
    const verdict = answer.status === 0 ? 'again' : judge(answer, attempt);
    if (verdict !== 'again') return { outcome: verdict, attempts: attempt, answer };
    onRetry?.();
    const pause = answer.retryAfterMs ?? Math.min(longest, first * 2 ** Math.min(attempt - 1, 20));
    await wait(Math.min(pause, longest), undefined, { signal });
  }
};

const PASSING = new Set([401, 408, 425, 429]);
/** Tries at a 404 or 409: the other side may only be behind, but not for ever. */
const PATIENCE = 30;

/** 2xx is done; what may pass is tried again; any other 4xx is a refusal for good. */
export const judgeCallback = ({ status }: Answer, attempt: number): Verdict => {
  if (status >= 200 && status < 300) return 'done';
  if (status >= 500 || PASSING.has(status)) return 'again';
  if (status === 404 || status === 409) return attempt < PATIENCE ? 'again' : 'refused';
  return 'refused';
};

/** As carriers do it: anything but 2xx is sent again. */
export const judgeWebhook = ({ status }: Answer): Verdict => (status >= 200 && status < 300 ? 'done' : 'again');
