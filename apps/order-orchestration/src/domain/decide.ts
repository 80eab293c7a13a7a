/** Every message that the orders decider hears, and who decides it. Lane: the account; a guest's order by itself. */
import { defineDecider, rule, type Contract, type Decision, type Input, type Ref } from '@crossdock/kernel';
import {
  AmendOrder,
  CancelOrder,
  ChangeOrder,
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
import { changeOrder, touchesChange } from './decide-change.js';
import { submitAdjustment, submitReturn, touchesAdjustment, touchesReturn } from './decide-documents.js';
import { erpAnswered, touchesErpAnswer } from './decide-erp.js';
import { delivered, dispatched, pickConfirmed } from './decide-fulfilment.js';
import { park, recordFile, settle, touchesFile, touchesPark, touchesSettle } from './decide-parked.js';
import { holdExpired, holdFreed, holdRestored, stockAllocated, stockReserved } from './decide-stock.js';
import { submit, touchesSubmit } from './decide-submit.js';
import { take } from './decide-take.js';
import { stepDue, touchesStepDue } from './decide-watch.js';
import { orderRef } from './order.js';
import { orderAndTerms, OWN, READ, type OrderStates } from './touched.js';

const onlyOrder = ({ data }: Input<{ readonly orderId: string }>) => [orderRef(data.orderId)];
const withTerms = ({ data }: Input<OrderStockData>) => orderAndTerms(data);
const withBackorder = ({ data }: Input<{ readonly orderId: string }>) => orderAndTerms(data, 'backorder');

/**
 * What other services tell of an order needs no agreed order: each message waits for exactly what the counters lack,
 * and that may stand behind it on its own stream after a broker has lost and got again what it had.
 */
const tells = <D>(
  contract: Contract<D>,
  touches: (input: Input<D>) => readonly Ref[],
  decide: (input: Input<D>, states: OrderStates) => Decision,
) => rule(contract, touches, decide, { passes: true });

export const orders = defineDecider({
  name: 'orders',
  kinds: OWN,
  reads: READ,
  rules: [
    // documents
    rule(SubmitOrder, touchesSubmit, submit),
    rule(TakeOrder, touchesSubmit, take),
    rule(CancelOrder, touchesCancel, cancel),
    rule(ChangeOrder, touchesChange, changeOrder),
    rule(AmendOrder, touchesAmend, amend),
    rule(SubmitReturn, touchesReturn, submitReturn),
    rule(SubmitAdjustment, touchesAdjustment, submitAdjustment),
    rule(ParkDocument, touchesPark, park),
    rule(SettleDocument, touchesSettle, settle),
    rule(RecordFile, touchesFile, recordFile),
    // stock
    tells(StockReserved, withBackorder, stockReserved),
    tells(StockAllocated, withTerms, stockAllocated),
    tells(StockHoldExpired, withTerms, holdExpired),
    tells(StockHoldFreed, withBackorder, holdFreed),
    tells(StockHoldRestored, withBackorder, holdRestored),
    // ERP
    rule(ErpAnswer, touchesErpAnswer, erpAnswered),
    // warehouse and carrier
    tells(PickConfirmed, withBackorder, pickConfirmed),
    tells(ShipmentDispatched, onlyOrder, dispatched),
    tells(ShipmentDelivered, onlyOrder, delivered),
    // finance
    tells(InvoicePosted, touchesInvoice, invoicePosted),
    tells(CreditMemoPosted, touchesCreditMemo, creditMemoPosted),
    // time
    rule(OrderStepDue, touchesStepDue, stepDue),
  ],
});
