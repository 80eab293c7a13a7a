/** DHL Shipment Tracking - Unified: five status codes for all divisions; the words say more within transit and failure. */
import type { CarrierTable } from '../table.js';

export const table: CarrierTable = {
  carrier: 'dhl-unified',
  version: '2026-11-21',
  author: '@crossdock/shipments',
  validFrom: '1990-01-01',
  example: { sent: '"statusCode": "pre-transit"', code: 'pre-transit', milestone: 'PRE_TRANSIT' },
  codeSets: [
    {
      name: 'status code',
      source: 'DHL Group API Developer Portal, Shipment Tracking - Unified: statusCode',
      codes: {
        'pre-transit': 'The sender has told of the shipment',
        transit: 'The shipment is on its way',
        delivered: 'The shipment has been delivered',
        failure: 'The shipment could not be delivered',
        unknown: 'No status',
      },
    },
  ],
  rows: [
    { milestone: 'PRE_TRANSIT', codes: ['pre-transit'] },
    { milestone: 'IN_TRANSIT', codes: ['transit'] },
    { milestone: 'DELIVERED', codes: ['delivered'] },
    { milestone: 'DELIVERY_FAILED', reason: 'other', codes: ['failure'] },
    { milestone: 'UNKNOWN', codes: ['unknown'] },
  ],
  // Only what refines transit or failure; everything else is for the code to say.
  texts: [
    {
      text: 'loaded onto the delivery vehicle',
      milestone: 'OUT_FOR_DELIVERY',
      example: 'The shipment has been loaded onto the delivery vehicle',
    },
    { text: 'out for delivery', milestone: 'OUT_FOR_DELIVERY', example: 'Out for delivery' },
    { text: 'with delivery courier', milestone: 'OUT_FOR_DELIVERY', example: 'With delivery courier' },
    { text: 'in zustellung', milestone: 'OUT_FOR_DELIVERY', example: 'Die Sendung ist in Zustellung' },
    {
      text: 'zustellfahrzeug geladen',
      milestone: 'OUT_FOR_DELIVERY',
      example: 'Die Sendung wurde in das Zustellfahrzeug geladen',
    },
    {
      text: 'ready for pick',
      milestone: 'AVAILABLE_FOR_PICKUP',
      example: 'The shipment is ready for pick-up at the retail outlet',
    },
    { text: 'available for pick', milestone: 'AVAILABLE_FOR_PICKUP', example: 'Available for pickup' },
    { text: 'awaiting collection', milestone: 'AVAILABLE_FOR_PICKUP', example: 'Shipment is awaiting collection' },
    {
      text: 'returned to',
      milestone: 'RETURNING',
      reason: 'other',
      example: 'The shipment is being returned to the sender',
    },
    { text: 'return to sender', milestone: 'RETURNING', reason: 'other', example: 'Return to sender' },
    { text: 'picked up', milestone: 'PICKED_UP', example: 'Shipment picked up' },
    { text: 'on hold', milestone: 'ON_HOLD', reason: 'other', example: 'Shipment on hold' },
    {
      text: 'customs inspection',
      milestone: 'ON_HOLD',
      reason: 'customs',
      example: 'The shipment is pending completion of customs inspection.',
    },
  ],
};
