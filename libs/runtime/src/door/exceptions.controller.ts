/** Exception cases of a service: list, look, try again, discard. */
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { IsNote, reasonOf, type CaseState } from '@crossdock/contracts';
import { SERVICE, type ServiceDefinition } from '../service.js';
import type { Retried } from './cases.js';
import { discardContract, ownerOf } from './case-rules.js';
import { checked } from './checked.js';
import { From, Scope } from './decorators.js';
import { DOOR, QUERIES, type Caller, type Door, type Found, type Queries } from './door.js';
import { Opens } from './opens.js';
import { answerOf, Problem } from './problem.js';

export class DiscardDocument {
  @IsNote(1000) comment!: string;
}
const STATUSES = ['open', 'resolved', 'discarded'];
const LIMIT = 100;
const LIMIT_MOST = 1000;

const forReason = <F>(table: Readonly<Record<string, F>> | undefined, reason: string): F | undefined =>
  table?.[reason] ?? table?.['*'];
/** True when `retry` would put something in: the case is open, and the service knows how from what the case keeps. */
const isRetryable = (state: CaseState, { retries }: ServiceDefinition): boolean =>
  state.status === 'open' && forReason(retries, state.reason)?.(state) !== undefined;

/** A case as it is shown. What it keeps for a retry may hold personal data and stays inside. */
const shown = ({ state }: Found<CaseState>, service: ServiceDefinition) => {
  const { content: _content, ...rest } = state;
  const { business, it, next, retry } = reasonOf(state.reason) ?? {
    business: state.reason,
    it: '',
    next: '',
    retry: false,
  };
  return { ...rest, id: state.caseId, business, it, next, retry, retryable: isRetryable(state, service) };
};

export const limitOf = (text: string | undefined): number => {
  if (text === undefined) return LIMIT;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= LIMIT_MOST) return limit;
  const fault = `must be a whole number from 1 to ${LIMIT_MOST}`;
  throw new Problem(400, 'request-malformed', {
    detail: `limit ${fault}`,
    errors: [{ reason: 'request-malformed', field: 'limit', text: fault }],
  });
};

@Controller('v1/exceptions')
export class ExceptionsController {
  constructor(
    @Inject(SERVICE) private readonly service: ServiceDefinition,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(DOOR) private readonly door: Door,
  ) {}

  @Get()
  @Scope('exceptions:read')
  @Opens({ summary: 'Exception cases, newest first', answers: { 200: 'Cases with reason, subject and next action' } })
  @ApiQuery({ name: 'reason', required: false, description: 'reason code' })
  @ApiQuery({ name: 'status', required: false, description: 'open (default), resolved or discarded' })
  @ApiQuery({ name: 'key', required: false, description: 'business key, such as orderNo:536365; then of every status' })
  @ApiQuery({ name: 'limit', required: false })
  @ApiQuery({ name: 'after', required: false, description: 'id of the last case of the page before' })
  async list(
    @From() caller: Caller,
    @Query('reason') reason?: string,
    @Query('status') status = 'open',
    @Query('key') key?: string,
    @Query('limit') limit?: string,
    @Query('after') after?: string,
  ) {
    if (!STATUSES.includes(status)) {
      const text = `must be one of ${STATUSES.join(', ')}`;
      throw new Problem(400, 'request-malformed', {
        detail: `status ${text}`,
        errors: [{ reason: 'request-malformed', field: 'status', text }],
      });
    }
    const most = limitOf(limit);
    const by = key ?? (reason ? `case:${status}:${reason}` : `case:${status}`);
    const page = { limit: most, ...(after ? { after } : {}) };
    const found = await this.queries.byKey<CaseState>(caller.tenant, 'case', by, page);
    const cases = found
      .filter(({ state }) => !key || !reason || state.reason === reason)
      .map((one) => shown(one, this.service));
    return { exceptions: cases, ...(found.length === most ? { after: found.at(-1)?.id } : {}) };
  }

  @Get(':id')
  @Scope('exceptions:read')
  @Opens({ summary: 'One exception case', answers: { 404: 'No such case' } })
  async one(@From() caller: Caller, @Param('id') id: string) {
    return shown(await this.find(caller, id), this.service);
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Scope('exceptions:write')
  @Opens({
    summary: 'Tries again what the case stopped',
    answers: { 409: 'The case is over, or can not be tried again by itself' },
  })
  async retry(@From() caller: Caller, @Param('id') id: string) {
    const { state } = await this.find(caller, id);
    if (state.status !== 'open') throw new Problem(409, 'case-ended');
    const retried = forReason(this.service.retries, state.reason)?.(state);
    if (!retried) throw new Problem(409, 'case-unretryable');
    const submission = state.batchId ? { batchId: state.batchId } : {};
    const outcome = await this.door.submit(
      retried.contract,
      retried.data,
      { ...caller, correlationId: state.correlationId || caller.correlationId },
      submission,
    );
    const now = await this.queries.get<CaseState>(caller.tenant, 'case', id);
    return {
      id,
      status: now?.state.status ?? state.status,
      outcome: outcome.kind,
      answer: answerOf<unknown>(outcome) ?? null,
    };
  }

  @Post(':id/discard')
  @HttpCode(200)
  @Scope('exceptions:write')
  @Opens({
    summary: 'Closes a case without effect on what it is about',
    body: DiscardDocument,
    answers: { 409: 'The case is over' },
  })
  async discard(@From() caller: Caller, @Param('id') id: string, @Body() body: unknown) {
    const { comment } = checked(DiscardDocument, body);
    const { state } = await this.find(caller, id);
    if (state.status !== 'open') throw new Problem(409, 'case-ended');
    const by = `${caller.actor.kind}:${caller.actor.id}`.slice(0, 200);
    const own = forReason(this.service.discards, state.reason)?.(state, comment, by);
    const { contract, data } = own ?? this.closing(state, comment, by);
    const outcome = await this.door.submit(contract, data, caller);
    return answerOf(outcome, { 'case-ended': 409, 'not-found': 404 }) ?? { id, status: 'discarded' };
  }

  private closing(state: CaseState, comment: string, by: string): Retried {
    const decider = ownerOf(this.service, state);
    if (!decider) throw new Problem(409, 'illegal-transition', { detail: 'nobody is known to own this case' });
    const data = { caseId: state.caseId, lane: state.lane, comment, by };
    return { contract: discardContract(this.service, decider), data };
  }

  private async find(caller: Caller, id: string): Promise<Found<CaseState>> {
    const found = await this.queries.get<CaseState>(caller.tenant, 'case', id);
    if (!found || found.state.status === 'none') throw new Problem(404, 'not-found');
    return found;
  }
}
