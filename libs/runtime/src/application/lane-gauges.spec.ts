import type { Lane } from '../road/lane.js';
import { CommitTimes } from './lane-gauges.js';

const lane = (committed: number, published: number) => ({ id: 'orders:0of1', committed, published, parked: 0 }) as Lane;

describe('how a lane stands', () => {
  const times = new CommitTimes();
  for (let at = 1; at <= 300; at++) times.note('orders:0of1', at);

  it.each([
    ['nothing waits', 300, { unpublished: 0, outboxAgeMs: 0 }],
    ['two commits wait', 298, { unpublished: 2, outboxAgeMs: 1_000 - 299 }],
    [
      'more wait than are known: at least as long as the oldest that is',
      0,
      { unpublished: 300, outboxAgeMs: 1_000 - 45 },
    ],
  ])('tells since when it has not published: %s', (_what, published, expected) => {
    expect(times.gauge(lane(300, published), 1_000)).toMatchObject(expected);
  });
  it('knows no age of a lane that it has seen commit nothing', () => {
    expect(new CommitTimes().gauge(lane(3, 1), 1_000)).toMatchObject({ unpublished: 2, outboxAgeMs: 0 });
  });
});
