import type { Clock } from './ports.js';

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  steady: () => performance.now(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal?.addEventListener('abort', end, { once: true });
    }),
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
};

/** To be called often: lets others come in between when they have not for so long. */
export const breathing = (clock: Pick<Clock, 'steady' | 'breathe'>, everyMs: number): (() => Promise<void>) => {
  let last = clock.steady();
  return async () => {
    if (clock.steady() - last < everyMs) return;
    await clock.breathe();
    last = clock.steady();
  };
};
