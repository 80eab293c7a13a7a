/** What this service could not decide: list and look. Bodies are masked by the classes of their fields. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { reasonOf } from '@crossdock/contracts';
import type { QuarantineDocument } from '../road/ports.js';
import { From, Scope } from './decorators.js';
import type { Caller } from './door.js';
import { limitOf } from './exceptions.controller.js';
import { contractOf, FIELD_SCOPES, masked, maySeeAll } from './masks.js';
import { Opens } from './opens.js';
import { Problem } from './problem.js';
import { QUARANTINE, type Quarantine } from './quarantine.js';

/** The right to see what came without a tenant, so that it is nobody's. */
export const UNASSIGNED_SCOPE = 'quarantine:unassigned';
const decoder = new TextDecoder('utf-8', { fatal: true });

const tenantsOf = ({ tenant, scopes }: Caller): readonly string[] =>
  scopes.includes(UNASSIGNED_SCOPE) ? [tenant, ''] : [tenant];

/** Headers of CloudEvents only: what else somebody sent along may be anything. */
const envelopeOf = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('ce-') || name === 'content-type'));

const shown = ({ _id: id, bytes, headers, reason, ...row }: QuarantineDocument) => {
  const { business, it, next, retry } = reasonOf(reason) ?? { business: reason, it: '', next: '', retry: false };
  return { id, ...row, reason, business, it, next, retry, bytes: bytes.length, headers: envelopeOf(headers) };
};

/** The body as the reader may see it, and the very bytes for who may see everything. */
const opened = ({ type, headers, bytes }: QuarantineDocument, scopes: readonly string[]) => {
  const raw = maySeeAll(scopes) ? { base64: Buffer.from(bytes).toString('base64') } : {};
  try {
    return { body: masked(contractOf(type, headers['ce-version']), JSON.parse(decoder.decode(bytes)), scopes), ...raw };
  } catch {
    return { body: null, ...raw };
  }
};

@Controller('v1/quarantine')
export class QuarantineController {
  constructor(@Inject(QUARANTINE) private readonly quarantine: Quarantine) {}

  @Get()
  @Scope('quarantine:read')
  @Opens({ summary: 'Messages that could not be decided, newest first', answers: { 200: 'Without their bodies' } })
  @ApiQuery({ name: 'reason', required: false, description: 'reason code' })
  @ApiQuery({ name: 'type', required: false, description: 'message type, such as orders.evt.order-created' })
  @ApiQuery({ name: 'limit', required: false })
  @ApiQuery({ name: 'after', required: false, description: 'id of the last message of the page before' })
  async list(
    @From() caller: Caller,
    @Query('reason') reason?: string,
    @Query('type') type?: string,
    @Query('limit') limit?: string,
    @Query('after') after?: string,
  ) {
    const most = limitOf(limit);
    const filter = { ...(reason ? { reason } : {}), ...(type ? { type } : {}), ...(after ? { after } : {}) };
    const found = await this.quarantine.list({ tenants: tenantsOf(caller), limit: most, ...filter });
    return { messages: found.map(shown), ...(found.length === most ? { after: found.at(-1)?._id } : {}) };
  }

  @Get(':id')
  @Scope('quarantine:read')
  @Opens({
    summary: 'One of them with its body',
    description: `Fields that are not public are shown to holders of ${Object.values(FIELD_SCOPES).join(', ')}.`,
    answers: { 404: 'No such message' },
  })
  async one(@From() caller: Caller, @Param('id') id: string) {
    const found = await this.quarantine.get(tenantsOf(caller), id);
    if (!found) throw new Problem(404, 'not-found');
    return { ...shown(found), ...opened(found, caller.scopes) };
  }
}
