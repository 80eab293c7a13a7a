/**
 * Asks the ERP to create or cancel a sales order. A long order goes in parts of at most so many lines, each with an
 * idempotency key of its own; whatever was registered already is found again by our order id.
 */
import {
  CancelWithErp,
  ErpAnswer,
  RegisterWithErp,
  type CancelWithErpData,
  type ErpAnswerData,
  type PricedLine,
  type RegisterWithErpData,
} from '@crossdock/contracts';
import { defineAsk, type AskOutcome, type Outside } from '@crossdock/runtime';
import type { OrderSettings } from '../config.js';

/** Body of `POST {erpUrl}/erp/orders`. */
export interface ErpOrderPart {
  /** our order id; the ERP has each part of it once */
  readonly reference: string;
  readonly orderNo: string;
  readonly account: string;
  readonly entity: string;
  readonly currency: string;
  readonly orderDate: string;
  readonly country: string;
  /** 1 to `parts` */
  readonly part: number;
  readonly parts: number;
  readonly lines: readonly PricedLine[];
}
interface ErpOrder {
  readonly erpOrderNo: string;
}
interface ErpOrders {
  readonly erpOrderNos: readonly string[];
  readonly parts?: number;
}
export interface ErpNumbers {
  readonly erpOrderNos: readonly string[];
}

/** The order in parts that the ERP takes. */
export const erpParts = (data: RegisterWithErpData, lineLimit: number): readonly ErpOrderPart[] => {
  const { orderId: reference, orderNo, account, entity, currency, orderDate, country, lines } = data;
  const parts = Math.max(1, Math.ceil(lines.length / lineLimit));
  return Array.from({ length: parts }, (_, at) => ({
    reference,
    orderNo,
    account,
    entity,
    currency,
    orderDate,
    country,
    part: at + 1,
    parts,
    lines: lines.slice(at * lineLimit, (at + 1) * lineLimit),
  }));
};

const ordersUrl = ({ erpUrl }: OrderSettings): string => `${erpUrl.replace(/\/$/, '')}/erp/orders`;
const withToken = ({ erpToken }: OrderSettings): Record<string, string> =>
  erpToken ? { Authorization: `Bearer ${erpToken}` } : {};

/** An answer that names no number is no answer: it throws, so the ERP is asked again. */
const numberOf = ({ erpOrderNo }: Partial<ErpOrder>, part: ErpOrderPart): string => {
  if (typeof erpOrderNo === 'string' && erpOrderNo !== '') return erpOrderNo;
  throw new Error(`the ERP's answer names no order for part ${part.part} of ${part.reference}`);
};

export const registerOrder = async (
  data: RegisterWithErpData,
  outside: Outside,
  settings: OrderSettings,
): Promise<ErpNumbers> => {
  const erpOrderNos: string[] = [];
  for (const part of erpParts(data, settings.erpLineLimit)) {
    const headers = { 'Idempotency-Key': `${data.orderId}/${part.part}`, ...withToken(settings) };
    erpOrderNos.push(
      numberOf(await outside.request<Partial<ErpOrder>>('POST', ordersUrl(settings), part, headers), part),
    );
  }
  return { erpOrderNos };
};

/** What the ERP has of an order already; undefined while a part of it is missing, for then the rest is asked for. */
export const findOrder = async (
  data: RegisterWithErpData,
  outside: Outside,
  settings: OrderSettings,
): Promise<ErpNumbers | undefined> => {
  const url = `${ordersUrl(settings)}?reference=${encodeURIComponent(data.orderId)}`;
  const known = await outside.find<Partial<ErpOrders>>(url);
  const erpOrderNos = known?.erpOrderNos ?? [];
  return erpOrderNos.length === erpParts(data, settings.erpLineLimit).length ? { erpOrderNos } : undefined;
};

const answerTo =
  (question: ErpAnswerData['question']) =>
  (
    { data }: { readonly data: RegisterWithErpData | CancelWithErpData },
    outcome: AskOutcome<ErpNumbers>,
  ): ErpAnswerData => ({
    orderId: data.orderId,
    account: data.account,
    question,
    outcome: outcome.outcome,
    ...(outcome.outcome === 'done'
      ? { erpOrderNos: [...outcome.result.erpOrderNos] }
      : { text: outcome.text.slice(0, 1000) }),
  });

const POLICY = { deadlineMs: 10_000, concurrency: 64, unansweredAfterMs: 60_000, backoffMs: [200, 15_000] } as const;

export const registerWithErp = defineAsk<RegisterWithErpData, ErpAnswerData, ErpNumbers, OrderSettings>({
  asks: RegisterWithErp,
  system: 'erp',
  policy: POLICY,
  find: ({ data }, outside, settings) => findOrder(data, outside, settings),
  call: ({ data }, outside, settings) => registerOrder(data, outside, settings),
  answers: ErpAnswer,
  answer: answerTo('register'),
});

/** Cancels by our reference: what the ERP has not registered yet it will not register later. */
export const cancelWithErp = defineAsk<CancelWithErpData, ErpAnswerData, ErpNumbers, OrderSettings>({
  asks: CancelWithErp,
  system: 'erp',
  policy: POLICY,
  call: async ({ data }, outside, settings) => {
    const headers = { 'Idempotency-Key': `${data.orderId}/cancel`, ...withToken(settings) };
    const body = { reference: data.orderId };
    const cancelled = await outside.request<Partial<ErpOrders>>('POST', `${ordersUrl(settings)}/cancel`, body, headers);
    return { erpOrderNos: cancelled.erpOrderNos ?? [] };
  },
  answers: ErpAnswer,
  answer: answerTo('cancel'),
});
