/** Every message that is understood. A new one is a file in messages/ and one line here. */
import type { EdifactMessageType } from './message.js';
import { syntaxReport } from './messages/contrl.js';
import { despatchAdvice } from './messages/desadv.js';
import { transportInstruction } from './messages/iftmin.js';
import { transportStatus } from './messages/iftsta.js';
import { inventoryReport } from './messages/invrpt.js';
import { invoice } from './messages/invoic.js';
import { orderChange } from './messages/ordchg.js';
import { orders } from './messages/orders.js';
import { orderResponse } from './messages/ordrsp.js';
import { priceCatalogue } from './messages/pricat.js';
import { receivingAdvice } from './messages/recadv.js';
import { remittanceAdvice } from './messages/remadv.js';

const MESSAGES: readonly EdifactMessageType[] = [
  orders,
  orderChange,
  orderResponse,
  despatchAdvice,
  receivingAdvice,
  invoice,
  inventoryReport,
  transportStatus,
  transportInstruction,
  priceCatalogue,
  remittanceAdvice,
  syntaxReport,
];
export const MESSAGE_OF: ReadonlyMap<string, EdifactMessageType> = new Map(
  MESSAGES.map((message) => [message.type, message]),
);
