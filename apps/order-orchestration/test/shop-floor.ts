/** The orders decider in a world of known customers, items, nodes and entities; and one order of 6 TEA and 4 POT on its way. */
import type { CustomerChangedData, EntityChangedData, ItemChangedData, NodeChangedData } from '@crossdock/contracts';
import { scenario, type Scenario } from '@crossdock/testing';
import { accountRef } from '../src/domain/account.js';
import { orderCaseRef } from '../src/domain/course.js';
import { orders } from '../src/domain/decide.js';
import {
  ACCOUNT,
  aCustomer,
  aNode,
  anEntity,
  anItem,
  anOrder,
  erpAnswered,
  NOW,
  orderIdOf,
  stockAllocated,
  stockHeld,
  type Units,
} from '../src/domain/order.builders.js';
import { orderRef, type Order } from '../src/domain/order.js';
import { channelStockRef, customerRef, directoryRef, itemRef } from '../src/domain/reference.js';

export interface World {
  readonly customers?: readonly CustomerChangedData[];
  readonly items?: readonly ItemChangedData[];
  readonly nodes?: readonly NodeChangedData[];
  readonly entities?: readonly EntityChangedData[];
  /** units that the web channel may sell, by item */
  readonly available?: Readonly<Record<string, number>>;
}
export type OrderScenario = Scenario<typeof orders.kinds, typeof orders.reads>;

/** The orders decider in a world of known customers, items, nodes and entities. */
export const shopFloor = (world: World = {}): OrderScenario => {
  const { customers = [aCustomer()], entities = [anEntity()], available = {} } = world;
  const nodes = world.nodes ?? [aNode('DC1'), aNode('DC2'), aNode('DC3')];
  const items = world.items ?? ['TEA', 'POT', 'CUP'].map((item) => anItem(item));
  const floor = scenario(orders) as OrderScenario;
  for (const customer of customers) floor.knowing(customerRef(customer.account), { known: true, ...customer });
  for (const item of items) floor.knowing(itemRef(item.item), { known: true, ...item });
  for (const [item, units] of Object.entries(available))
    floor.knowing(channelStockRef(item), {
      item,
      channels: [{ channel: 'web', available: units, asOf: NOW, version: 1 }],
    });
  return floor.knowing(directoryRef, { nodes, entities });
};

export const ID = orderIdOf('536365');
export const ORDER = orderRef(ID);
export const FULL: readonly Units[] = [
  [1, 'TEA', 6],
  [2, 'POT', 4],
];
export const SHORT: readonly Units[] = [
  [1, 'TEA', 6],
  [2, 'POT', 1, 3],
];
export const order = (floor: OrderScenario): Order => floor.state(ORDER);
export const fulfilment = (floor: OrderScenario, at = 0): string =>
  order(floor).fulfilments[at]?.fulfilmentId ?? 'none';
export const credit = (floor: OrderScenario) =>
  floor.state<{ openOrders: number; receivables: number }>(accountRef(ACCOUNT));
export const caseOf = (reason: Parameters<typeof orderCaseRef>[1]) => orderCaseRef(ID, reason);

export const accepted = (): OrderScenario => shopFloor().given(anOrder(), stockHeld(FULL), erpAnswered());
export const released = (): OrderScenario => {
  const floor = accepted();
  return floor.given(stockAllocated(fulfilment(floor), FULL));
};
export const counters = (floor: OrderScenario, ...names: (keyof Order['counters'])[]) =>
  Object.fromEntries(names.map((name) => [name, [...order(floor).counters[name]]]));
