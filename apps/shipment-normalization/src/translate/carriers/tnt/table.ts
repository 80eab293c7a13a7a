/** TNT ExpressConnect: summary codes, and status codes of scans. There are hundreds of these; what is not listed goes by its words. */
import { ENGLISH } from '../english.js';
import type { CarrierTable } from '../table.js';

export const table: CarrierTable = {
  carrier: 'tnt',
  version: '2026-11-21.2',
  author: '@crossdock/shipments',
  validFrom: '1990-01-01',
  example: { sent: '<SummaryCode>EXC</SummaryCode>', code: 'summary:EXC', milestone: 'EXCEPTION' },
  codeSets: [
    {
      name: 'summary code',
      source: 'TNT ExpressConnect Tracking V3.1 Technical Guide, 4.3.3 "Delivery summary codes"',
      prefix: 'summary:',
      codes: { DEL: 'Delivered', INT: 'In transit', EXC: 'Exception' },
    },
    {
      name: 'status code',
      source: 'TNT ExpressConnect Tracking V3.1 Technical Guide and its samples: StatusData/StatusCode',
      codes: {
        OK: 'Shipment Delivered In Good Condition',
        RES: 'Consignment Delivered To Residential',
        OD: 'Out For Delivery',
        PU: 'Shipment Collected From Sender',
        CI: 'Shipment Received At Origin Depot',
        AS: 'Shipment Received At Transit Point',
        IS: 'Shipment Received At TNT Location',
        IR: 'Shipment Received At TNT Location',
        AR: 'Import Received',
        TR: 'Shipment In Transit',
        NR: 'Shipment Delayed In Transit, Recovery Actions Underway',
        MLA: 'Connection Delay, Recovery Actions Underway',
      },
    },
  ],
  rows: [
    { milestone: 'PICKED_UP', codes: ['PU'] },
    { milestone: 'IN_TRANSIT', codes: ['CI', 'AS', 'IS', 'IR', 'AR', 'TR', 'summary:INT'] },
    { milestone: 'OUT_FOR_DELIVERY', codes: ['OD'] },
    { milestone: 'DELIVERED', codes: ['OK', 'RES', 'summary:DEL'] },
    { milestone: 'DELAYED', reason: 'carrier', codes: ['NR', 'MLA'] },
    { milestone: 'EXCEPTION', reason: 'carrier', codes: ['summary:EXC'] },
  ],
  texts: ENGLISH,
};
