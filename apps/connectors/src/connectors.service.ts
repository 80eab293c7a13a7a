import {
  AcknowledgeFile,
  AdvanceDocument,
  AmendOrder,
  DispatchStepped,
  DocumentStepped,
  NoteCredit,
  NoteOrder,
  RefuseInterchange,
  SendNext,
  TakeDocument,
  TakeFile,
  TakeOrder,
  TakeInboundAdvice,
  TakeReceipt,
  TakeShippingAdvice,
  TakeStockReport,
  TakeTracking,
  WarehouseOrderAnswered,
  WarehousePartnerChanged,
} from '@crossdock/contracts';
import { defineService } from '@crossdock/runtime';
import { DispatchesController } from './api/dispatches.controller.js';
import { DocumentsController } from './api/documents.controller.js';
import { FilesController } from './api/files.controller.js';
import { PartnersController } from './api/partners.controller.js';
import { WebhooksController } from './api/webhooks.controller.js';
import { compileReport } from './ask/compile-report.js';
import { fetchDocument } from './ask/fetch-document.js';
import { mapDocument } from './ask/map-document.js';
import { sendDocument } from './ask/send-document.js';
import { tellShop } from './ask/tell-shop.js';
import { translateFile } from './ask/translate-file.js';
import { ConnectorsSettings } from './config.js';
import { files, partnerOrders, partners } from './domain/decide.js';
import { ourItems } from './domain/our-item.js';
import { shelves } from './domain/shelf.js';
import { Drops } from './drops/drops.js';
import { replayDocuments } from './jobs/replay-documents.js';
import { discards, retries } from './retries.js';

/** Takes trading partners' documents in, translates them to one canonical language, and answers for them. */
export const connectors = defineService({
  name: 'connectors',
  domain: 'connectors',
  about: "Translates trading partners' documents to one canonical language, hands orders on, and answers for them.",
  decides: [files, partners, partnerOrders, ourItems, shelves],
  says: [
    TakeDocument,
    TakeFile,
    TakeOrder,
    AmendOrder,
    TakeInboundAdvice,
    TakeReceipt,
    TakeShippingAdvice,
    TakeStockReport,
    TakeTracking,
    WarehousePartnerChanged,
    WarehouseOrderAnswered,
    NoteCredit,
    NoteOrder,
    AdvanceDocument,
    DocumentStepped,
    AcknowledgeFile,
    RefuseInterchange,
    SendNext,
    DispatchStepped,
  ],
  asks: [translateFile, fetchDocument, mapDocument, compileReport, sendDocument, tellShop],
  opens: [FilesController, DocumentsController, PartnersController, DispatchesController, WebhooksController],
  uploads: [
    'application/edi-x12',
    'application/edifact',
    'application/edi-consent',
    'application/xml',
    'text/xml',
    'text/plain',
    'application/ld+xml',
  ],
  settings: ConnectorsSettings,
  providers: [Drops],
  jobs: [replayDocuments],
  retries,
  discards,
});
