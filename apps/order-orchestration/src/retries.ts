/** What a retry of an exception case puts in again: the document as it was read when it was put aside. */
import {
  SubmitAdjustment,
  SubmitOrder,
  SubmitReturn,
  type CaseState,
  type Message,
  type ReasonCode,
} from '@crossdock/contracts';
import type { Retried, RetryOf } from '@crossdock/runtime';

const SUBMITTED: Readonly<Record<string, Message>> = {
  [SubmitOrder.type]: SubmitOrder,
  [SubmitReturn.type]: SubmitReturn,
  [SubmitAdjustment.type]: SubmitAdjustment,
};

/** Checks that may pass another time, because master data, credit or stock have changed. */
const TRY_AGAIN: readonly ReasonCode[] = [
  'unknown-customer',
  'customer-on-hold',
  'customer-blocked',
  'credit-limit-exceeded',
  'price-not-eligible',
  'price-not-agreed',
  'ship-to-restricted',
  'tax-context-missing',
  'insufficient-availability',
  'unknown-item',
  'item-blocked',
  'unknown-node',
  'no-node-for-item',
  'unit-unknown',
  'wrong-currency',
];

/** Rows that could not be read have no document to put in; they are sent again in a corrected file. */
export const documentAgain: RetryOf = ({ content }: CaseState): Retried | undefined => {
  const { contract = '', data } = (content ?? {}) as { readonly contract?: string; readonly data?: object };
  const message = SUBMITTED[contract];
  return message && data ? { contract: message, data: { ...data, parked: true } } : undefined;
};

export const retries: Readonly<Record<string, RetryOf>> = Object.fromEntries(
  TRY_AGAIN.map((reason) => [reason, documentAgain]),
);
