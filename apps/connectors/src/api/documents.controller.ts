/** Documents of partners: found by any number, seen step by step, replayed one or many at once, mapped for a look. */
import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { derivedId } from '@crossdock/kernel';
import { DecideDocument, IsKey, IsNote, IsTexts, Optional } from '@crossdock/contracts';
import {
  answerOf,
  ARCHIVE,
  checked,
  DOOR,
  From,
  JOBS,
  Opens,
  Problem,
  QUERIES,
  Scope,
  type Archive,
  type Caller,
  type Door,
  type Found,
  type Jobs,
  type Queries,
} from '@crossdock/runtime';
import { ConnectorsSettings } from '../config.js';
import type { KnownDocument } from '../domain/document.js';
import { NOTHING_YET, REPLAY_DOCUMENTS } from '../jobs/replay-documents.js';
import { canonicalOf } from '../map/map-document.js';
import { STATUS_OF } from './files.controller.js';
import { mappedAgain, MappingLook } from './mapped-again.js';
import { replayMany } from './replay.js';
import { pageOf, shownDocument } from './shown.js';

export class DocumentDecision {
  @IsNote(1000) comment!: string;
  /** reason codes of faults that a person has looked at and lets pass */
  @Optional() @IsTexts(20) accept?: string[];
}
/** Which quarantined documents: all that fit everything given. */
export class ManyReplay extends DocumentDecision {
  @Optional() @IsKey() partner?: string;
  @Optional() @IsKey() reason?: string;
  @Optional() @IsTexts(10_000) documentIds?: string[];
}
const KEYS: Readonly<Record<string, string>> = {
  number: 'documentNo',
  control: 'control',
  correlationId: 'correlationId',
  orderId: 'orderId',
  file: 'file',
  partner: 'partner',
  status: 'status',
  reason: 'reason',
};

