/** Australia Post, StarTrack: statuses of an item; its events have words alone. */
import { ENGLISH } from '../english.js';
import type { CarrierTable } from '../table.js';

export const table: CarrierTable = {
  carrier: 'australia-post',
  version: '2026-11-21.2',
  author: '@crossdock/shipments',
  validFrom: '1990-01-01',
  example: { sent: '"status": "Delivered"', code: 'Delivered', milestone: 'DELIVERED' },
  codeSets: [
    {
      name: 'status',
      source: 'Australia Post Shipping and Tracking API, Track Items: status',
      codes: {
        Created: 'The shipment was created',
        Sealed: 'The shipment was sealed for an order',
        Initiated: 'Manifested, waiting to be lodged',
        'In transit': 'In transit',
        'On Board for Delivery': 'On board for delivery',
        'Awaiting collection': 'Awaiting collection',
        'Ready for Pickup': 'Ready for pickup',
        Delivered: 'Delivered',
        'Delivered in Full': 'Delivered in full',
        'To be Re-Delivered': 'To be delivered again',
        'Possible delay': 'Possible delay',
        'Held by courier': 'Held by courier',
        'Unsuccessful Delivery': 'Unsuccessful delivery',
        'Cannot be delivered': 'Cannot be delivered',
        'Article damaged': 'Article damaged',
        Cancelled: 'Cancelled',
        Unknown: 'No status',
        'Track items for detailed delivery information': 'The consignment has items of different statuses',
      },
    },
  ],
  rows: [
    { milestone: 'PRE_TRANSIT', codes: ['Created', 'Sealed', 'Initiated'] },
    { milestone: 'IN_TRANSIT', codes: ['In transit'] },
    { milestone: 'OUT_FOR_DELIVERY', codes: ['On Board for Delivery'] },
    { milestone: 'AVAILABLE_FOR_PICKUP', codes: ['Awaiting collection', 'Ready for Pickup'] },
    { milestone: 'DELIVERED', codes: ['Delivered', 'Delivered in Full'] },
    { milestone: 'DELAYED', reason: 'carrier', codes: ['Possible delay', 'To be Re-Delivered'] },
    { milestone: 'ON_HOLD', reason: 'carrier', codes: ['Held by courier'] },
    { milestone: 'DELIVERY_FAILED', reason: 'consignee', codes: ['Unsuccessful Delivery', 'Cannot be delivered'] },
    { milestone: 'EXCEPTION', reason: 'carrier', codes: ['Article damaged'] },
    { milestone: 'CANCELLED', reason: 'shipper', codes: ['Cancelled'] },
    { milestone: 'UNKNOWN', codes: ['Unknown', 'Track items for detailed delivery information'] },
  ],
  texts: ENGLISH,
};
