/** What the warehouse tells us: picks and dispatches of a fulfilment order; and where fulfilment orders stand. */
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ConfirmDispatch, ConfirmPick } from '@crossdock/contracts';
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
  type Submission,
} from '@crossdock/runtime';
import type { DispatchTaken } from '../domain/decide-dispatch.js';
import { whoseOf, type PickTaken } from '../domain/decide-warehouse.js';
import type { FulfilmentState, KnownFulfilment } from '../domain/fulfilment.js';
import { DispatchConfirmation, PickConfirmation } from './bodies.js';
import { fulfilmentView, type FulfilmentView } from './views.js';

/** The request clashes with what is there; everything else that is refused is 422. */
const CONFLICTS = { 'document-changed': 409, 'counter-not-ready': 409, 'fulfilment-unknown': 404 } as const;
const MAX_PAGE = 200;

@Controller('v1/fulfilments')
export class FulfilmentsController {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(QUERIES) private readonly queries: Queries,
  ) {}

  @Post(':id/picks')
  @Scope('shipments:write')
  @Opens({
    summary: 'The warehouse has picked, perhaps less than asked',
    body: PickConfirmation,
    answers: {
      201: 'taken, or taken before',
      404: 'fulfilment-unknown',
      409: 'document-changed',
      422: 'line-unknown, pick-above-release',
    },
  })
  async picked(@Param('id') id: string, @Body() body: unknown, @From() caller: Caller): Promise<PickTaken> {
    const confirmation = checked(PickConfirmation, body);
    const known = await this.known(caller.tenant, id);
    return answerOf(
      await this.door.submit(ConfirmPick, { ...whoseOf(known), ...confirmation }, ...asOrder(caller, known)),
      CONFLICTS,
    );
  }

  @Post(':id/dispatches')
  @Scope('shipments:write')
  @Opens({
    summary: 'The warehouse has handed packages to carriers',
    body: DispatchConfirmation,
    answers: {
      201: 'taken, or taken before',
      404: 'fulfilment-unknown',
      409: 'document-changed; counter-not-ready: the pick is not here yet, send it again',
      422: 'line-unknown, dispatch-above-pick',
    },
  })
  async dispatched(@Param('id') id: string, @Body() body: unknown, @From() caller: Caller): Promise<DispatchTaken> {
    const confirmation = checked(DispatchConfirmation, body);
    const known = await this.known(caller.tenant, id);
    return answerOf(
      await this.door.submit(ConfirmDispatch, { ...whoseOf(known), ...confirmation }, ...asOrder(caller, known)),
      CONFLICTS,
    );
  }

  @Get()
  @Scope('shipments:read')
  @Opens({ summary: 'Fulfilment orders of an order (id or number), or by status', answers: { 200: 'fulfilments' } })
  async find(
    @From() caller: Caller,
    @Query('order') order?: string,
    @Query('status') status?: string,
    @Query('limit') limit?: string,
    @Query('after') after?: string,
  ): Promise<{ readonly fulfilments: readonly FulfilmentView[] }> {
    if (!order && !status) throw new Problem(400, 'schema-violation', { detail: 'give order or status' });
    const page = { limit: Math.min(Number(limit) || 50, MAX_PAGE), ...(after ? { after } : {}) };
    const keys = order ? [`order:${order}`, `orderNo:${order}`] : [`status:${status}`];
    const found = await Promise.all(
      keys.map((key) => this.queries.byKey<FulfilmentState>(caller.tenant, 'fulfilment', key, page)),
    );
    const views = found.flat().flatMap(({ state }) => (state.status === 'none' ? [] : [fulfilmentView(state)]));
    return { fulfilments: order && status ? views.filter((view) => view.status === status) : views };
  }

  @Get(':id')
  @Scope('shipments:read')
  @Opens({
    summary: 'One fulfilment order with what was picked and shipped of each line',
    answers: { 200: 'the fulfilment order' },
  })
  async one(@Param('id') id: string, @From() caller: Caller): Promise<FulfilmentView> {
    return fulfilmentView(await this.known(caller.tenant, id));
  }

  private async known(tenant: string, id: string): Promise<Exclude<FulfilmentState, { status: 'none' }>> {
    const found = await this.queries.get<FulfilmentState>(tenant, 'fulfilment', id);
    if (!found || found.state.status === 'none') throw new Problem(404, 'fulfilment-unknown');
    return found.state;
  }
}

/** What the warehouse tells belongs to the order's story: its correlation and its batch. */
const asOrder = (caller: Caller, { correlationId, batchId }: KnownFulfilment): [Caller, Submission] => [
  { ...caller, correlationId },
  batchId ? { batchId } : {},
];
