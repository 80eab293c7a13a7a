/** Ways in: what a caller sends, and the controller or the door that it goes to. */
import { findMessage } from '@crossdock/contracts';
import { answerOf, type Caller } from '@crossdock/runtime';
import type { Wish } from './callers.ts';
import type { Running } from './running.ts';
import { INVENTORY, ORDERS, type Tenant } from './services.ts';

export const atOrders = (tenant: Tenant, route: string, key: string, content: unknown, go: Wish['go']): Wish => ({
  service: ORDERS,
  tenant,
  route,
  key,
  content,
  go,
});
export const atInventory = (tenant: Tenant, route: string, key: string, content: unknown, go: Wish['go']): Wish => ({
  ...atOrders(tenant, route, key, content, go),
  service: INVENTORY,
});
/** A document of the door that has no controller of its own on this way in: as files and shops hand it in. */
export const document =
  (type: string, data: unknown): Wish['go'] =>
  async (running: Running, caller: Caller) => {
    const contract = findMessage(type, 1);
    if (!contract) throw new Error(`${type} is not declared`);
    return answerOf(await running.door.submit(contract, data as object, caller));
  };
