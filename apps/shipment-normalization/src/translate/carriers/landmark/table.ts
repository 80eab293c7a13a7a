/** Landmark Global: event codes. One code has many wordings; the code counts. */
import { ENGLISH } from '../english.js';
import type { CarrierTable } from '../table.js';

export const table: CarrierTable = {
  carrier: 'landmark',
  version: '2026-11-21.2',
  author: '@crossdock/shipments',
  validFrom: '1990-01-01',
  example: { sent: '<EventCode>500</EventCode>', code: '500', milestone: 'DELIVERED' },
  codeSets: [
    {
      name: 'event code',
      source: 'Landmark Global API, Track: EventCode',
      codes: {
        '50': 'Shipment Data Uploaded',
        '60': 'Shipment inventory allocated',
        '75': 'Shipment Processed',
        '80': 'Shipment Fulfilled',
        '90': 'Shipment held for payment',
        '100': 'Shipment information transmitted to carrier',
        '125': 'Customs Cleared',
        '135': 'Customs Issue',
        '150': 'Crossing Border',
        '155': 'Crossing Received',
        '200': 'Item scanned at postal facility',
        '225': 'Item grouped at Landmark or partner facility',
        '250': 'Item scanned for crossing',
        '275': 'Item in transit with carrier',
        '300': 'Item out for delivery',
        '400': 'Attempted delivery',
        '410': 'Item available for pickup',
        '450': 'Item re-directed to new address',
        '500': 'Item successfully delivered',
        '510': 'Proof Of Delivery',
        '900': 'Delivery failed',
      },
    },
  ],
  rows: [
    { milestone: 'PRE_TRANSIT', codes: ['50', '60', '75', '80', '100'] },
    { milestone: 'IN_TRANSIT', codes: ['125', '150', '155', '200', '225', '250', '275'] },
    { milestone: 'OUT_FOR_DELIVERY', codes: ['300'] },
    { milestone: 'AVAILABLE_FOR_PICKUP', codes: ['410'] },
    { milestone: 'DELIVERED', codes: ['500', '510'] },
    { milestone: 'DELAYED', reason: 'consignee', codes: ['450'] },
    { milestone: 'ON_HOLD', reason: 'shipper', codes: ['90'] },
    { milestone: 'ON_HOLD', reason: 'customs', codes: ['135'] },
    { milestone: 'DELIVERY_FAILED', reason: 'consignee', codes: ['400', '900'] },
  ],
  texts: ENGLISH,
};
