import { Inbox } from './inbox.js';
import type { LaneContext } from './lane-context.js';
import type { Delivery, StoredAnswer } from './ports.js';
import type { Work } from './work.js';

const streamed = (deliveries = 1): Work['from'] => ({ kind: 'stream', delivery: { deliveries } as Delivery });
const door: Work['from'] = { kind: 'door', reply: () => undefined, fail: () => undefined };
const due = { kind: 'due', due: {} } as Work['from'];

const world = () => {
  let now = 1_000;
  const known = new Set<string>();
  const asked: string[] = [];
  const store = {
    handled: (causes: readonly string[]): Promise<ReadonlyMap<string, StoredAnswer | undefined>> => {
      asked.push(...causes);
      return Promise.resolve(new Map(causes.filter((cause) => known.has(cause)).map((cause) => [cause, undefined])));
    },
  };
  const inbox = new Inbox({ store, clock: { steady: () => now } } as unknown as LaneContext);
  const look = async (works: Readonly<Record<string, Work['from']>>) => {
    asked.length = 0;
    const given = new Map(Object.entries(works).map(([cause, from]) => [cause, { cause, from } as Work]));
    return { handled: [...(await inbox.handled(given)).keys()], asked: [...asked] };
  };
  return { inbox, look, known, pass: (ms: number) => (now += ms) };
};

describe('the inbox', () => {
  it('looks everything up after a lane was taken', async () => {
    const { look, known } = world();
    known.add('a');
    expect(await look({ a: streamed(), b: streamed() })).toEqual({ handled: ['a'], asked: ['a', 'b'] });
  });

  it('does not look up what a stream delivers for the first time, when no copy has come for a while', async () => {
    const { look, pass } = world();
    pass(10_000);
    expect(await look({ a: streamed(), b: door, c: due, d: streamed(2) })).toEqual({
      handled: [],
      asked: ['b', 'c', 'd'],
    });
    expect(await look({ a: streamed() })).toEqual({ handled: [], asked: [] });
  });

  it('looks everything up for a while after each copy from a stream, and after an error', async () => {
    const { inbox, look, known, pass } = world();
    known.add('copy');
    pass(9_999);
    expect(await look({ copy: streamed() })).toEqual({ handled: ['copy'], asked: ['copy'] });
    pass(9_999);
    expect((await look({ a: streamed() })).asked).toEqual(['a']);
    pass(1);
    expect((await look({ a: streamed() })).asked).toEqual([]);
    inbox.doubt();
    expect((await look({ a: streamed() })).asked).toEqual(['a']);
  });

  it('takes a caller that asks again for no sign of copies', async () => {
    const { look, known, pass } = world();
    known.add('again');
    pass(10_000);
    expect(await look({ again: door, a: streamed() })).toEqual({ handled: ['again'], asked: ['again'] });
  });
});
