/** Purolator: scan types; `Other` is most of them, so its words decide. */
import { ENGLISH } from '../english.js';
import type { CarrierTable } from '../table.js';

export const table: CarrierTable = {
  carrier: 'purolator',
  version: '2026-11-21.3',
  author: '@crossdock/shipments',
  validFrom: '1990-01-01',
  example: { sent: '<ScanType>Delivery</ScanType>', code: 'Delivery', milestone: 'DELIVERED' },
  codeSets: [
    {
      name: 'scan type',
      source: 'Purolator E-Ship Web Services, Tracking Service: ScanType',
      codes: {
        ProofOfPickUp: 'Picked up by Purolator',
        OnDelivery: 'On vehicle for delivery',
        Delivery: 'Shipment delivered',
        Undeliverable: 'Attempted delivery, undeliverable',
      },
    },
  ],
  rows: [
    { milestone: 'PICKED_UP', codes: ['ProofOfPickUp'] },
    { milestone: 'OUT_FOR_DELIVERY', codes: ['OnDelivery'] },
    { milestone: 'DELIVERED', codes: ['Delivery'] },
    { milestone: 'DELIVERY_FAILED', reason: 'consignee', codes: ['Undeliverable'] },
  ],
  texts: [
    { text: 'new tracking number assigned', milestone: 'IN_TRANSIT', example: 'New Tracking Number Assigned -' },
    { text: 'shipment created', milestone: 'PRE_TRANSIT', example: 'Shipment created' },
    { text: 'shipper created a label', milestone: 'PRE_TRANSIT', example: 'Shipper created a label' },
    {
      text: 'available for pickup',
      milestone: 'AVAILABLE_FOR_PICKUP',
      example: 'Available for pickup at Purolator location',
    },
    {
      text: 'transferring to shipping cent',
      milestone: 'IN_TRANSIT',
      example: 'Transferring to Shipping Centre - please wait for further instructions',
    },
    {
      text: 'disponible pour le ramassage',
      milestone: 'AVAILABLE_FOR_PICKUP',
      example: 'Envoi disponible pour le ramassage au point de service',
    },
    { text: 'retourné à', milestone: 'RETURNING', reason: 'other', example: 'Envoi retourné à l’expéditeur' },
    {
      text: 'livraison retardée',
      milestone: 'DELAYED',
      reason: 'carrier',
      example: 'Livraison retardée en raison des conditions météo',
    },
    {
      text: 'tentative de livraison',
      milestone: 'DELIVERY_FAILED',
      reason: 'consignee',
      example: 'Tentative de livraison - client absent',
    },
    { text: 'étiquette créée', milestone: 'PRE_TRANSIT', example: 'Étiquette créée par l’expéditeur' },
    { text: 'rescheduled', milestone: 'DELAYED', reason: 'carrier', example: 'Delivery rescheduled' },
    ...ENGLISH,
  ],
};
