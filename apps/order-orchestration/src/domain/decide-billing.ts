/** What finance has posted: an order's credit moves from open order to receivable, or a return is done. */
import { accept, change, defer, ignore, type Decision, type Input, type Ref } from '@crossdock/kernel';
import type { BillingPostedData } from '@crossdock/contracts';
import { accountRefs, creditChange } from './account.js';
import { shifted, unitsAt, type Shift } from './counters.js';
import { add, courseOf, decided, take } from './course.js';
import { shiftsOf, tooEarly, unknownLine } from './decide-stock.js';
import { returnRef } from './documents.js';
import { announce } from './flow.js';
import { orderRef, type Order } from './order.js';
import type { OrderStates } from './touched.js';

type Posted = Input<BillingPostedData>;

export const touchesInvoice = ({ data }: Posted): readonly Ref[] =>
  data.orderId ? [orderRef(data.orderId), ...accountRefs(data.account)] : [];

/** Nothing is invoiced that has not left; an invoice that overtakes its shipment waits for it. */
const hasLeft = ({ counters }: Order, shifts: readonly Shift[]): boolean => {
  const after = shifted(counters, shifts);
  return shifts.every(({ at }) => unitsAt(after, 'invoiced', at) <= unitsAt(after, 'shipped', at));
};

export const invoicePosted = ({ data, at }: Posted, states: OrderStates): Decision => {
  if (!data.orderId) return ignore('nothing-to-do');
  const order = states.order(data.orderId);
  if (order.status === 'none') return defer('order-unknown-yet', orderRef(data.orderId));
  const { documentId, net, tax, gross } = data;
  if (order.invoices.includes(documentId)) return ignore('nothing-to-do');
  const shifts = shiftsOf(order, data.lines, ({ quantity }) => ({ invoiced: quantity }));
  if (typeof shifts === 'number') return unknownLine(shifts);
  if (!hasLeft(order, shifts)) return tooEarly(order);
  const open = Math.min(order.creditOpen, gross);
  const counted = take(courseOf(order, at), {
    type: 'invoice-counted',
    documentId,
    net,
    tax,
    creditOpen: open,
    shifts,
  });
  const moved = add(counted, ...creditChange(order.account, { type: 'credit-invoiced', open, amount: gross }));
  return decided(announce(order, moved));
};

export const touchesCreditMemo = ({ data }: Posted): readonly Ref[] =>
  data.returnId ? [returnRef(data.returnId), ...accountRefs(data.account)] : [];

export const creditMemoPosted = ({ data }: Posted, states: OrderStates): Decision => {
  if (!data.returnId) return ignore('nothing-to-do');
  const found = states.return(data.returnId);
  if (found.status === 'none') return defer('order-unknown-yet', returnRef(data.returnId));
  if (found.status === 'credited') return ignore('nothing-to-do');
  return accept(
    change(returnRef(data.returnId), { type: 'return-credited', creditMemoNo: data.documentNo }),
    creditChange(found.account, { type: 'credit-returned', amount: data.gross }),
  );
};
