/** Administration, the same on every server of the sandbox: faults, conduct, life sign. */
import type { FastifyInstance } from 'fastify';
import { SYSTEMS, type System } from '../config.js';
import { readFault, type Faults } from '../faults/fault.js';
import { Refused } from './problem.js';
import type { Conduct } from './server.js';

/** Settings that may change while the sandbox runs. */
export interface Conducts extends Record<System, Conduct> {
  readonly wms: Conduct & { stepMs: number; shortPickRate: number };
  readonly carrier: Conduct & { stepMs: number };
}

const changeConduct = (conducts: Conducts, body: unknown): Conduct => {
  const { system, ...wanted } = (body ?? {}) as Record<string, unknown>;
  if (!SYSTEMS.includes(system as System))
    throw new Refused(400, 'bad-settings', `system must be one of ${SYSTEMS.join(', ')}`);
  const conduct = conducts[system as System];
  for (const [name, value] of Object.entries(wanted)) {
    if (!(name in conduct)) throw new Refused(400, 'bad-settings', `${String(system)} has no setting ${name}`);
    if (typeof value !== 'number' || value < 0) throw new Refused(400, 'bad-settings', `${name} must be 0 or more`);
  }
  return Object.assign(conduct, wanted);
};

export const openAdministration = (app: FastifyInstance, faults: Faults, conducts: Conducts): void => {
  app.get('/health/live', () => ({ status: 'ok' }));
  app.get('/faults', () => faults.list());
  app.post('/faults', (request, reply) => {
    const read = readFault(request.body);
    if ('wrong' in read) throw new Refused(400, 'bad-fault', read.wrong);
    return reply.code(201).send(faults.add(read.fault));
  });
  app.delete<{ Querystring: { system?: string; id?: string } }>('/faults', ({ query }) => ({
    ended: faults.clear(query),
  }));
  app.get('/settings', () => conducts);
  app.put('/settings', ({ body }) => changeConduct(conducts, body));
};
