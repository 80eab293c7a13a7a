/** Every message that the orders decider hears, and who decides it. Lane: the account; a guest's order by itself. */
import { defineDecider, rule, type Input } from '@crossdock/kernel';
import {
  AmendOrder,
  CancelOrder,
  CreditMemoPosted,
  ErpAnswer,
  InvoicePosted,
  OrderStepDue,
  ParkDocument,
  PickConfirmed,
  RecordFile,
  ShipmentDelivered,
  SettleDocument,
  ShipmentDispatched,
  StockAllocated,
  StockHoldExpired,
  StockHoldFreed,
  StockHoldRestored,
  StockReserved,
  SubmitAdjustment,
  SubmitOrder,
  SubmitReturn,
  TakeOrder,
  type OrderStockData,
} from '@crossdock/contracts';
import { amend, touchesAmend } from './decide-amend.js';
import { creditMemoPosted, invoicePosted, touchesCreditMemo, touchesInvoice } from './decide-billing.js';
import { cancel, touchesCancel } from './decide-cancel.js';
import { submitAdjustment, submitReturn, touchesAdjustment, touchesReturn } from './decide-documents.js';
import { erpAnswered, touchesErpAnswer } from './decide-erp.js';
import { delivered, dispatched, pickConfirmed } from './decide-fulfilment.js';
import { park, recordFile, settle, touchesFile, touchesPark, touchesSettle } from './decide-parked.js';
import { holdExpired, holdFreed, holdRestored, stockAllocated, stockReserved } from './decide-stock.js';
import { submit, touchesSubmit } from './decide-submit.js';
import { take } from './decide-take.js';
import { stepDue, touchesStepDue } from './decide-watch.js';
import { orderRef } from './order.js';
import { orderAndTerms, OWN, READ } from './touched.js';

const onlyOrder = ({ data }: Input<{ readonly orderId: string }>) => [orderRef(data.orderId)];
const withTerms = ({ data }: Input<OrderStockData>) => orderAndTerms(data);
const withBackorder = ({ data }: Input<{ readonly orderId: string }>) => orderAndTerms(data, 'backorder');

export const orders = defineDecider({
  name: 'orders',
  kinds: OWN,
  reads: READ,
  rules: [
    // documents
    rule(SubmitOrder, touchesSubmit, submit),
    rule(TakeOrder, touchesSubmit, take),
    rule(CancelOrder, touchesCancel, cancel),
    rule(AmendOrder, touchesAmend, amend),
    rule(SubmitReturn, touchesReturn, submitReturn),
    rule(SubmitAdjustment, touchesAdjustment, submitAdjustment),
    rule(ParkDocument, touchesPark, park),
    rule(SettleDocument, touchesSettle, settle),
    rule(RecordFile, touchesFile, recordFile),
    // stock
    rule(StockReserved, withBackorder, stockReserved),
    rule(StockAllocated, withTerms, stockAllocated),
    rule(StockHoldExpired, withTerms, holdExpired),
    rule(StockHoldFreed, withBackorder, holdFreed),
    rule(StockHoldRestored, withBackorder, holdRestored),
    // ERP
    rule(ErpAnswer, touchesErpAnswer, erpAnswered),
    // warehouse and carrier
    rule(PickConfirmed, withBackorder, pickConfirmed),
    rule(ShipmentDispatched, onlyOrder, dispatched),
    rule(ShipmentDelivered, onlyOrder, delivered),
    // finance
    rule(InvoicePosted, touchesInvoice, invoicePosted),
    rule(CreditMemoPosted, touchesCreditMemo, creditMemoPosted),
    // time
    rule(OrderStepDue, touchesStepDue, stepDue),
  ],
});
