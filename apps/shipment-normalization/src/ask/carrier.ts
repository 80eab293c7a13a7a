/**
 * Asks a carrier where a package is: the request each of them documents, below the base URL and with the headers
 * (token, key) of the account. Carriers that answer in XML or want credentials in the body are asked by nobody yet:
 * they tell by webhook or through an aggregator.
 */
import { RequestTracking, TrackingAnswer } from '@crossdock/contracts';
import { defineAsk, OutsideRefusal, type AskOutcome } from '@crossdock/runtime';
import type { ShipmentSettings } from '../config.js';
import { readTracking } from '../translate/carriers/index.js';
import { ingestOf } from '../translate/carriers/ingest.js';

export interface PollRequest {
  readonly method: 'GET' | 'POST';
  /** below the account's URL */
  readonly path: string;
  readonly body?: unknown;
}
const get = (path: string): PollRequest => ({ method: 'GET', path });

/** By the carrier's name in small letters and digits; the number is encoded for a path. */
export const POLLS: Readonly<Record<string, (no: string, trackingNo: string) => PollRequest>> = {
  ups: (no) => get(`/api/track/v1/details/${no}?locale=en_US`),
  fedex: (_no, trackingNo) => ({
    method: 'POST',
    path: '/track/v1/trackingnumbers',
    body: { includeDetailedScans: true, trackingInfo: [{ trackingNumberInfo: { trackingNumber: trackingNo } }] },
  }),
  usps: (no) => get(`/tracking/v3/tracking/${no}?expand=DETAIL`),
  dhl: (no) => get(`/track/shipments?trackingNumber=${no}`),
  dhlunified: (no) => get(`/track/shipments?trackingNumber=${no}`),
  dhlexpress: (no) => get(`/mydhlapi/shipments/${no}/tracking?trackingView=all-checkpoints&levelOfDetail=all`),
  gls: (no) => get(`/track-and-trace-v1/tracking/simple/trackids/${no}`),
  laposte: (no) => get(`/suivi/v2/idships/${no}?lang=fr_FR`),
  australiapost: (no) => get(`/shipping/v1/track?tracking_ids=${no}`),
  sendle: (no) => get(`/api/tracking/${no}`),
  easypost: (no) => get(`/v2/trackers?tracking_code=${no}`),
  aftership: (no) => get(`/v4/trackings?tracking_numbers=${no}`),
};
export const plainName = (carrier: string): string => carrier.toLowerCase().replace(/[^a-z0-9]+/g, '');

export const carrierPoll = defineAsk({
  asks: RequestTracking,
  answers: TrackingAnswer,
  system: 'carrier',
  outsideOf: ({ carrier }) => plainName(carrier),
  policy: {
    deadlineMs: 15_000,
    concurrency: 16,
    perSecond: 10,
    unansweredAfterMs: 10 * 60_000,
    backoffMs: [1_000, 300_000],
  },
  call: async ({ data: { trackingNo, carrier } }, outside, settings: ShipmentSettings): Promise<unknown> => {
    const name = plainName(carrier);
    const account = Object.hasOwn(settings.carrierAccounts, name) ? settings.carrierAccounts[name] : undefined;
    const request = Object.hasOwn(POLLS, name) ? POLLS[name]?.(encodeURIComponent(trackingNo), trackingNo) : undefined;
    if (!account || !request) throw new OutsideRefusal(404, `no account with ${carrier} to ask for tracking`);
    const { method, path, body } = request;
    return outside.request<unknown>(method, `${account.url.replace(/\/+$/, '')}${path}`, body, { ...account.headers });
  },
  answer: ({ id, at, data: { trackingNo, carrier } }, outcome: AskOutcome) => {
    if (outcome.outcome !== 'done')
      return { trackingNo, carrier, outcome: outcome.outcome, text: outcome.text.slice(0, 1000) };
    const reading = readTracking(carrier, JSON.stringify(outcome.result));
    const { messages, faults } = ingestOf(reading, { source: 'poll', deliveryId: id, receivedAt: at, trackingNo });
    const own = messages.find((message) => message.trackingNo === trackingNo);
    const text = faults
      .map((fault) => fault.text)
      .join('; ')
      .slice(0, 1000);
    return {
      trackingNo,
      carrier,
      outcome: 'done' as const,
      ...(text ? { text } : {}),
      ...(own ? { mappingVersion: own.mappingVersion, events: own.events } : {}),
    };
  },
});
