/** Teleship: statuses of a shipment and codes of its events, one set of words. */
import { ENGLISH } from '../english.js';
import type { CarrierTable } from '../table.js';

export const table: CarrierTable = {
  carrier: 'teleship',
  version: '2026-11-21.2',
  author: '@crossdock/shipments',
  validFrom: '1990-01-01',
  example: { sent: '"code": "collected"', code: 'collected', milestone: 'PICKED_UP' },
  codeSets: [
    {
      name: 'status',
      source: 'Teleship API, tracking: status, events.code, as in public integrations of it',
      codes: {
        pending: 'Pending',
        created: 'Created',
        label_created: 'Label created',
        collected: 'Collected from the sender',
        in_hub: 'At a hub',
        in_transit: 'In transit',
        customs_cleared: 'Cleared by customs',
        out_for_delivery: 'Out for delivery',
        delivered: 'Delivered',
        delivery_failed: 'Delivery failed',
        returned: 'Returned',
        cancelled: 'Cancelled',
      },
    },
  ],
  rows: [
    { milestone: 'PRE_TRANSIT', codes: ['pending', 'created', 'label_created'] },
    { milestone: 'PICKED_UP', codes: ['collected'] },
    { milestone: 'IN_TRANSIT', codes: ['in_hub', 'in_transit', 'customs_cleared'] },
    { milestone: 'OUT_FOR_DELIVERY', codes: ['out_for_delivery'] },
    { milestone: 'DELIVERED', codes: ['delivered'] },
    { milestone: 'DELIVERY_FAILED', reason: 'consignee', codes: ['delivery_failed'] },
    { milestone: 'RETURNED', reason: 'other', codes: ['returned'] },
    { milestone: 'CANCELLED', reason: 'shipper', codes: ['cancelled'] },
  ],
  texts: ENGLISH,
};
