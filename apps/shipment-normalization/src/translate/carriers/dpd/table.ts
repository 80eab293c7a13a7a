/** DPD: the life cycle of a parcel, as the group and as DPD Belgium and the Netherlands name its steps. */
import { ENGLISH } from '../english.js';
import type { CarrierTable } from '../table.js';

export const table: CarrierTable = {
  carrier: 'dpd',
  version: '2026-11-21.2',
  author: '@crossdock/shipments',
  validFrom: '1990-01-01',
  example: { sent: '<status>Delivered</status>', code: 'Delivered', milestone: 'DELIVERED' },
  codeSets: [
    {
      name: 'status of the life cycle',
      source: 'DPD Web Services, ParcelLifeCycleService 2.0: statusInfo/status (group)',
      codes: {
        SHIPMENT: 'Data of the shipment',
        ACCEPTED: 'Parcel handed to DPD',
        AT_SENDING_DEPOT: 'At the dispatch depot',
        ON_THE_ROAD: 'On its way',
        AT_DELIVERY_DEPOT: 'At the delivery depot',
        OUT_FOR_DELIVERY: 'Out for delivery',
        DELIVERED: 'Delivered',
      },
    },
    {
      name: 'status of the life cycle, Benelux',
      source: 'DPD Benelux, ParcelLifeCycleService 2.0: statusInfo/status',
      codes: {
        DataReceived: 'Order information has been transmitted to DPD',
        PickedUp: 'Parcel handed to DPD',
        BetweenDepots: 'In transit',
        Depot: 'At the delivery depot',
        Courier: 'Parcel out for delivery',
        ParcelShop: 'Delivered by driver to the parcel shop',
        ParcelShopDelivered: 'Collected from the parcel shop',
        Delivered: 'Delivered',
        DeliveryFailure: 'Not delivered',
        ReturningFromDelivery: 'Back at the depot after a delivery attempt',
        ReturnToSender: 'On its way back to the sender',
        SystemReturn: 'On its way back to the sender',
      },
    },
  ],
  rows: [
    { milestone: 'PRE_TRANSIT', codes: ['SHIPMENT', 'DataReceived'] },
    { milestone: 'PICKED_UP', codes: ['ACCEPTED', 'PickedUp'] },
    {
      milestone: 'IN_TRANSIT',
      codes: ['AT_SENDING_DEPOT', 'ON_THE_ROAD', 'AT_DELIVERY_DEPOT', 'BetweenDepots', 'Depot'],
    },
    { milestone: 'OUT_FOR_DELIVERY', codes: ['OUT_FOR_DELIVERY', 'Courier'] },
    { milestone: 'AVAILABLE_FOR_PICKUP', codes: ['ParcelShop'] },
    { milestone: 'DELIVERED', codes: ['DELIVERED', 'Delivered', 'ParcelShopDelivered'] },
    { milestone: 'DELIVERY_FAILED', reason: 'consignee', codes: ['DeliveryFailure', 'ReturningFromDelivery'] },
    { milestone: 'RETURNING', reason: 'other', codes: ['ReturnToSender', 'SystemReturn'] },
  ],
  texts: ENGLISH,
};
