import { RateLimit } from './rate.js';

const admitted = (limit: RateLimit, calls: number, nowMs: number) =>
  Array.from({ length: calls }, () => limit.admits(nowMs)).filter(Boolean).length;

describe('a rate limit', () => {
  it('takes a burst of one second, then as many as the time allows', () => {
    const limit = new RateLimit(() => 10);
    expect(admitted(limit, 50, 1000)).toBe(10);
    expect(admitted(limit, 50, 1100)).toBe(1);
    expect(admitted(limit, 50, 5000)).toBe(10);
  });

  it('takes everything when there is none', () => {
    expect(admitted(new RateLimit(() => 0), 1000, 0)).toBe(1000);
  });

  it('can be set while calls come in', () => {
    let perSecond = 0;
    const limit = new RateLimit(() => perSecond);
    expect(admitted(limit, 100, 0)).toBe(100);
    perSecond = 5;
    expect(admitted(limit, 100, 0)).toBe(5);
  });
});
