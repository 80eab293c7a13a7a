/** Copies at the door long after the first, when nobody expects any: over the twins, in simulated time. */
import { randomUUID } from 'node:crypto';
import { DoorDeposit } from './chain.ts';
import { floorInMemory } from './floor-in-memory.ts';
import { atDoor } from './floor-steps.ts';
import { doorInput } from './replica-of.ts';
import type { Floor, Runner } from './road-conformance.ts';

interface Calm {
  readonly floor: Floor;
  readonly runner: Runner;
}

/** A caller is answered, then time goes by until nothing is looked up any more. */
const calmAfter = async (first: Parameters<Runner['road']['submit']>[0]): Promise<Calm> => {
  const floor = await floorInMemory();
  const looked: string[] = [];
  const runner = await floor.start((real) => ({
    handled: (causes) => {
      looked.push(...causes);
      return real.handled(causes);
    },
  }));
  await floor.over(runner.road.submit(first));
  await floor.until('nothing is looked up', async () => {
    looked.length = 0;
    await atDoor(floor, runner, randomUUID());
    return looked.length === 0;
  });
  return { floor, runner };
};

describe('a copy at the door that nobody expects', () => {
  const key = randomUUID();
  const input = doorInput(DoorDeposit, { key, amount: 5 });
  /** the state of another key stands so that it would have to wait */
  const waits = { ...doorInput(DoorDeposit, { key: randomUUID(), amount: 5, kind: 'waits' }), id: input.id };

  it('gets the first answer, and acts once', async () => {
    const { floor, runner } = await calmAfter({ input });
    expect(await floor.over(runner.road.submit({ input }))).toEqual({ kind: 'accept', answer: { count: 1 } });
    expect(await floor.tally(key)).toMatchObject({ count: 1, sum: 5 });
  });

  it('gets the first answer also when it would have to wait as things stand now', async () => {
    const { floor, runner } = await calmAfter({ input });
    expect(await floor.over(runner.road.submit({ input: waits }))).toEqual({ kind: 'accept', answer: { count: 1 } });
  });

  it('is told that its key was used when it is another that would have to wait', async () => {
    const { floor, runner } = await calmAfter({ input, bodyHash: 'one' });
    const answer = await floor.over(runner.road.submit({ input: waits, bodyHash: 'two' }));
    expect(answer).toMatchObject({ kind: 'reject', reason: 'key-reused' });
  });
});
