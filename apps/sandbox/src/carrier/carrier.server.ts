/** The carrier over HTTP: where packages are, and its books. */
import type { FastifyInstance } from 'fastify';
import type { Carrier } from './carrier.js';

export const openCarrier = (app: FastifyInstance, carrier: Carrier): void => {
  app.get<{ Querystring: { summary?: string } }>('/books/carrier', ({ query }) =>
    query.summary === 'true' ? { summary: carrier.summary() } : { summary: carrier.summary(), parcels: carrier.all() },
  );
};
