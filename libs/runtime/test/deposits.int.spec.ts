/** Inputs of the door that nobody waits for: kept first, then decided by whoever owns their lane. */
import { randomUUID } from 'node:crypto';
import type { DueDocument } from '@crossdock/runtime';
import { eventually } from '@crossdock/testing';
import { DoorDeposit } from './chain.ts';
import { doorInput, type RunningReplica } from './replica-of.ts';
import { Stage } from './stage.ts';

type Due = DueDocument & { _id: string };

describe('what is left at the door', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('deposits');
  }, 60_000);
  afterEach(() => stage.empty(), 20_000);
  afterAll(() => stage?.close(), 30_000);

  const inputFor = (key: string, kind?: string) =>
    doorInput(DoorDeposit, { key, amount: 1, ...(kind ? { kind } : {}) });
  const leave = ({ road }: RunningReplica, input: ReturnType<typeof inputFor>) => road.deposit({ input });
  const waits = (id: string) => stage.rows<Due>('due').findOne({ _id: `counter|${id}` });
  const isOver = (id: string) => eventually('nothing waits', async () => (await waits(id)) === null);

  it('is decided once, however often it comes, at the same time or long after', async () => {
    const a = await stage.startA();
    const key = randomUUID();
    const input = inputFor(key);
    await Promise.all(Array.from({ length: 20 }, () => leave(a, input)));
    await stage.counted(key, 1);
    await isOver(input.id);
    await leave(a, input);
    await isOver(input.id);
    expect((await stage.tally(key))?.count).toBe(1);
    expect(await stage.deposited(key)).toHaveLength(1);
  });

  it('is kept by a process that does not own the lane, and decided by the one that does', async () => {
    await stage.startA();
    const other = await stage.startA();
    expect(other.road.lanes()).toHaveLength(0);
    const key = randomUUID();
    await leave(other, inputFor(key));
    await stage.counted(key, 1);
  });

  it('outlives the process that took it', async () => {
    const first = await stage.startA();
    const inputs = Array.from({ length: 50 }, () => inputFor(randomUUID()));
    await Promise.all(inputs.map((input) => leave(first, input)));
    await first.crash();
    await stage.startA();
    for (const { data } of inputs) await stage.counted((data as { key: string }).key, 1);
    for (const { id } of inputs) await isOver(id);
  });

  it('waits like any other for what it needs, and a copy of it changes nothing', async () => {
    const a = await stage.startA();
    const key = randomUUID();
    const input = inputFor(key, 'waits');
    await leave(a, input);
    await eventually('parked', async () => (await waits(input.id))?.kind === 'parked');
    await leave(a, input);
    await a.road.submit({ input: inputFor(key, 'opens') });
    await stage.counted(key, 2);
    await isOver(input.id);
  });

  it('goes to quarantine when it is refused, and with its very bytes when it could not be read', async () => {
    const a = await stage.startA();
    const refused = inputFor(randomUUID(), 'refused');
    await leave(a, refused);
    expect(await stage.quarantined(refused.id)).toMatchObject({ reason: 'quantity-not-positive', attempts: 0 });
    const input = { ...inputFor('bytes'), data: {} };
    const unread = { reason: 'broken-json', text: 'no JSON', bytes: Buffer.from('{"a'), contentType: 'text/json' };
    await Promise.all([a.road.deposit({ input, unread }), a.road.deposit({ input, unread })]);
    const row = await stage.quarantined(input.id);
    expect(row).toMatchObject({ reason: 'broken-json', text: 'no JSON', headers: { 'content-type': 'text/json' } });
    expect(Buffer.from((row as unknown as { bytes: { buffer: Uint8Array } }).bytes.buffer).toString()).toBe('{"a');
    await isOver(input.id);
    const told = await stage.sent('DEAD_LETTERS', 'deadletters.evt.message-quarantined');
    const ids = told.map(({ data }) => (data as unknown as { messageId: string }).messageId);
    expect(ids.filter((id) => id === input.id || id === refused.id)).toHaveLength(2);
  });
});
