/** START HERE: what this service hears, says, asks and opens. */
import {
  AvailabilityChanged,
  DocumentBooked,
  ExpectTransfer,
  FreeClaims,
  ItemInStock,
  ItemOutOfStock,
  MovementRecorded,
  PositionChanged,
  ReviewStock,
  StockAllocated,
  StockCompared,
  StockHoldExpired,
  StockHoldFreed,
  StockHoldRestored,
  StockReleased,
  StockReserved,
} from '@crossdock/contracts';
import { AVAILABILITY_BUCKET, defineMirror, defineService } from '@crossdock/runtime';
import { AvailabilityController } from './api/availability.controller.js';
import { DocumentsController } from './api/documents.controller.js';
import { Intake } from './api/intake.js';
import { StockController } from './api/stock.controller.js';
import { TransfersController } from './api/transfers.controller.js';
import { InventorySettings } from './config.js';
import type { ItemAvailability } from './domain/availability.js';
import { availability } from './domain/decide-availability.js';
import { stock } from './domain/decide.js';
import { giveUp } from './discards.js';

/** What a channel may sell, for those who want only the newest value. */
const newestAvailability = defineMirror({
  bucket: AVAILABILITY_BUCKET,
  contract: AvailabilityChanged,
  key: ({ channel, item }) => [channel, item],
  rebuiltFrom: {
    kind: 'itemAvailability',
    values: ({ item, channels, asOf }: ItemAvailability) =>
      channels.map(({ channel, available }) => ({ item, channel, available, inStock: available > 0, asOf })),
  },
});

/** Keeps every node's stock true and tells each channel what it may sell. */
export const inventoryPropagation = defineService({
  name: 'inventory-propagation',
  domain: 'inventory',
  about: "Keeps every node's stock true and tells each channel what it may sell.",
  decides: [stock, availability],
  says: [
    StockReserved,
    StockAllocated,
    StockHoldExpired,
    StockHoldFreed,
    StockHoldRestored,
    StockReleased,
    MovementRecorded,
    DocumentBooked,
    StockCompared,
    PositionChanged,
    AvailabilityChanged,
    ItemInStock,
    ItemOutOfStock,
    ExpectTransfer,
    FreeClaims,
    ReviewStock,
  ],
  asks: [],
  opens: [AvailabilityController, StockController, DocumentsController, TransfersController],
  mirrors: [newestAvailability],
  settings: InventorySettings,
  providers: [Intake],
  discards: { 'receipt-differs': giveUp },
});
