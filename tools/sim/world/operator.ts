/** A person who looks at exception cases and tries again what can be tried again. */
import type { Caller } from '@crossdock/runtime';
import { SERVICES, TENANTS } from './services.ts';
import type { World } from './world.ts';

const operator = (tenant: string): Caller => ({
  tenant,
  actor: { kind: 'user', id: 'operator' },
  scopes: ['exceptions:read', 'exceptions:write'],
  correlationId: 'operator',
});

/** Tries every case again that can be, once each; how many that were. */
export const retryCases = async (world: World): Promise<number> => {
  let count = 0;
  const asked: Promise<unknown>[] = [];
  for (const service of SERVICES)
    for (const tenant of TENANTS) {
      const [running] = world.living(service);
      if (!running) continue;
      const { exceptions } = await running.opens('ExceptionsController').list(operator(tenant));
      for (const { id, retryable } of exceptions) {
        const mark = `${tenant}/${id}`;
        if (!retryable || world.retried.has(mark)) continue;
        world.retried.add(mark);
        count++;
        // Two people may look at the same case.
        const people = world.random.happens(0.2) ? ['one', 'another'] : ['one'];
        for (const person of people)
          asked.push(
            world.callers.ask({
              service,
              tenant,
              route: `POST /v1/exceptions/${id}/retry`,
              key: `retry ${id} by ${person}`,
              content: {},
              go: (any, caller) => any.opens('ExceptionsController').retry(caller, id),
            }),
          );
      }
    }
  void Promise.all(asked);
  return count;
};
