import { Drill, pointsFor, shareDone } from './drill.ts';
import { aStanding, upTo } from './standing.builders.ts';

const aDrill = (names: readonly string[]) => {
  const struck: string[] = [];
  const back: (() => void)[] = [];
  const points = pointsFor(names.length);
  const victims = names.map((name, nth) => ({
    name,
    at: points[nth] ?? 0,
    deed: 'killed',
    strike: () => {
      struck.push(name);
      return new Promise<void>((resolve) => back.push(resolve));
    },
  }));
  const drill = new Drill({ victims, say: () => {} });
  const comeBack = async () => {
    back.shift()?.();
    await new Promise(setImmediate);
  };
  return { drill, struck, comeBack };
};

describe('the drill', () => {
  it('spreads its points over the day', () => {
    expect(pointsFor(6).map((point) => Math.round(point * 100))).toEqual([8, 24, 40, 56, 72, 88]);
  });

  it('measures the day by what its orders went through, not by time', () => {
    expect(shareDone(aStanding({ progress: upTo('shipped', 10) }))).toBe(0.5);
    expect(shareDone(aStanding({ progress: upTo('closed', 10) }), 20)).toBe(0.5);
    expect(shareDone({ documents: { ...aStanding().documents, orders: 0 }, progress: upTo('closed', 0) })).toBe(0);
  });

  it('strikes one at a time and waits until it is back', async () => {
    const { drill, struck, comeBack } = aDrill(['orders', 'inventory']);
    drill.at(0.05);
    expect(struck).toEqual([]);
    drill.at(0.1);
    drill.at(0.95);
    expect(struck).toEqual(['orders']);
    await comeBack();
    drill.at(0.95);
    expect(struck).toEqual(['orders', 'inventory']);
    expect(drill.over).toBe(false);
    await comeBack();
    expect(drill.over).toBe(true);
  });

  it('strikes all of them however short the day is', async () => {
    const { drill, struck, comeBack } = aDrill(['orders', 'inventory', 'nats-server']);
    for (let look = 0; look < 3; look++) {
      drill.at(0.1, true);
      await comeBack();
    }
    expect(struck).toHaveLength(3);
    expect(drill.over).toBe(true);
  });

  it('tells what does not come back', async () => {
    const strike = () => Promise.reject(new Error('mongod did not come up'));
    const drill = new Drill({ victims: [{ name: 'mongod', at: 0, deed: 'killed', strike }], say: () => {} });
    drill.at(0.5);
    await new Promise(setImmediate);
    expect(() => drill.check()).toThrow('mongod did not come up');
  });
});
