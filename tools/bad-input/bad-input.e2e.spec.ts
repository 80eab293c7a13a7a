/**
 * Bad input at every door of the running system: what is answered, that nothing is half-done, and that the next good one
 * goes through. In the end every order that was taken is closed and all invariants hold.
 */
import { jest } from '@jest/globals';
import { verdictOf } from '../start/run.ts';
import { courses, LARGEST, largestOrder } from './test/courses.ts';
import { orderFiles } from './test/files.ts';
import { messagesOfNobody } from './test/messages.ts';
import { ordersAtTheDoor } from './test/orders.ts';
import { whoMayAsk } from './test/requests.ts';
import { webhooks } from './test/webhooks.ts';
import { World } from './test/world.ts';

const START_MS = 120_000;
jest.setTimeout(60_000);

let opened: World;
const world = () => opened;

beforeAll(async () => {
  opened = await World.open();
  // It has the longest way: it is on it while everything else is tried.
  const answer = await opened.submit(largestOrder());
  if (answer.status !== 201) throw new Error(`the largest order was answered ${answer.status}: ${answer.text}`);
  opened.taken.add(LARGEST);
}, START_MS);
afterAll(() => opened?.close(), START_MS);

ordersAtTheDoor(world);
whoMayAsk(world);
orderFiles(world);
webhooks(world);
messagesOfNobody(world);
courses(world);

describe('when all is tried', () => {
  it('every order that was taken is closed or cancelled, and there is no other', async () => {
    const { taken, cancelled } = world();
    for (const orderNo of taken) await world().reaches(orderNo, 'closed');
    expect(await world().allOrders()).toEqual([...taken, ...cancelled].toSorted());
  });

  it('every invariant holds', async () => {
    const { fleet } = world().platform;
    const verdicts = await verdictOf(world().platform);
    expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
    expect(fleet.deaths()).toEqual([]);
  });
});
