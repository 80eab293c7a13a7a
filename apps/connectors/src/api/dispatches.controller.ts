/** Documents for partners: found by number, seen step by step, fetched from their mailbox, sent again, given up. */
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { DecideDispatch, IsNote } from '@crossdock/contracts';
import {
  answerOf,
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
import type { Dispatch } from '../domain/dispatch.js';
import { STATUS_OF } from './files.controller.js';
import { pageOf, shownDispatch } from './shown.js';

export class DispatchDecision {
  @IsNote(1000) comment!: string;
}
const KEYS = ['partner', 'status', 'control', 'documentId', 'orderId', 'correlationId'] as const;

@Controller('v1/dispatches')
export class DispatchesController {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(ARCHIVE) private readonly archive: Archive,
  ) {}

  @Get()
  @Scope('connectors:read')
  @Opens({ summary: 'Documents for partners by one of their numbers, newest first' })
  @ApiQuery({ name: 'partner', required: false })
  @ApiQuery({ name: 'status', required: false, description: 'queued, sent, refused or discarded' })
  @ApiQuery({ name: 'control', required: false })
  @ApiQuery({ name: 'documentId', required: false, description: 'the document that they answer' })
  @ApiQuery({ name: 'orderId', required: false, description: 'the order that they answer, advise or bill' })
  async list(
    @From() { tenant }: Caller,
    @Query() query: Readonly<Record<string, string>>,
    @Query('limit') limit?: string,
    @Query('after') after?: string,
  ) {
    const [first, ...rest] = KEYS.filter((name) => query[name]);
    const key = first ? `${first}:${query[first]}` : 'dispatch:all';
    const found = await this.queries.byKey<Dispatch>(tenant, 'dispatch', key, pageOf(limit, after));
    return {
      dispatches: found.map(shownDispatch).filter((state) => rest.every((name) => String(state[name]) === query[name])),
    };
  }

  @Get(':id')
  @Scope('connectors:read')
  @Opens({ summary: 'One with its steps', answers: { 404: 'No such document' } })
  async one(@From() { tenant }: Caller, @Param('id') id: string) {
    return shownDispatch(await this.find(tenant, id));
  }

  @Get(':id/content')
  @Scope('connectors:content')
  @Opens({ summary: 'The bytes as they were sent, or as they wait in the mailbox' })
  async content(@From() { tenant }: Caller, @Param('id') id: string): Promise<StreamableFile> {
    const { hash } = (await this.find(tenant, id)).state;
    const kept = hash ? await this.archive.open(tenant, hash) : undefined;
    if (!kept) throw new Problem(404, 'not-found');
    return new StreamableFile(kept.stream, { type: 'application/octet-stream', length: kept.bytes });
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Scope('connectors:write')
  @Opens({ summary: 'Sends a refused document again, under its number', body: DispatchDecision })
  retry(@From() caller: Caller, @Param('id') id: string, @Body() body: unknown) {
    return this.decide(caller, id, 'retry', body);
  }

  @Post(':id/discard')
  @HttpCode(200)
  @Scope('connectors:write')
  @Opens({ summary: 'Gives a refused document up, with a reason', body: DispatchDecision })
  discard(@From() caller: Caller, @Param('id') id: string, @Body() body: unknown) {
    return this.decide(caller, id, 'discard', body);
  }

  private async decide(caller: Caller, dispatchId: string, verdict: 'retry' | 'discard', body: unknown) {
    const { comment } = checked(DispatchDecision, body);
    const { partner } = (await this.find(caller.tenant, dispatchId)).state;
    return answerOf(
      await this.door.submit(DecideDispatch, { dispatchId, partner, verdict, comment }, caller),
      STATUS_OF,
    );
  }

  private async find(tenant: string, id: string): Promise<Found<Dispatch>> {
    const found = await this.queries.get<Dispatch>(tenant, 'dispatch', id);
    if (!found) throw new Problem(404, 'not-found');
    return found;
  }
}
