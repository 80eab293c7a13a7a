/** START HERE: what this service hears, says, asks and opens. */
import {
  FulfilmentRequested,
  MilestoneReached,
  PickConfirmed,
  RecordIssue,
  RecordPick,
  SendWarehouseOrder,
  ShipmentDelivered,
  ShipmentDispatched,
  ShipmentExceptionRaised,
  ShippingAdviceAnswered,
  TrackPackage,
} from '@crossdock/contracts';
import { defineService } from '@crossdock/runtime';
import { CarriersController } from './api/carriers.controller.js';
import { EasypostController } from './api/easypost.controller.js';
import { FulfilmentsController } from './api/fulfilments.controller.js';
import { PollsController } from './api/polls.controller.js';
import { ShipmentsController } from './api/shipments.controller.js';
import { WebhookBodiesController } from './api/webhook-bodies.controller.js';
import { carrierPoll } from './ask/carrier.js';
import { wms } from './ask/wms.js';
import { ShipmentSettings } from './config.js';
import { fulfilment, tracking } from './domain/decide.js';
import { warehousePartners } from './domain/warehouse-partner.js';
import { askAgain, mapAgain } from './retries.js';

/** Takes fulfilment orders to the warehouse and tells one true story of every package. */
export const shipmentNormalization = defineService({
  name: 'shipment-normalization',
  domain: 'shipments',
  about: 'Takes fulfilment orders to the warehouse and tells one true story of every package.',
  decides: [fulfilment, tracking, warehousePartners],
  says: [
    FulfilmentRequested,
    PickConfirmed,
    RecordPick,
    ShipmentDispatched,
    RecordIssue,
    TrackPackage,
    MilestoneReached,
    ShipmentDelivered,
    ShipmentExceptionRaised,
    SendWarehouseOrder,
    ShippingAdviceAnswered,
  ],
  asks: [wms, carrierPoll],
  opens: [
    FulfilmentsController,
    ShipmentsController,
    EasypostController,
    CarriersController,
    WebhookBodiesController,
    PollsController,
  ],
  uploads: ['application/xml', 'text/xml', 'application/soap+xml'],
  settings: ShipmentSettings,
  retries: { 'wms-refused': askAgain, 'code-not-mapped': mapAgain },
});
