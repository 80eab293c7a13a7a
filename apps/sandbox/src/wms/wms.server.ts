/** The WMS over HTTP: fulfilment orders, and its books. */
import type { FastifyInstance } from 'fastify';
import { Refused } from '../web/problem.js';
import { PARTNER } from '../web/server.js';
import type { Callbacks } from '../web/callbacks.js';
import type { FulfilmentRequest } from './book.js';
import type { Warehouse } from './warehouse.js';

export const openWms = (app: FastifyInstance, warehouse: Warehouse, callbacks: Callbacks): void => {
  app.post<{ Body: Partial<FulfilmentRequest> | undefined }>(
    '/wms/fulfilments',
    PARTNER,
    async ({ body, headers }, reply) => {
      if (!headers['idempotency-key']) throw new Refused(400, 'field-missing', 'the header Idempotency-Key is missing');
      const { traceparent } = headers;
      const parent = typeof traceparent === 'string' ? traceparent : undefined;
      const { wmsRef, fulfilmentId } = await warehouse.take(body ?? {}, parent);
      return reply.code(201).send({ wmsRef, fulfilmentId });
    },
  );
  app.get<{ Params: { id: string } }>('/wms/fulfilments/:id', PARTNER, async ({ params }) => {
    const row = await warehouse.find(params.id);
    if (!row) throw new Refused(404, 'not-found', `${params.id} is not known`);
    return row;
  });
  app.get<{ Querystring: { summary?: string } }>('/books/wms', ({ query }) => {
    const summary = { ...warehouse.book.summary(), callbacks: callbacks.countsOf('wms') };
    return query.summary === 'true' ? { summary } : { summary, fulfilments: warehouse.book.all() };
  });
  app.get<{ Params: { id: string } }>('/books/wms/:id', async ({ params }) => {
    const details = await warehouse.details(params.id);
    if (!details) throw new Refused(404, 'not-found', `${params.id} is not known`);
    return details;
  });
};
