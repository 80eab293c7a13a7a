/** What happens outside: the ERP is down, then slow. */
import { setTimeout as pause } from 'node:timers/promises';
import { call } from '../../start/http.ts';
import type { Drill, Strike } from '../drill.ts';

/** Of the day: down for the first part, one request a second for the second. */
const DOWN_SHARE = 0.5;
const SLOW_SHARE = 0.2;
const MINUTE_MS = 60_000;

const json = (body: unknown) => ({
  headers: { 'content-type': 'application/json' },
  body: () => JSON.stringify(body),
});

const away: Strike = {
  name: 'the ERP',
  deed: 'down, then takes one request a second',
  strike: async ({ platform, minutes, say }) => {
    const { erp } = platform.fleet.urls.outside;
    const before = await call<{ readonly erp: { readonly perSecond: number } }>(`${erp}/settings`);
    const fault = await call<{ id: string }>(`${erp}/faults`, {
      method: 'POST',
      // What the sandbox gives out to us must still be there: only what the services ask is refused.
      ...json({ system: 'erp', kind: 'down', rate: 1, path: '/erp/orders' }),
    });
    const posting = await call<{ id: string }>(`${erp}/faults`, {
      method: 'POST',
      ...json({ system: 'erp', kind: 'down', rate: 1, path: '/erp/postings' }),
    });
    await pause(minutes * MINUTE_MS * DOWN_SHARE);
    for (const { id } of [fault, posting]) await fetch(`${erp}/faults?id=${id}`, { method: 'DELETE' });
    say('drill: the ERP is back and takes one request a second');
    await call(`${erp}/settings`, { method: 'PUT', ...json({ system: 'erp', perSecond: 1 }) });
    await pause(minutes * MINUTE_MS * SLOW_SHARE);
    await call(`${erp}/settings`, { method: 'PUT', ...json({ system: 'erp', perSecond: before.erp.perSecond }) });
  },
};

export const outsideDrills: readonly Drill[] = [
  {
    name: 'erp-down',
    about: 'The ERP is down for half of the day, then takes one request a second for a while.',
    most: 1,
    perMinute: 1,
    strikes: () => [away],
  },
];