@Controller('v1/documents')
export class DocumentsController {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(ARCHIVE) private readonly archive: Archive,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(ConnectorsSettings) private readonly settings: ConnectorsSettings,
  ) {}

  @Get()
  @Scope('connectors:read')
  @Opens({ summary: 'Documents by one of their numbers, newest first' })
  @ApiQuery({ name: 'number', required: false, description: 'purchase order, invoice, shipment' })
  @ApiQuery({ name: 'control', required: false, description: 'control number of document or interchange' })
  @ApiQuery({ name: 'correlationId', required: false })
  @ApiQuery({ name: 'orderId', required: false })
  @ApiQuery({ name: 'file', required: false })
  @ApiQuery({ name: 'partner', required: false })
  @ApiQuery({ name: 'status', required: false })
  @ApiQuery({ name: 'reason', required: false, description: 'why it is in quarantine' })
  async list(
    @From() { tenant }: Caller,
    @Query() query: Readonly<Record<string, string>>,
    @Query('limit') limit?: string,
    @Query('after') after?: string,
  ) {
    const [first] = Object.keys(KEYS).filter((name) => query[name]);
    const key = first ? `${KEYS[first]}:${query[first]}` : 'document:all';
    const found = await this.queries.byKey<KnownDocument>(tenant, 'document', key, pageOf(limit, after));
    const rest = Object.keys(KEYS).filter((name) => name !== first && query[name]);
    const fits = ({ state }: Found<KnownDocument>): boolean =>
      rest.every(
        (name) => (state as unknown as Record<string, unknown>)[name === 'file' ? 'fileId' : name] === query[name],
      );
    return { documents: found.filter(fits).map(shownDocument) };
  }

  @Post('replay')
  @HttpCode(200)
  @Scope('connectors:write')
  @Opens({
    summary: 'Replays every quarantined document that fits: after a cross reference was added, for example',
    body: ManyReplay,
    answers: {
      200: 'How many were replayed, which were not and why',
      202: 'There are more than a caller waits for: a job replays them all, page by page',
    },
  })
  async many(
    @From() caller: Caller,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: { status(code: number): unknown },
  ) {
    const wish = checked(ManyReplay, body);
    const { door, queries, settings } = this;
    const done = await replayMany({ door, queries, limit: settings.replayLimit }, wish, caller);
    if (done) return done;
    response.status(202);
    const { id } = await this.jobs.start(REPLAY_DOCUMENTS, Readable.from([JSON.stringify(wish)]), {}, caller);
    return { jobId: id };
  }

  @Get('replays/:jobId')
  @Scope('connectors:read')
  @Opens({ summary: 'How far a replay of many documents is', answers: { 404: 'No such job' } })
  async replaying(@From() { tenant }: Caller, @Param('jobId') jobId: string) {
    const record = await this.jobs.get(tenant, jobId);
    if (record?.job !== REPLAY_DOCUMENTS) throw new Problem(404, 'not-found');
    const { status, createdAt, endedAt, failure, progress } = record;
    return { jobId, status, createdAt, endedAt, failure, ...NOTHING_YET, ...progress };
  }

  @Get(':id')
  @Scope('connectors:read')
  @Opens({ summary: 'A document with all its steps', answers: { 404: 'No such document' } })
  async one(@From() { tenant }: Caller, @Param('id') id: string) {
    return shownDocument(await this.find(tenant, id));
  }

  @Get(':id/canonical')
  @Scope('connectors:content')
  @Opens({ summary: 'What was read of it, in canonical form', answers: { 404: 'It could not be read' } })
  async canonical(@From() { tenant }: Caller, @Param('id') id: string) {
    const { state } = await this.find(tenant, id);
    if (!state.canonical) throw new Problem(404, 'not-found');
    const { kind, madeBy, data } = await canonicalOf(this.archive, tenant, state.canonical);
    const { mappingVersion } = state;
    return { kind, madeBy: { ...madeBy, ...(mappingVersion === undefined ? {} : { mappingVersion }) }, data };
  }

  @Post(':id/map')
  @HttpCode(200)
  @Scope('connectors:content')
  @Opens({
    summary:
      'Reads and maps it again without any effect, by versions or the newest, and shows the difference to its own',
    body: MappingLook,
    answers: { 404: 'It could not be read, or the partner has no such version' },
  })
  async map(@From() { tenant }: Caller, @Param('id') id: string, @Body() body: unknown) {
    const look = checked(MappingLook, body ?? {});
    const { state } = await this.find(tenant, id);
    return mappedAgain(
      { archive: this.archive, queries: this.queries },
      tenant,
      state,
      look,
      this.settings.translateLimitBytes,
    );
  }

  @Post(':id/replay')
  @HttpCode(200)
  @Scope('connectors:write')
  @Opens({
    summary: 'Replays a quarantined document',
    body: DocumentDecision,
    answers: { 409: 'It is not in quarantine, or has faults of its own that nobody accepted' },
  })
  replay(@From() caller: Caller, @Param('id') id: string, @Body() body: unknown) {
    return this.decide(caller, id, 'replay', body);
  }

  @Post(':id/discard')
  @HttpCode(200)
  @Scope('connectors:write')
  @Opens({ summary: 'Discards a quarantined document, with a reason', body: DocumentDecision })
  discard(@From() caller: Caller, @Param('id') id: string, @Body() body: unknown) {
    return this.decide(caller, id, 'discard', body);
  }

  private async decide(caller: Caller, documentId: string, verdict: 'replay' | 'discard', body: unknown) {
    const decision = checked(DocumentDecision, body);
    const { partner } = (await this.find(caller.tenant, documentId)).state;
    const id = caller.idempotencyKey
      ? { id: derivedId('decide', caller.tenant, documentId, caller.idempotencyKey) }
      : {};
    const answer = await this.door.submit(DecideDocument, { documentId, partner, verdict, ...decision }, caller, id);
    return answerOf(answer, STATUS_OF);
  }

  private async find(tenant: string, id: string): Promise<Found<KnownDocument>> {
    const found = await this.queries.get<KnownDocument>(tenant, 'document', id);
    if (!found) throw new Problem(404, 'not-found');
    return found;
  }
}
