/** The books as they stand: positions with their buckets, the ledger behind them, and what an order claims. */
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { From, Opens, Problem, QUERIES, Scope, type Caller, type Found, type Queries } from '@crossdock/runtime';
import { claimsOf, positionId, type Position } from '../domain/position.js';
import type { Comparison } from '../domain/comparison.js';
import type { Hold } from '../domain/hold.js';
import type { Inbound } from '../domain/inbound.js';
import type { Movement } from '../domain/movement.js';
import { claimView, positionView, type ClaimView, type PositionView } from './views.js';

interface PageQuery {
  readonly limit?: string;
  readonly after?: string;
}
interface Listing<T> {
  readonly items: readonly T[];
  /** pass it as `after` for the next page */
  readonly next?: string;
}
const MAX_PAGE = 500;
const pageOf = ({ limit, after }: PageQuery): { limit: number; after?: string } => {
  const wanted = Number(limit ?? 100);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > MAX_PAGE)
    throw new Problem(400, 'schema-violation', {
      errors: [{ reason: 'schema-violation', field: 'limit', text: `limit is a whole number from 1 to ${MAX_PAGE}` }],
    });
  return { limit: wanted, ...(after ? { after } : {}) };
};
const listing = <S, T>(found: readonly Found<S>[], limit: number, view: (state: S) => T): Listing<T> => {
  const last = found.at(-1);
  return { items: found.map(({ state }) => view(state)), ...(last && found.length === limit ? { next: last.id } : {}) };
};
const missing = (...fields: readonly string[]): never => {
  const text = `name one of ${fields.join(', ')}`;
  throw new Problem(400, 'schema-violation', {
    detail: text,
    errors: fields.map((field) => ({ reason: 'schema-violation', field, text })),
  });
};

@Controller('v1')
export class StockController {
  constructor(@Inject(QUERIES) private readonly queries: Queries) {}

  @Get('positions')
  @Scope('inventory:read')
  @Opens({
    summary: 'Stock by item and node, by bucket',
    description: 'Query: node, item, claims=true for the orders behind soft, allocated and backordered; limit, after.',
    answers: { 200: 'items, next' },
  })
  async positions(
    @Query() query: PageQuery & { node?: string; item?: string; claims?: string },
    @From() caller: Caller,
  ): Promise<Listing<PositionView>> {
    const { node, item } = query;
    const page = pageOf(query);
    const view = (position: Position): PositionView => positionView(position, query.claims === 'true');
    if (node && item) {
      const found = await this.queries.get<Position>(caller.tenant, 'position', positionId(node, item));
      return { items: found ? [view(found.state)] : [] };
    }
    if (!node && !item) return missing('node', 'item');
    const key = node ? `node:${node}` : `item:${item}`;
    return listing(await this.queries.byKey<Position>(caller.tenant, 'position', key, page), page.limit, view);
  }

  @Get('movements')
  @Scope('inventory:read')
  @Opens({
    summary: 'The stock ledger',
    description: 'Query: one of document, item, order, correlationId, batch, node; limit, after. Newest first.',
    answers: { 200: 'items, next' },
  })
  async movements(
    @Query()
    query: PageQuery & Partial<Record<'document' | 'item' | 'order' | 'correlationId' | 'batch' | 'node', string>>,
    @From() caller: Caller,
  ): Promise<Listing<Movement>> {
    const { document, item, order, correlationId, batch, node } = query;
    const by = { document, item, order, correlation: correlationId, batch, node };
    const [named] = Object.entries(by).filter(([, value]) => value);
    if (!named) return missing('document', 'item', 'order', 'correlationId', 'batch', 'node');
    const page = pageOf(query);
    const key = `${named[0]}:${named[1]}`;
    return listing(
      await this.queries.byKey<Movement>(caller.tenant, 'movement', key, page),
      page.limit,
      (state) => state,
    );
  }

  @Get('claims')
  @Scope('inventory:read')
  @Opens({
    summary: 'What an order holds and waits for, by node and line',
    description: 'Query: order (its id).',
    answers: { 200: 'items' },
  })
  async claims(@Query('order') order: string | undefined, @From() caller: Caller): Promise<Listing<ClaimView>> {
    if (!order) return missing('order');
    const holds = await this.queries.byKey<Hold>(caller.tenant, 'hold', `order:${order}`);
    const ids = holds.flatMap(({ state }) =>
      state.status === 'held' ? state.items.map((item) => positionId(state.node, item)) : [],
    );
    const positions = await this.queries.many<Position>(caller.tenant, 'position', ids);
    const items = positions.flatMap(({ state }) =>
      claimsOf(state)
        .filter(({ orderId }) => orderId === order)
        .map((claim) => claimView(state, claim)),
    );
    return { items };
  }

  @Get('inbounds')
  @Scope('inventory:read')
  @Opens({
    summary: 'Goods that partners told to be on their way: what was advised and what came',
    description: 'Query: number that receipts name, document that advised it, or node; limit, after.',
    answers: { 200: 'items, next' },
  })
  async inbounds(
    @Query() query: PageQuery & { number?: string; document?: string; node?: string },
    @From() caller: Caller,
  ): Promise<Listing<Inbound>> {
    const { number, document, node } = query;
    const page = pageOf(query);
    const key = (number && `inbound:${number}`) ?? (document && `document:${document}`) ?? (node && `node:${node}`);
    if (!key) return missing('number', 'document', 'node');
    const found = await this.queries.byKey<Inbound>(caller.tenant, 'inbound', key, page);
    return listing(found, page.limit, (inbound) => inbound);
  }

  @Get('comparisons')
  @Scope('inventory:read')
  @Opens({
    summary: 'The newest report of stock of each partner against our books',
    description: 'Query: node, or status=differs; limit, after.',
    answers: { 200: 'items, next' },
  })
  async comparisons(
    @Query() query: PageQuery & { node?: string; status?: string },
    @From() caller: Caller,
  ): Promise<Listing<Comparison>> {
    const { node, status } = query;
    if (!node && !status) return missing('node', 'status');
    const page = pageOf(query);
    const key = node ? `node:${node}` : `status:${status}`;
    const found = await this.queries.byKey<Comparison>(caller.tenant, 'comparison', key, page);
    return listing(found, page.limit, (comparison) => comparison);
  }
}
