/** Every transaction set that is understood. A new one is a file in messages/ and one line here. */
import type { X12Message } from './message.js';
import { returnAuthorization } from './messages/180.js';
import { freightInvoice } from './messages/210.js';
import { shipmentStatus } from './messages/214.js';
import { invoice } from './messages/810.js';
import { organizationalRelationships } from './messages/816.js';
import { remittance } from './messages/820.js';
import { applicationAdvice } from './messages/824.js';
import { catalog } from './messages/832.js';
import { inventoryAdvice } from './messages/846.js';
import { purchaseOrder } from './messages/850.js';
import { productActivity } from './messages/852.js';
import { orderAcknowledgment } from './messages/855.js';
import { shipNotice } from './messages/856.js';
import { orderChange } from './messages/860.js';
import { receivingAdvice } from './messages/861.js';
import { changeAcknowledgment } from './messages/865.js';
import { groceryOrder } from './messages/875.js';
import { warehouseOrder } from './messages/940.js';
import { stockTransferReceipt, stockTransferShipment } from './messages/943-944.js';
import { warehouseShippingAdvice } from './messages/945.js';
import { functionalAcknowledgment, implementationAcknowledgment } from './messages/997.js';

const MESSAGES: readonly X12Message[] = [
  returnAuthorization,
  freightInvoice,
  shipmentStatus,
  invoice,
  organizationalRelationships,
  remittance,
  applicationAdvice,
  catalog,
  inventoryAdvice,
  purchaseOrder,
  productActivity,
  orderAcknowledgment,
  shipNotice,
  orderChange,
  receivingAdvice,
  changeAcknowledgment,
  groceryOrder,
  warehouseOrder,
  stockTransferShipment,
  stockTransferReceipt,
  warehouseShippingAdvice,
  functionalAcknowledgment,
  implementationAcknowledgment,
];
export const MESSAGE_OF: ReadonlyMap<string, X12Message> = new Map(MESSAGES.map((message) => [message.type, message]));
