/**
 * The one outbound call: asks the warehouse (WMS) to pick and ship.
 *
 * HTTP that the WMS offers:
 *   POST {wmsUrl}/wms/fulfilments      Idempotency-Key: <fulfilmentId>
 *     { fulfilmentId, orderNo, node, shipTo: Address, lines: [{ lineNo, item, quantity }], callback? }
 *     -> 200 or 201 { wmsRef }          taken; the same key again gives the same answer
 *     -> 400, 404, 409, 422 problem     refused for good
 *     -> 408, 425, 429, 5xx             asked again later
 *   GET {wmsUrl}/wms/fulfilments/<fulfilmentId>
 *     -> 200 { wmsRef }                 taken before; asked before every retry
 *     -> 404                            not known
 *
 * HTTP that it calls back, with a token of scope `shipments:write` (`callback` is the part before the last slash):
 *   POST /v1/fulfilments/<fulfilmentId>/picks
 *     { documentNo, occurredAt, lines: [{ lineNo, picked, short }] }
 *   POST /v1/fulfilments/<fulfilmentId>/dispatches
 *     { documentNo, occurredAt, packages: [{ trackingNo, carrier, sscc?, weightGrams?, contents: [{ lineNo, quantity }] }] }
 *     -> 201 taken, or taken before; 409 counter-not-ready: send it again once the pick is through
 */
import {
  RequestFulfilment,
  WmsAnswer,
  type Address,
  type LineQuantity,
  type RequestFulfilmentData,
} from '@crossdock/contracts';
import { defineAsk, type AskOutcome } from '@crossdock/runtime';
import type { ShipmentSettings } from '../config.js';

export interface WmsRequest {
  readonly fulfilmentId: string;
  readonly orderNo: string;
  readonly node: string;
  readonly shipTo: Address;
  readonly lines: readonly LineQuantity[];
  /** base of our callbacks for this fulfilment order */
  readonly callback?: string;
}
export interface WmsTaken {
  readonly wmsRef: string;
}

const under = (base: string, path: string): string => `${base.replace(/\/+$/, '')}${path}`;

export const wmsRequestOf = (
  data: RequestFulfilmentData,
  settings: Pick<ShipmentSettings, 'publicUrl'>,
): WmsRequest => ({
  fulfilmentId: data.fulfilmentId,
  orderNo: data.orderNo,
  node: data.node,
  shipTo: data.shipTo,
  lines: data.lines,
  ...(settings.publicUrl
    ? { callback: under(settings.publicUrl, `/v1/fulfilments/${encodeURIComponent(data.fulfilmentId)}`) }
    : {}),
});

/** A warehouse that took it but gave no usable number is found by our own. */
const wmsRefOf = (taken: WmsTaken | undefined): { wmsRef?: string } => {
  const wmsRef = String(taken?.wmsRef ?? '').trim();
  return wmsRef.length > 0 && wmsRef.length <= 64 ? { wmsRef } : {};
};

export const wms = defineAsk({
  asks: RequestFulfilment,
  answers: WmsAnswer,
  system: 'wms',
  policy: { deadlineMs: 10_000, concurrency: 64, unansweredAfterMs: 5 * 60_000, backoffMs: [250, 30_000] },
  find: ({ data }, outside, settings: ShipmentSettings) =>
    outside.find<WmsTaken>(under(settings.wmsUrl, `/wms/fulfilments/${encodeURIComponent(data.fulfilmentId)}`)),
  call: ({ data }, outside, settings: ShipmentSettings) =>
    outside.request<WmsTaken>('POST', under(settings.wmsUrl, '/wms/fulfilments'), wmsRequestOf(data, settings), {
      'Idempotency-Key': data.fulfilmentId,
    }),
  answer: ({ data: { fulfilmentId, orderId, account, node } }, outcome: AskOutcome<WmsTaken>) => ({
    fulfilmentId,
    orderId,
    account,
    node,
    outcome: outcome.outcome,
    ...(outcome.outcome === 'done' ? wmsRefOf(outcome.result) : { text: outcome.text.slice(0, 1000) }),
  }),
});
