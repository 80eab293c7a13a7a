/** A fulfilment order goes to the partner that runs its warehouse, by document. Lane: the partner. */
import {
  holdsOn,
  accept,
  change,
  dayOf,
  derivedId,
  hours,
  ignore,
  plusMs,
  say,
  type Day,
  type Decision,
  type Input,
  type Instant,
  type Output,
  type Ref,
} from '@crossdock/kernel';
import {
  WarehouseOrderAnswered,
  WarehousePartnerChanged,
  type Agreement,
  type PartnerProfile,
  type SendWarehouseOrderData,
  type Validity,
} from '@crossdock/contracts';
import { envelopeOf } from './decide-advice.js';
import { queue, touchesQueue } from './decide-dispatch.js';
import { warehouseOrderNumber } from './dispatch.js';
import { addressingTo, partnerRef, profileOn } from './partner.js';
import type { PartnerStates } from './touched.js';
import { type Version } from './versions.js';
import { warehouseOrderRef } from './warehouse-order.js';

/** The only standard that has a document for it among those that are written: EDIFACT's is INSDES, UBL has none. */
const STANDARD = 'X12';
const TYPE = '940';
const asksToShip = ({ standard, direction, types, node }: Agreement): boolean =>
  standard === STANDARD && direction === 'out' && node !== undefined && (types.length === 0 || types.includes(TYPE));

const orderDispatchId = ({ fulfilmentId, attempt }: SendWarehouseOrderData): string =>
  derivedId('dispatch', fulfilmentId, 'warehouse-order', attempt);
export const touchesWarehouseOrder = ({ data }: Input<SendWarehouseOrderData>): readonly Ref[] => [
  partnerRef(data.partner),
  warehouseOrderRef(data.partner, warehouseOrderNumber(data)),
  ...touchesQueue(data.partner, orderDispatchId(data)),
];

const refused = (data: SendWarehouseOrderData, text: string): Decision => {
  const { fulfilmentId, orderId, account, node, partner, attempt } = data;
  const about = { fulfilmentId, orderId, account, node, partner, attempt };
  return accept(say(WarehouseOrderAnswered, { ...about, outcome: 'refused', text }));
};

/** Queued once for each attempt; its answer is told by what becomes of the document. */
export const sendWarehouseOrder = (input: Input<SendWarehouseOrderData>, states: PartnerStates): Decision => {
  const { data, at, correlationId } = input;
  const { partner, node, fulfilmentId, orderId, orderNo, account, lines } = data;
  const dispatchId = orderDispatchId(data);
  if (states.dispatch(dispatchId).status !== 'none') return ignore('already-known');
  const day = dayOf(at);
  const profile = profileOn(states.partner(partner), day);
  if (!profile) return refused(data, `${partner} is not known`);
  if (profile.status === 'blocked') return refused(data, `${partner} is blocked`);
  const agreement = profile.agreements.find((one) => asksToShip(one) && one.node === node && holdsOn(one, day));
  if (!agreement) return refused(data, `no agreement about ${STANDARD} ${TYPE} for ${node} with ${partner} on ${day}`);
  const wanted = {
    ...envelopeOf(partner, profile, { standard: STANDARD, type: TYPE, agreement }),
    dispatchId,
    addressing: addressingTo(partner, profile, day),
    content: { warehouseOrder: data },
    orderId,
  };
  const order = { fulfilmentId, orderId, orderNo, account, node, lines };
  return accept(
    change(warehouseOrderRef(partner, warehouseOrderNumber(data)), { type: 'warehouse-order-queued', ...order }),
    queue(wanted, states.outbox(partner), { at, correlationId }),
  );
};

const dayAfter = (day: Day, days = 1): Day => dayOf(plusMs(`${day}T00:00:00.000Z`, days * hours(24)));
const earliest = (days: readonly (Day | undefined)[]): Day | undefined =>
  days.reduce((first, day) => (first === undefined || (day !== undefined && day < first) ? day : first), undefined);
const latest = (days: readonly (Day | undefined)[]): Day | undefined =>
  days.reduce((last, day) => (last === undefined || (day !== undefined && day > last) ? day : last), undefined);

/** In order of their days, those that meet or overlap as one. */
const joined = (periods: readonly Validity[]): readonly Validity[] => {
  const all: Validity[] = [];
  for (const period of periods.toSorted((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1))) {
    const last = all.at(-1);
    const { validFrom = '', validTo } = period;
    if (last && (last.validTo === undefined || validFrom <= dayAfter(last.validTo))) {
      const { validTo: end, ...open } = last;
      const isEndless = end === undefined || validTo === undefined;
      all.splice(-1, 1, isEndless ? open : { ...open, validTo: end < validTo ? validTo : end });
    } else all.push(period);
  }
  return all;
};
/** Days on which the newest version that holds asks this partner to ship from the node (see `profileOn`). */
export const runPeriods = (versions: readonly Version<PartnerProfile>[], node: string): readonly Validity[] =>
  joined(
    versions.flatMap(({ data, validFrom }, at) => {
      const next = earliest(versions.slice(at + 1).map((later) => later.validFrom));
      const until = next && dayAfter(next, -1);
      const since = at === 0 ? undefined : validFrom;
      return data.agreements
        .filter((one) => asksToShip(one) && one.node === node)
        .flatMap((one): Validity[] => {
          const from = latest([since, one.validFrom]);
          const to = earliest([until, one.validTo]);
          if (from !== undefined && to !== undefined && to < from) return [];
          return [{ ...(from ? { validFrom: from } : {}), ...(to ? { validTo: to } : {}) }];
        });
    }),
  );
const nodesIn = (versions: readonly Version<PartnerProfile>[]): readonly string[] => [
  ...new Set(versions.flatMap(({ data }) => data.agreements.filter(asksToShip).flatMap(({ node }) => node ?? []))),
];

/** A profile was saved: whoever releases orders hears of each node whose days have changed. */
export const runChanged = (
  partner: string,
  before: readonly Version<PartnerProfile>[],
  after: readonly Version<PartnerProfile>[],
  savedAt: Instant,
): readonly Output[] =>
  nodesIn(after).flatMap((node) => {
    const periods = runPeriods(after, node);
    if (JSON.stringify(periods) === JSON.stringify(runPeriods(before, node))) return [];
    const profileVersion = after.at(-1)?.version ?? 1;
    return [say(WarehousePartnerChanged, { node, partner, profileVersion, savedAt, periods: [...periods] })];
  });
