import { breathing } from './clock.js';

describe('breathing', () => {
  it('lets others come in between once in so many milliseconds, however often it is called', async () => {
    let now = 0;
    const breaths: number[] = [];
    const clock = {
      steady: () => now,
      breathe: () => {
        breaths.push(now);
        // Whoever came in between took long.
        now += 20;
        return Promise.resolve();
      },
    };
    const breathed = breathing(clock, 5);
    for (let count = 0; count < 12; count++) {
      now += 1;
      await breathed();
    }
    expect(breaths).toEqual([5, 30]);
  });
});
