/** GLS: statuses of a parcel, and the first part of an event code (INTIAL.PREADVICE), which names the same steps. */
import { ENGLISH } from '../english.js';
import type { CarrierTable } from '../table.js';

export const table: CarrierTable = {
  carrier: 'gls',
  version: '2026-11-21.2',
  author: '@crossdock/shipments',
  validFrom: '1990-01-01',
  example: { sent: '"code": "INTIAL.PREADVICE"', code: 'INTIAL.PREADVICE', milestone: 'PRE_TRANSIT' },
  codeSets: [
    {
      name: 'status',
      source: 'GLS Group Track And Trace API: parcels.status; GLS track and trace: progressBar.statusInfo',
      codes: {
        PREADVICE: 'The parcel data was entered',
        PLANNEDPICKUP: 'Pickup is planned',
        INPICKUP: 'The parcel is being picked up',
        NOTPICKEDUP: 'The parcel was not picked up',
        PICKEDUP: 'The parcel was picked up',
        INTRANSIT: 'The parcel is on its way',
        INWAREHOUSE: 'The parcel is in the parcel centre',
        INDELIVERY: 'The parcel is being delivered',
        DELIVERED: 'The parcel has been delivered',
        DELIVEREDPS: 'The parcel has been delivered to the ParcelShop',
        NOTDELIVERED: 'The parcel could not be delivered',
        FINAL: 'The parcel has reached its end',
        RETURN: 'The parcel goes back to the sender',
        CANCELED: 'The parcel was cancelled',
      },
    },
    {
      name: 'event code',
      source: 'GLS Group Track And Trace API: parcels.events.code, as in the examples of its reference',
      codes: {
        'INTIAL.PREADVICE': 'The parcel data was entered into the GLS IT system',
        'INTIAL.NORMAL': 'The parcel was handed over to GLS',
        'INITIAL.PREADVICE': 'The parcel data was entered into the GLS IT system',
        'INITIAL.NORMAL': 'The parcel was handed over to GLS',
        INBOUND: 'The parcel has reached the parcel centre',
        OUTBOUND: 'The parcel has left the parcel centre',
        WAREHOUSE: 'The parcel is stored in the parcel centre',
        DELIVERY: 'The parcel is in the delivery vehicle',
      },
    },
  ],
  rows: [
    {
      milestone: 'PRE_TRANSIT',
      codes: ['PREADVICE', 'PLANNEDPICKUP', 'INPICKUP', 'NOTPICKEDUP', 'INTIAL.PREADVICE', 'INITIAL.PREADVICE'],
    },
    { milestone: 'PICKED_UP', codes: ['PICKEDUP', 'INTIAL.NORMAL', 'INITIAL.NORMAL'] },
    { milestone: 'IN_TRANSIT', codes: ['INTRANSIT', 'INWAREHOUSE', 'INBOUND', 'OUTBOUND', 'WAREHOUSE'] },
    { milestone: 'OUT_FOR_DELIVERY', codes: ['INDELIVERY', 'DELIVERY'] },
    { milestone: 'AVAILABLE_FOR_PICKUP', codes: ['DELIVEREDPS'] },
    { milestone: 'DELIVERED', codes: ['DELIVERED', 'FINAL'] },
    { milestone: 'DELIVERY_FAILED', reason: 'consignee', codes: ['NOTDELIVERED'] },
    { milestone: 'RETURNING', reason: 'other', codes: ['RETURN'] },
    { milestone: 'CANCELLED', reason: 'shipper', codes: ['CANCELED'] },
  ],
  texts: ENGLISH,
};
