/** What every refusal owes: an answer that helps, nothing half-done, and the next good one taken. */
import { randomUUID } from 'node:crypto';
import type { Answer, Json, World } from './world.ts';

export interface Expected {
  readonly status: number;
  readonly code: string;
  /** path of the field; left out where the fault is in no field */
  readonly field?: string;
}

/** Problem details with a code, the field and words for a person. */
export const expectProblem = (answer: Answer, { status, code, field }: Expected): void => {
  expect([answer.status, answer.body['code']]).toEqual([status, code]);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body).toMatchObject({
    type: `urn:crossdock:problem:${code}`,
    status,
    title: expect.stringMatching(/\w/),
    detail: expect.stringMatching(/\w/),
    next: expect.stringMatching(/\w/),
    correlationId: answer.headers.get('x-correlation-id'),
  });
  if (field === undefined) return;
  const errors = answer.body['errors'] as readonly Json[];
  expect(errors).toEqual(expect.arrayContaining([expect.objectContaining({ field, text: expect.any(String) })]));
};

/** What a refusal may be heard of: that it was one. */
const REJECTION = 'orders.evt.order-rejected';

/** Sends a bad order in a conversation of its own; gives its answer once everything about it was looked at. */
export const refusedForGood = async (
  world: World,
  order: Json,
  expected: Expected,
  send = (correlationId: string): Promise<Answer> => world.submit(order, { 'x-correlation-id': correlationId }),
): Promise<Answer> => {
  const correlationId = `bad-${randomUUID()}`;
  const account = typeof order['account'] === 'string' ? order['account'] : 'SOUND';
  const before = await world.creditUsed(account);
  const answer = await send(correlationId);
  expectProblem(answer, expected);
  expect(await world.creditUsed(account)).toBe(before);
  await nothingHalfDone(world, correlationId, order['documentNo']);
  return answer;
};

/** No order, no reservation, no event but the rejection; and the next good one goes through. */
export const nothingHalfDone = async (world: World, correlationId: string, documentNo: unknown): Promise<void> => {
  await world.nextGoodOne();
  expect(world.ear.of(correlationId).filter((type) => type !== REJECTION)).toEqual([]);
  const byConversation = await world.get(`/v1/orders?correlationId=${correlationId}`);
  expect(byConversation.body).toEqual({ orders: [] });
  if (typeof documentNo === 'string' && documentNo.trim() !== '')
    expect((await world.get(`/v1/orders/${encodeURIComponent(documentNo)}`)).status).toBe(404);
};
