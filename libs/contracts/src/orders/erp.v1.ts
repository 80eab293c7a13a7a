import { LineQuantity, PricedLine } from '../canonical/line.js';
import { accountLane, byAccount, defineCommand } from '../language/define.js';
import {
  IsAccountNo,
  IsCountry,
  IsCurrency,
  IsDay,
  IsKey,
  IsLines,
  IsListOf,
  IsMinor,
  IsNote,
  IsOneOf,
  IsOrderId,
  IsOrderNo,
  IsTexts,
  IsWhole,
  Optional,
} from '../language/fields.js';

/** Asks the ERP to create the sales order. Our idempotency key is `orderId` plus the number of the sub-order. */
export class RegisterWithErpData {
  @IsOrderId() orderId!: string;
  @IsOrderNo() orderNo!: string;
  @IsAccountNo() account!: string;
  @IsKey('entity') entity!: string;
  @IsCurrency() currency!: string;
  @IsDay() orderDate!: string;
  @IsCountry() country!: string;
  @IsMinor() gross!: number;
  @IsLines(PricedLine) lines!: PricedLine[];
}
export const RegisterWithErp = defineCommand('orders', 'register-with-erp', 1, RegisterWithErpData, {
  about: 'Asks the ERP to create the sales order.',
  key: (data) => data.orderId,
  lane: byAccount((data) => accountLane(data.account, data.orderId)),
  travels: 'ask',
});

/** What the ERP answered: registered with its numbers, refused for good, or no answer within the time given. */
export class ErpAnswerData {
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsOneOf(['register', 'cancel']) question!: 'register' | 'cancel';
  @IsOneOf(['done', 'refused', 'unanswered']) outcome!: 'done' | 'refused' | 'unanswered';
  @Optional() @IsTexts(100) erpOrderNos?: string[];
  @Optional() @IsNote(1000) text?: string;
}
export const ErpAnswer = defineCommand('orders', 'record-erp-answer', 1, ErpAnswerData, {
  about: 'The ERP answered (or did not) a registration or a cancellation.',
  key: (data) => data.orderId,
  lane: byAccount((data) => accountLane(data.account, data.orderId)),
  travels: 'answer',
});

export class CancelWithErpData {
  @IsOrderId() orderId!: string;
  @IsOrderNo() orderNo!: string;
  @IsAccountNo() account!: string;
  @IsKey('entity') entity!: string;
}
export const CancelWithErp = defineCommand('orders', 'cancel-with-erp', 1, CancelWithErpData, {
  about: 'Asks the ERP to cancel a sales order that it may have registered.',
  key: (data) => data.orderId,
  lane: byAccount((data) => accountLane(data.account, data.orderId)),
  travels: 'ask',
});

/** Timer of an order: its step has waited long enough; the state decides whether it still matters. */
export class OrderStepDueData {
  @IsOrderId() orderId!: string;
  @IsAccountNo() account!: string;
  @IsOneOf(['stock-answer', 'erp-answer', 'allocation', 'release', 'fulfilment', 'delivery', 'invoice']) step!: string;
  /** times this step was already found late */
  @IsWhole(0, 1000) times!: number;
  @Optional() @IsListOf(LineQuantity) lines?: LineQuantity[];
}
export const OrderStepDue = defineCommand('orders', 'check-order-step', 1, OrderStepDueData, {
  about: 'A step of an order should be over by now.',
  key: (data) => data.orderId,
  lane: byAccount((data) => accountLane(data.account, data.orderId)),
  travels: 'timer',
});
