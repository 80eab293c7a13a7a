import { Inbox } from './inbox.js';
import type { LaneContext } from './lane-context.js';
import type { StoredAnswer } from './ports.js';

const world = (...known: readonly string[]) => {
  let now = 1_000;
  const asked: string[] = [];
  const store = {
    handled: (causes: readonly string[]): Promise<ReadonlyMap<string, StoredAnswer | undefined>> => {
      asked.push(...causes);
      return Promise.resolve(
        new Map(causes.filter((cause) => known.includes(cause)).map((cause) => [cause, undefined])),
      );
    },
  };
  const inbox = new Inbox({ store, clock: { steady: () => now } } as unknown as LaneContext);
  const look = async (...causes: readonly string[]) => {
    asked.length = 0;
    return { handled: [...(await inbox.handled(causes)).keys()], asked: [...asked] };
  };
  return { inbox, look, pass: (ms: number) => (now += ms) };
};

describe('the inbox', () => {
  it('looks everything up after a lane was taken', async () => {
    const { look } = world('a');
    expect(await look('a', 'b')).toEqual({ handled: ['a'], asked: ['a', 'b'] });
  });

  it('looks nothing up when no copy has come for a while: the index over causes refuses them', async () => {
    const { look, pass } = world('a');
    pass(10_000);
    expect(await look('a', 'b')).toEqual({ handled: [], asked: [] });
  });

  it('looks everything up for a while after each copy', async () => {
    const { look, pass } = world('copy');
    pass(9_999);
    expect(await look('copy')).toEqual({ handled: ['copy'], asked: ['copy'] });
    pass(9_999);
    expect((await look('a')).asked).toEqual(['a']);
    pass(1);
    expect((await look('a')).asked).toEqual([]);
  });

  it('looks everything up for a while after an error', async () => {
    const { inbox, look, pass } = world();
    pass(10_000);
    inbox.doubt();
    expect((await look('a')).asked).toEqual(['a']);
  });
});
