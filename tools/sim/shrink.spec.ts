import { commandOf, type Cut } from './cut.ts';
import { shrink } from './shrink.ts';

const keeps = ({ only }: Cut, ...places: number[]): boolean => !only || places.every((place) => only.includes(place));

describe('a failure is shrunk', () => {
  it('to the actions that it takes', async () => {
    const cut = await shrink(20, async (tried) => keeps(tried, 3, 17));
    expect(cut.only).toEqual([3, 17]);
  });
  it('and to the noise that it takes', async () => {
    const cut = await shrink(4, async (tried) => !tried.without.includes('outside') && keeps(tried, 1));
    expect(cut.without).not.toContain('outside');
    expect(cut.without).toContain('chances');
    expect(cut.only).toEqual([1]);
  });
  it('to nothing, when nothing is needed', async () => {
    expect((await shrink(5, async () => true)).only).toEqual([]);
  });
  it('within a number of tries', async () => {
    let tries = 0;
    await shrink(1_000, async () => ++tries < 0, 50);
    expect(tries).toBeLessThanOrEqual(50);
  });
  it('is told as one command', () => {
    expect(commandOf(7, { only: [1, 4], without: ['night'] })).toBe(
      'npm run sim -- --seed 7 --seeds 1 --only 1,4 --without night',
    );
    expect(commandOf(7, { only: [], without: [] })).toBe('npm run sim -- --seed 7 --seeds 1 --only none');
  });
});
