/** Orders over HTTP: send one, look, search, change, cancel. */
import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { CancelOrder, ChangeOrder, OrderDocument } from '@crossdock/contracts';
import {
  answerOf,
  checked,
  DOOR,
  From,
  Opens,
  Problem,
  QUERIES,
  Scope,
  type Caller,
  type Door,
  type Queries,
} from '@crossdock/runtime';
import { OrderSettings } from '../config.js';
import { creditUsed, type AccountState } from '../domain/account.js';
import type { OrderChanged } from '../domain/decide-change.js';
import type { OrderTaken } from '../domain/decide-submit.js';
import type { Order, OrderState } from '../domain/order.js';
import type { CustomerState } from '../domain/reference.js';
import type { TermsState } from '../domain/terms.js';
import { CancelBody, ChangeBody, CreditBody, OrderChangedBody, OrderTakenBody } from './answers.js';
import { withItems } from './change-items.js';
import { channelOf, orderFrom, STATUS_OF, submitOrder } from './intake.js';
import { May, PAGED, pageOf, refusedParameter } from './page.js';
import { findOrder, isKnown, orderRow, orderView } from './shown.js';

/** Fastify's reply, as far as a changed status needs it. */
interface Reply {
  code(status: number): unknown;
}
const SEARCHED = ['orderNo', 'customerPo', 'correlationId', 'batch', 'account', 'status'] as const;
type Search = Readonly<Partial<Record<(typeof SEARCHED)[number], string>>>;

@Controller('v1')
export class OrdersController {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(OrderSettings) private readonly settings: OrderSettings,
  ) {}

  @Post('orders')
  @HttpCode(201)
  @Scope('orders:write')
  @Opens({
    summary: 'Takes an order, or refuses it with a code per failed check',
    body: OrderDocument,
    answers: {
      201: OrderTakenBody,
      200: 'The order was known already',
      409: 'Known with other content',
      422: 'Refused by checks',
    },
  })
  async submit(
    @From() caller: Caller,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: Reply,
    @Headers('x-channel') channel?: string,
  ): Promise<OrderTaken> {
    const document = orderFrom(body, this.settings.maxLines);
    const { daysAhead } = this.settings;
    const taking = { door: this.door, caller, channel: channelOf(channel), daysAhead };
    const outcome = await submitOrder(taking, document);
    if (outcome.kind === 'ignore') reply.code(200);
    return answerOf(outcome, STATUS_OF);
  }

  @Get('orders')
  @Scope('orders:read')
  @Opens({
    summary: 'Orders by number, customer PO, correlation id, batch, account or status, newest first',
    answers: { 200: 'Orders' },
  })
  @May({ ...Object.fromEntries(SEARCHED.map((name) => [name, 'at least one of these is needed'])), ...PAGED })
  async search(
    @From() caller: Caller,
    @Query() query: Search,
    @Query('limit') limit?: string,
    @Query('after') after?: string,
  ) {
    const asked = SEARCHED.flatMap((name) => (query[name] ? [[name, query[name]] as const] : []));
    const [first, ...others] = asked;
    if (!first) throw refusedParameter('orderNo', `name one of ${SEARCHED.join(', ')}`);
    const page = pageOf(limit, after);
    const matches = (order: Order): boolean =>
      others.every(([name, value]) => (name === 'batch' ? order.batchId : order[name]) === value);
    const orders: Order[] = [];
    let next = page.after;
    for (let full = true; full && orders.length < page.limit;) {
      const found = await this.queries.byKey<OrderState>(caller.tenant, 'order', `${first[0]}:${first[1]}`, {
        limit: page.limit,
        ...(next ? { after: next } : {}),
      });
      full = found.length === page.limit;
      for (const one of found) {
        if (orders.length === page.limit) break;
        next = one.id;
        if (isKnown(one) && matches(one.state)) orders.push(one.state);
      }
    }
    return { orders: orders.map(orderRow), ...(orders.length === page.limit && next ? { after: next } : {}) };
  }

  @Get('orders/:id')
  @Scope('orders:read')
  @Opens({
    summary: 'One order, by its id or number: where each line is and what it waits for',
    answers: { 404: 'No such order' },
  })
  async one(@From() caller: Caller, @Param('id') id: string) {
    const order = await this.find(caller, id);
    const terms = await this.queries.get<TermsState>(caller.tenant, 'terms', order.orderId);
    return orderView(order, terms?.state ?? { orderId: order.orderId, lines: [], shipTo: { country: 'ZZ' } });
  }

  @Post('orders/:id/cancel')
  @HttpCode(200)
  @Scope('orders:write')
  @Opens({
    summary: 'Cancels an order that no warehouse has yet',
    body: CancelBody,
    answers: { 200: OrderTakenBody, 404: 'No such order', 409: 'With the warehouse already, or over' },
  })
  async cancel(@From() caller: Caller, @Param('id') id: string, @Body() body: unknown): Promise<OrderTaken> {
    const { reason } = checked(CancelBody, body);
    const { orderId, account } = await this.standing(caller, id);
    return answerOf(await this.door.submit(CancelOrder, { orderId, account, reason }, caller), STATUS_OF);
  }

  @Post('orders/:id/changes')
  @HttpCode(200)
  @Scope('orders:write')
  @Opens({
    summary: 'Changes the lines of an order that no warehouse has yet: the changed order is taken in its place',
    body: ChangeBody,
    answers: {
      200: OrderChangedBody,
      404: 'No such order',
      409: 'With the warehouse already, over, or none that changes: a code per line',
      422: 'Refused by checks',
    },
  })
  async change(@From() caller: Caller, @Param('id') id: string, @Body() body: unknown): Promise<OrderChanged> {
    const { reason = 'changed', ...change } = checked(ChangeBody, body);
    const { orderId, account } = await this.standing(caller, id);
    const terms = await this.queries.get<TermsState>(caller.tenant, 'terms', orderId);
    const named = { ...change, lines: withItems(change.lines, terms?.state.lines ?? []) };
    return answerOf(
      await this.door.submit(ChangeOrder, { orderId, account, reason, change: named }, caller),
      STATUS_OF,
    );
  }

  @Get('accounts/:account/credit')
  @Scope('orders:read')
  @Opens({
    summary: 'Credit of an account: its limit and what takes it up',
    answers: { 200: CreditBody, 404: 'No such account' },
  })
  async credit(@From() caller: Caller, @Param('account') account: string): Promise<CreditBody> {
    const [customer, credit] = await Promise.all([
      this.queries.get<CustomerState>(caller.tenant, 'customer', account),
      this.queries.get<AccountState>(caller.tenant, 'account', account),
    ]);
    if (!customer?.state.known) throw new Problem(404, 'not-found');
    const { openOrders, receivables } = credit?.state ?? { openOrders: 0, receivables: 0 };
    const { creditLimit } = customer.state;
    const used = creditUsed({ account, openOrders, receivables });
    return {
      account,
      ...(creditLimit === undefined ? {} : { creditLimit }),
      creditUsed: used,
      openOrders,
      receivables,
    };
  }

  /** The order that stands: of a changed one what was taken in its place. */
  private async standing(caller: Caller, id: string): Promise<Order> {
    let order = await this.find(caller, id);
    while (order.replacedBy) order = await this.find(caller, order.replacedBy.orderId);
    return order;
  }

  private async find(caller: Caller, id: string): Promise<Order> {
    const order = await findOrder(this.queries, caller.tenant, id);
    if (!order) throw new Problem(404, 'order-not-found');
    return order;
  }
}
