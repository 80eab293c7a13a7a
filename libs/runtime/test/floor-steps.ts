/** Steps that the cases of the road's conformance suite are made of. */
import assert from 'node:assert/strict';
import type { StoredEvent } from '@crossdock/runtime';
import { Deposit, DoorDeposit } from './chain.ts';
import { doorInput, eventOf } from './replica-of.ts';
import type { Floor, Runner } from './road-conformance.ts';

export type Run = (floor: Floor) => Promise<void>;

export const deposits = (key: string, count: number, kind?: string): StoredEvent[] =>
  Array.from({ length: count }, (_, at) => eventOf(Deposit, { key, amount: at + 1, ...(kind ? { kind } : {}) }));
export const counted = (floor: Floor, key: string, count: number): Promise<void> =>
  floor.until(`${count} for ${key}`, async () => ((await floor.tally(key))?.count ?? 0) >= count);
export const exactly = async (floor: Floor, key: string, count: number): Promise<void> => {
  await counted(floor, key, count);
  assert.equal((await floor.tally(key))?.count, count);
};
export const atDoor = (floor: Floor, { road }: Runner, key: string, kind?: string) =>
  floor.over(road.submit({ input: doorInput(DoorDeposit, { key, amount: 1, ...(kind ? { kind } : {}) }) }));
export const ids = (found: readonly { readonly id: string }[]): string[] => [...new Set(found.map(({ id }) => id))];
