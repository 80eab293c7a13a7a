import { systemClock } from '../road/clock.js';
import type { AskHandler } from './ask.js';
import { Systems } from './system.js';

const handler = {
  system: 'partner',
  outsideOf: ({ partner }: { partner: string }) => partner,
  policy: { deadlineMs: 1_000, concurrency: 1, unansweredAfterMs: 60_000, backoffMs: [1_000, 5_000] },
} as unknown as AskHandler;

describe('an outside that is many', () => {
  it('is left alone one by one: a partner that fails holds up no other', async () => {
    const told: number[] = [];
    const systems = new Systems([handler], systemClock, (_system, open) => told.push(open));
    const call = (partner: string, run: () => Promise<string>): Promise<string> =>
      systems.guardOf(handler, { partner }).policy.execute(run);
    for (let n = 0; n < 5; n++)
      await expect(call('broken', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    await expect(call('broken', () => Promise.resolve('taken'))).rejects.toThrow(/breaker|circuit/i);
    await expect(call('whole', () => Promise.resolve('taken'))).resolves.toBe('taken');
    expect(told).toEqual([1]);
  });
});
