/** Who is asked to ship: the partner that runs the node's warehouse, by document, or else the WMS. */
import { ask, dayOf, say, type Instant, type Output, type Ref, type Touched } from '@crossdock/kernel';
import { RequestFulfilment, SendWarehouseOrder, type FulfilmentData } from '@crossdock/contracts';
import type { KnownFulfilment } from './fulfilment.js';
import { partnerOn, warehousePartnerKind, warehousePartnerRef } from './warehouse-partner.js';

export const REQUEST_READS = { warehousePartner: warehousePartnerKind };
export type RequestReads = Touched<typeof REQUEST_READS>;
export const touchesRequest = ({ node }: Pick<FulfilmentData, 'node'>): readonly Ref[] => [warehousePartnerRef(node)];

/** As the partner of the day of the request; `requests` counts those that go to partners. */
export const askedOf = (
  node: string,
  at: Instant,
  { warehousePartner }: RequestReads,
  requestsBefore = 0,
): Pick<KnownFulfilment, 'partner' | 'requests'> => {
  const partner = partnerOn(warehousePartner(node), dayOf(at));
  return partner === undefined ? {} : { partner, requests: requestsBefore + 1 };
};

export const request = (state: KnownFulfilment): Output => {
  const { fulfilmentId, orderId, account, node, orderNo, customerPo, shipTo, partner, requests = 1 } = state;
  const lines = state.lines.map(({ lineNo, item, released }) => ({ lineNo, item, quantity: released }));
  const wanted = { fulfilmentId, orderId, account, node, orderNo, shipTo, lines };
  if (partner === undefined) return ask(RequestFulfilment, wanted);
  return say(SendWarehouseOrder, { ...wanted, ...(customerPo ? { customerPo } : {}), partner, attempt: requests });
};
