/** The ERP over HTTP: sales orders, postings, and its books. */
import type { FastifyInstance } from 'fastify';
import { Refused } from '../web/problem.js';
import { PARTNER } from '../web/server.js';
import type { Erp } from './erp.js';
import type { OrderRequest } from './orders.js';
import type { PostingRequest } from './postings.js';

interface ByReference {
  readonly reference?: string;
}
const keyOf = (headers: Readonly<Record<string, unknown>>): string => {
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || key === '')
    throw new Refused(400, 'field-missing', 'the header Idempotency-Key is missing');
  return key;
};
const referenceOf = ({ reference }: ByReference): string => {
  if (!reference) throw new Refused(400, 'field-missing', 'reference is missing');
  return reference;
};
const notFound = (reference: string): Refused => new Refused(404, 'not-found', `${reference} is not known`);

const openOrders = (app: FastifyInstance, erp: Erp): void => {
  app.post<{ Body: Partial<OrderRequest> | undefined }>('/erp/orders', PARTNER, async ({ body, headers }, reply) =>
    reply.code(201).send(await erp.register(keyOf(headers), body ?? {})),
  );
  app.get<{ Querystring: ByReference }>('/erp/orders', PARTNER, async ({ query }) => {
    const reference = referenceOf(query);
    const orders = await erp.findOrders(reference);
    if (orders.length === 0) throw notFound(reference);
    return { reference, erpOrderNos: orders.map(({ erpOrderNo }) => erpOrderNo), parts: orders[0]?.parts, orders };
  });
  const cancelled = async (reference: string) => {
    const orders = await erp.cancel(reference);
    return { reference, erpOrderNos: orders.map(({ erpOrderNo }) => erpOrderNo), status: 'cancelled' };
  };
  app.post<{ Body: ByReference | undefined }>('/erp/orders/cancel', PARTNER, ({ body }) =>
    cancelled(referenceOf(body ?? {})),
  );
  app.post<{ Params: { no: string } }>('/erp/orders/:no/cancel', PARTNER, ({ params }) => {
    const order = erp.orders.get(params.no);
    if (!order) throw notFound(params.no);
    return cancelled(order.reference);
  });
};

const openPostings = (app: FastifyInstance, erp: Erp): void => {
  app.post<{ Body: Partial<PostingRequest> | undefined }>(
    '/erp/postings',
    PARTNER,
    async ({ body, headers }, reply) => {
      const { erpDocumentNo, postedAt, reference, documentNo } = await erp.post(keyOf(headers), body ?? {});
      return reply.code(201).send({ erpDocumentNo, postedAt, reference, documentNo });
    },
  );
  app.get<{ Querystring: ByReference }>('/erp/postings', PARTNER, async ({ query }) => {
    const reference = referenceOf(query);
    const posting = await erp.findPosting(reference);
    if (!posting) throw notFound(reference);
    return posting;
  });
};

export const openErp = (app: FastifyInstance, erp: Erp): void => {
  openOrders(app, erp);
  openPostings(app, erp);
  app.get<{ Querystring: { summary?: string } }>('/books/erp', ({ query }) => {
    const orders = erp.orders.all();
    const summary = {
      orders: new Set(orders.map(({ reference }) => reference)).size,
      parts: orders.length,
      lines: orders.reduce((sum, { lines }) => sum + lines, 0),
      cancelled: orders.filter(({ status }) => status === 'cancelled').length,
      postings: erp.postings.totals(),
    };
    return query.summary === 'true' ? { summary } : { summary, orders, postings: erp.postings.all() };
  });
};
