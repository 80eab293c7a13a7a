/** Files as they came: taken in, looked at, fetched again, read again, discarded. */
import { Readable } from 'node:stream';
import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { DecideFile, IsKey, IsNote, Optional } from '@crossdock/contracts';
import {
  answerOf,
  AnyBody,
  ARCHIVE,
  checked,
  DOOR,
  From,
  Opens,
  Problem,
  QUERIES,
  Scope,
  type Archive,
  type Caller,
  type Door,
  type Found,
  type Queries,
} from '@crossdock/runtime';
import { figuresIn } from '../ask/figures.js';
import { ConnectorsSettings } from '../config.js';
import type { KnownFile } from '../domain/file.js';
import { takeIn } from './intake.js';
import { pageOf, shownFile } from './shown.js';

export class FileDecision {
  @IsNote(1000) comment!: string;
  /** named by a person when the file itself tells no known partner */
  @Optional() @IsKey() partner?: string;
}
export const STATUS_OF = { 'not-found': 404, 'not-quarantined': 409, 'faults-remain': 409 };

@Controller('v1/files')
export class FilesController {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(ARCHIVE) private readonly archive: Archive,
    @Inject(ConnectorsSettings) private readonly settings: ConnectorsSettings,
  ) {}

  @Post()
  @HttpCode(202)
  @Scope('connectors:write')
  @Opens({
    summary: 'Takes in a document of any known standard',
    description:
      'The bytes are archived under their hash before they are read. The same bytes again are the same file.',
    upload: ['application/octet-stream', 'application/edi-x12', 'application/edifact', 'application/xml', 'text/plain'],
    answers: { 202: 'Archived; its documents follow', 413: 'More bytes than CROSSDOCK_FILE_LIMIT_BYTES' },
  })
  @ApiQuery({ name: 'partner', required: false, description: 'whose it is, when its envelope does not tell' })
  @ApiQuery({ name: 'name', required: false, description: 'name of the file, for people' })
  upload(
    @From() caller: Caller,
    @AnyBody() bytes: Readable | Buffer,
    @Query('partner') partner?: string,
    @Query('name') name?: string,
    @Headers('content-type') contentType?: string,
  ) {
    const doorway = { archive: this.archive, door: this.door, limitBytes: this.settings.fileLimitBytes };
    return takeIn(doorway, { source: 'http', bytes, name, partner, contentType }, caller);
  }

  @Get()
  @Scope('connectors:read')
  @Opens({ summary: 'Files, newest first' })
  @ApiQuery({ name: 'status', required: false })
  @ApiQuery({ name: 'limit', required: false })
  @ApiQuery({ name: 'after', required: false })
  async list(
    @From() { tenant }: Caller,
    @Query('status') status?: string,
    @Query('limit') limit?: string,
    @Query('after') after?: string,
  ) {
    const key = status ? `status:${status}` : 'file:all';
    const found = await this.queries.byKey<KnownFile>(tenant, 'file', key, pageOf(limit, after));
    return { files: found.map(shownFile) };
  }

  @Get(':id')
  @Scope('connectors:read')
  @Opens({ summary: 'A file with its steps and the ids of its documents', answers: { 404: 'No such file' } })
  async one(@From() { tenant }: Caller, @Param('id') id: string) {
    return shownFile(await this.find(tenant, id));
  }

  @Get(':id/content')
  @Scope('connectors:content')
  @Opens({ summary: 'The bytes as they came', answers: { 200: 'application/octet-stream', 404: 'No such file' } })
  async content(@From() { tenant }: Caller, @Param('id') id: string): Promise<StreamableFile> {
    const { state } = await this.find(tenant, id);
    const kept = await this.archive.open(tenant, state.hash);
    if (!kept) throw new Problem(404, 'not-found');
    return new StreamableFile(kept.stream, {
      type: 'application/octet-stream',
      length: kept.bytes,
      disposition: `attachment; filename="${state.hash}"`,
    });
  }

  @Get(':id/figures')
  @Scope('connectors:content')
  @Opens({
    summary: 'What each of its documents says of itself: numbers, counts and totals as sent, whoever sent it',
    description:
      'A line of JSON per document, in the order of the file. Its document id is there once a partner has taken it on; until then sender and qualifier tell whom to agree with.',
    answers: { 200: 'application/x-ndjson', 404: 'No such file, or it was not read to its end' },
  })
  async figures(@From() { tenant }: Caller, @Param('id') id: string): Promise<StreamableFile> {
    const { state } = await this.find(tenant, id);
    const pages = 'figures' in state ? state.figures : undefined;
    if (!pages) throw new Problem(404, 'not-found', { detail: 'the file was not read to its end' });
    return new StreamableFile(Readable.from(figuresIn(this.archive, tenant, pages)), { type: 'application/x-ndjson' });
  }

  @Post(':id/replay')
  @HttpCode(200)
  @Scope('connectors:write')
  @Opens({ summary: 'Reads a quarantined file again', body: FileDecision, answers: { 409: 'It is not in quarantine' } })
  replay(@From() caller: Caller, @Param('id') fileId: string, @Body() body: unknown) {
    return this.decide(caller, fileId, 'replay', body);
  }

  @Post(':id/discard')
  @HttpCode(200)
  @Scope('connectors:write')
  @Opens({ summary: 'Discards a quarantined file, with a reason', body: FileDecision })
  discard(@From() caller: Caller, @Param('id') fileId: string, @Body() body: unknown) {
    return this.decide(caller, fileId, 'discard', body);
  }

  private async decide(caller: Caller, fileId: string, verdict: 'replay' | 'discard', body: unknown) {
    const decision = checked(FileDecision, body);
    return answerOf(await this.door.submit(DecideFile, { fileId, verdict, ...decision }, caller), STATUS_OF);
  }

  private async find(tenant: string, id: string): Promise<Found<KnownFile>> {
    const found = await this.queries.get<KnownFile>(tenant, 'file', id);
    if (!found) throw new Problem(404, 'not-found');
    return found;
  }
}
