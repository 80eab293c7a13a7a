import {
  AdjustStock,
  AllocateStock,
  AmendmentAnswered,
  AmendOrder,
  BackorderCreated,
  DocumentParked,
  ErpOrderRegistered,
  OrderAccepted,
  OrderAllocated,
  OrderCancelled,
  OrderClosed,
  OrderCreated,
  OrderDelivered,
  OrderInvoiced,
  OrderPartiallyShipped,
  OrderRejected,
  OrderReleased,
  OrderShipped,
  RecordReturn,
  ReleaseStock,
  ReserveStock,
  ReturnReceived,
  SettleDocument,
} from '@crossdock/contracts';
import { defineService } from '@crossdock/runtime';
import { BatchesController } from './api/batches.controller.js';
import { BulkController } from './api/bulk.controller.js';
import { FilesController } from './api/files.controller.js';
import { MasterDataController } from './api/master-data.controller.js';
import { OrdersController } from './api/orders.controller.js';
import { ShopifyController } from './api/shopify.controller.js';
import { cancelWithErp, registerWithErp } from './ask/erp.js';
import { OrderSettings } from './config.js';
import { availability, catalogue, customers, directory } from './domain/decide-reference.js';
import { orders } from './domain/decide.js';
import { orderFile } from './jobs/order-file.js';
import { retries } from './retries.js';

/** Takes orders from every channel, checks them, and drives each one from created to closed. */
export const orderOrchestration = defineService({
  name: 'order-orchestration',
  domain: 'orders',
  about: 'Takes orders from every channel, checks them against local data, and drives each one to closed.',
  decides: [orders, customers, catalogue, directory, availability],
  says: [
    OrderCreated,
    OrderRejected,
    ErpOrderRegistered,
    OrderAccepted,
    BackorderCreated,
    OrderAllocated,
    OrderReleased,
    OrderPartiallyShipped,
    OrderShipped,
    OrderDelivered,
    OrderInvoiced,
    OrderClosed,
    OrderCancelled,
    AmendmentAnswered,
    AmendOrder,
    ReturnReceived,
    DocumentParked,
    SettleDocument,
    ReserveStock,
    AllocateStock,
    ReleaseStock,
    RecordReturn,
    AdjustStock,
  ],
  asks: [registerWithErp, cancelWithErp],
  // bulk before orders: its path would else be read as the number of an order
  opens: [
    BulkController,
    OrdersController,
    FilesController,
    BatchesController,
    MasterDataController,
    ShopifyController,
  ],
  settings: OrderSettings,
  jobs: [orderFile],
  retries,
});
