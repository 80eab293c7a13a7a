import { setTimeout as pause } from 'node:timers/promises';
import { mergedLatency } from './latency.ts';
import { offer } from './open-loop.ts';

describe('load at a fixed rate', () => {
  it('does not wait for answers, and a stall counts for every request that was due meanwhile', async () => {
    let open = (): void => undefined;
    const opened = new Promise<undefined>((resolve) => (open = () => resolve(undefined)));
    const sentAt: number[] = [];
    const offering = offer({
      rate: 200,
      seconds: 0.1,
      send: async () => {
        sentAt.push(performance.now());
        return opened;
      },
    });
    while (sentAt.length < 20) await pause(1);
    const lastSentAt = performance.now();
    open();
    const { sent, taken, latency } = await offering;
    expect({ sent, taken }).toEqual({ sent: 20, taken: 20 });
    // The first waited at least until the last was sent.
    expect(latency.at(100)).toBeGreaterThanOrEqual(lastSentAt - (sentAt[0] ?? 0) - 1);
  });
  it('counts what was not taken by its reason, and no latency for it', async () => {
    const send = async (n: number) => {
      if (n % 4 === 0) throw new Error('cut');
      return n % 2 === 0 ? '503 busy' : undefined;
    };
    const { taken, refused, latency } = await offer({ rate: 4_000, seconds: 0.005, send });
    expect({ taken, refused, counted: latency.count }).toEqual({
      taken: 10,
      refused: { cut: 5, '503 busy': 5 },
      counted: 10,
    });
  });
});

describe('latencies', () => {
  it('are told at percentiles, also of several runs together', () => {
    const both = mergedLatency([]);
    for (let ms = 1; ms <= 100; ms++) both.record(ms);
    const told = mergedLatency([both]);
    expect(told.count).toBe(100);
    expect(told.at(50)).toBeCloseTo(50, 0);
    expect(told.at(99)).toBeCloseTo(99, 0);
    expect(mergedLatency([]).at(99)).toBeNaN();
  });
});
