/** What people at the nodes want of stock: receipts, counts, adjustments, losses, transfers, claims given over. */
import { derivedId } from '@crossdock/kernel';
import type { Wish } from './callers.ts';
import { CHANNEL, orderIdOf } from './numbers.ts';
import type { Wanted } from './plan.ts';
import { INVENTORY } from './services.ts';
import { atInventory, atOrders, document } from './wishes.ts';
import type { World } from './world.ts';

type Stock = Exclude<Extract<Wanted, { node: string; quantity: number }>, { kind: 'partner receipt' }>;
export const stockDocument = (world: World, { kind, tenant, no, node, item, quantity }: Stock): Wish => {
  const at = world.now;
  const body = { documentNo: no, node, occurredAt: at, correlationId: `stock-${no}`, lines: [{ item, quantity }] };
  const key = `${kind} ${node} ${no}`;
  switch (kind) {
    case 'receipt':
      return atInventory(tenant, 'POST /v1/receipts', key, body, (running, caller) =>
        running.opens('DocumentsController').receipt(body, undefined, caller),
      );
    case 'broken receipt': {
      const broken = { ...body, lines: [{ item, quantity: -1 }] };
      return atInventory(tenant, 'POST /v1/receipts', key, broken, (running, caller) =>
        running.opens('DocumentsController').receipt(broken, undefined, caller),
      );
    }
    case 'count':
      return atInventory(tenant, 'POST /v1/counts', key, body, (running, caller) =>
        running.opens('DocumentsController').count(body, undefined, caller),
      );
    case 'adjustment': {
      const adjusted = { ...body, reason: 'found' };
      return atInventory(tenant, 'POST /v1/adjustments', key, adjusted, (running, caller) =>
        running.opens('DocumentsController').adjust(adjusted, undefined, caller),
      );
    }
    case 'shop adjustment': {
      const data = {
        adjustmentId: orderIdOf(tenant, no),
        channel: CHANNEL,
        documentNo: no,
        contentHash: derivedId(item, quantity),
        adjustmentDate: world.now.slice(0, 10),
        node,
        reason: 'lost',
        lines: [{ lineNo: 1, item, quantity: String(quantity) }],
      };
      return atOrders(tenant, 'POST file', key, data, document('orders.cmd.submit-adjustment', data));
    }
  }
};

export const transfer = async (
  world: World,
  { tenant, no, item, quantity, inParts }: Extract<Wanted, { kind: 'transfer' }>,
) => {
  const from = { documentNo: no, node: 'DC1', occurredAt: world.now, correlationId: `transfer-${no}` };
  const body = { ...from, toNode: 'DC2', lines: [{ item, quantity }] };
  const shipped = await world.callers.ask(
    atInventory(tenant, 'POST /v1/transfers', `transfer ${no}`, body, (running, caller) =>
      running.opens('TransfersController').ship(body, undefined, caller),
    ),
  );
  if (shipped.status >= 400) return;
  const { transferId } = shipped.body as { transferId: string };
  const parts = inParts && quantity > 1 ? [1, quantity - 1] : [quantity];
  for (const [nth, part] of parts.entries()) {
    await world.clock.wait(world.random.below(500));
    const arrival = {
      occurredAt: world.now,
      correlationId: `transfer-${no}`,
      ...(parts.length > 1 ? { receiptNo: `${no}-${nth}` } : {}),
      lines: [{ item, quantity: part }],
    };
    await world.callers.ask({
      ...atInventory(tenant, `POST /v1/transfers/${transferId}`, `arrival ${no}-${nth}`, arrival, (running, caller) =>
        running.opens('TransfersController').complete(transferId, arrival, undefined, caller),
      ),
      later: ['transfer-unknown'],
    });
  }
};

export const claimGivenOver = (
  world: World,
  { tenant, no, item, from, to, quantity }: Extract<Wanted, { kind: 'claim given over' }>,
): Wish => {
  const body = {
    documentNo: no,
    node: item === 'CUP' ? 'DC2' : 'DC1',
    correlationId: `claim-${no}`,
    occurredAt: world.now,
    item,
    fromOrderId: orderIdOf(tenant, from),
    toOrderId: orderIdOf(tenant, to),
    quantity,
    reason: 'more urgent',
  };
  return atInventory(tenant, 'POST /v1/claims/transfers', `claim ${no}`, body, (running, caller) =>
    running.opens('DocumentsController').transferClaim(body, undefined, caller),
  );
};

/**
 * What somebody finds broken: a share of what lies there. What is allocated may have left the shelf: it is lost only in a
 * deep loss, where the books lose what the warehouse picks all the same.
 */
export const loss = (
  world: World,
  { tenant, no, node, item, share, deep }: Extract<Wanted, { kind: 'loss' }>,
): Wish | undefined => {
  const row = world.stores[INVENTORY].states.get(`position/${tenant}|${node}/${item}`);
  const { sellable = 0, allocated = 0 } = (row?.s ?? {}) as { sellable?: number; allocated?: number };
  const quantity = -Math.ceil((deep ? sellable : sellable - allocated) * share);
  return quantity < 0 ? stockDocument(world, { kind: 'adjustment', tenant, no, node, item, quantity }) : undefined;
};
