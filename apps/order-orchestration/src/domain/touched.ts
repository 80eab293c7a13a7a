/** The kinds that the orders decider owns, and those that it only reads. */
import type { Ref } from '@crossdock/kernel';
import { caseKind } from '@crossdock/contracts';
import type { Touched } from '@crossdock/kernel';
import { accountKind, accountRefs } from './account.js';
import { orderCaseRef, type OrderCase } from './course.js';
import { adjustmentKind, fileKind, parkedKind, returnKind } from './documents.js';
import { orderKind, orderRef } from './order.js';
import { channelStockKind, customerKind, directoryKind, itemKind } from './reference.js';
import { termsKind, termsRef } from './terms.js';

export const OWN = {
  order: orderKind,
  terms: termsKind,
  account: accountKind,
  return: returnKind,
  adjustment: adjustmentKind,
  document: parkedKind,
  file: fileKind,
  case: caseKind,
};
export const READ = {
  customer: customerKind,
  item: itemKind,
  directory: directoryKind,
  channelStock: channelStockKind,
};
export type OrderStates = Touched<typeof OWN & typeof READ>;

interface AboutOrder {
  readonly orderId: string;
  readonly account: string;
}
/** An order with what was agreed, and the cases that the message may raise or end. */
export const orderAndTerms = (
  { orderId }: { readonly orderId: string },
  ...cases: readonly OrderCase[]
): readonly Ref[] => [orderRef(orderId), termsRef(orderId), ...cases.map((reason) => orderCaseRef(orderId, reason))];
/** An order with its account's credit as well. */
export const orderAndCredit = (data: AboutOrder, ...cases: readonly OrderCase[]): readonly Ref[] => [
  ...orderAndTerms(data, ...cases),
  ...accountRefs(data.account),
];
