/** The ERP's administration over HTTP: master data and opening stock for files and generated days. */
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { documentsOf, summaryOf } from '../day/day.js';
import { aDay, type Day } from '../day/identity.js';
import { Refused } from '../web/problem.js';
import type { Catalogue } from './catalogue.js';
import { OPENINGS, STOCK_MODES, type Opening, type StockMode } from './demand.js';
import { LAYOUTS, type Importer, type Layout } from './importer.js';
import type { Import, Imports } from './imports.js';
import { keyedIn } from './keyed-in.js';
import { complete, openStock } from './opening.js';
import type { Publisher } from './publish.js';
import type { ReceiptDoor } from './receipts.js';

type Query = Readonly<Record<string, string | undefined>>;
interface Queried {
  readonly Querystring: Query;
}
export interface MasterDataParts {
  readonly importer: Importer;
  readonly imports: Imports;
  readonly catalogue: Catalogue;
  readonly publisher: Publisher;
  readonly door: ReceiptDoor;
  readonly tenant: string;
}

const refuseParameter = (name: string, values: readonly string[]): Refused =>
  new Refused(400, 'bad-parameter', `${name} must be one of ${values.join(', ')}`);
const stockOf = (given: string | undefined, standard: StockMode = 'ample'): StockMode => {
  const mode = given ?? standard;
  if (!STOCK_MODES.includes(mode as StockMode)) throw refuseParameter('stock', STOCK_MODES);
  return mode as StockMode;
};
const dayOf = ({ seed = '1', date = new Date().toISOString().slice(0, 10), orders }: Query): Day => {
  const count = orders === undefined ? undefined : Number(orders);
  const right = /^[A-Za-z0-9]{1,12}$/.test(seed) && /^\d{4}-\d{2}-\d{2}$/.test(date);
  if (!right || (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= 100_000))) {
    throw new Refused(400, 'bad-parameter', 'seed: up to 12 letters and digits; date: YYYY-MM-DD; orders: 1 to 100000');
  }
  return aDay(seed, date, count);
};

const openImports = (app: FastifyInstance, { importer, tenant }: MasterDataParts): void => {
  app.post<Queried>('/erp/master-data/from-file', ({ query, body }) => {
    const layout = query['layout'] ?? 'uci';
    if (!(layout in LAYOUTS)) throw refuseParameter('layout', Object.keys(LAYOUTS));
    if (!(body instanceof Readable))
      throw new Refused(415, 'bad-body', 'send the file as text/csv or application/x-ndjson');
    return importer.fromFile(
      body,
      layout as Layout,
      query['name'] ?? 'file',
      query['tenant'] ?? tenant,
      stockOf(query['stock']),
    );
  });
  app.post<Queried>('/erp/master-data/day', ({ query }) =>
    importer.fromDay(dayOf(query), query['tenant'] ?? tenant, stockOf(query['stock'], 'short')),
  );
};

/** What a clerk keys in: whole entries of any part, as the contracts have them; the ERP counts the versions. */
const openMaintenance = (app: FastifyInstance, { catalogue, publisher, tenant }: MasterDataParts): void => {
  app.put<Queried & { Body: unknown }>('/erp/master-data', async ({ query, body }) => {
    const data = keyedIn(body);
    return publisher.publish(await catalogue.enter(query['tenant'] ?? tenant, data));
  });
};

const openReceipts = (app: FastifyInstance, { imports, door }: MasterDataParts): void => {
  const named = ({ import: id }: Query): readonly Import[] => {
    if (!id) return imports.all();
    const entry = imports.get(id);
    if (!entry) throw new Refused(404, 'not-found', `no import ${id}`);
    return [entry];
  };
  app.post<Queried>('/erp/receipts/opening', async ({ query }) => {
    const [entry, ...more] = named(query);
    const stock = stockOf(query['stock']) as Opening;
    if (!entry || more.length > 0) throw new Refused(400, 'bad-parameter', 'import is missing');
    if (!OPENINGS.includes(stock)) throw refuseParameter('stock', OPENINGS);
    return { import: entry.id, receipts: await openStock(imports, entry, stock, door) };
  });
  // Those that are complete already are known to inventory: only a named one is posted again.
  app.post<Queried>('/erp/receipts/remaining', async ({ query }) => {
    const due = named(query).filter(({ completed }) => query['import'] || !completed);
    const answers = [];
    for (const entry of due) answers.push({ import: entry.id, receipts: await complete(imports, entry, door) });
    return answers;
  });
};

export const openMasterData = (app: FastifyInstance, parts: MasterDataParts): void => {
  const { imports, catalogue, publisher } = parts;
  openImports(app, parts);
  openReceipts(app, parts);
  openMaintenance(app, parts);
  app.get('/erp/imports', () => imports.all().map(({ demand: _demand, ...entry }) => entry));
  app.post('/erp/master-data/republish', () => publisher.publish(catalogue.all()));
  app.get('/erp/master-data', () => catalogue.counts());
  app.get<Queried>('/day/summary', ({ query }) => ({ ...dayOf(query), ...summaryOf(dayOf(query)) }));
  app.get<Queried>('/day', ({ query }, reply) => {
    const day = dayOf(query);
    const bare = query['layout'] === 'ndjson';
    const lines = function* (): Generator<string> {
      for (const timed of documentsOf(day)) yield `${JSON.stringify(bare ? timed.document : timed)}\n`;
    };
    return reply.header('content-type', 'application/x-ndjson').send(Readable.from(lines()));
  });
};
