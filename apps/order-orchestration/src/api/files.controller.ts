/** Order files: uploaded as a stream, worked off as a job that can be asked for. */
import type { Readable } from 'node:stream';
import { Controller, Get, Headers, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { From, JOBS, Opens, Problem, Scope, Upload, type Caller, type JobRecord, type Jobs } from '@crossdock/runtime';
import { emptyAccount, type FileAccount } from '../jobs/file-account.js';
import { batchOf, LAYOUTS, ORDER_FILE, type Layout } from '../jobs/order-file.js';
import { FileStarted } from './answers.js';
import { channelOf } from './intake.js';
import { May, refusedParameter } from './page.js';

const isLayout = (text: string): text is Layout => (LAYOUTS as readonly string[]).includes(text);

const batchFrom = (text: string): string => {
  if (/^[\w-]{1,64}$/.test(text)) return text;
  throw refusedParameter('batch', 'batch must be the batchId of an earlier upload');
};

const shown = (record: JobRecord) => {
  const account = { ...emptyAccount, ...(record.progress as Partial<FileAccount>) };
  const { id: jobId, status, createdAt, endedAt, about, failure } = record;
  return {
    jobId,
    batchId: batchOf(jobId, about),
    status,
    file: about['name'],
    layout: about['layout'],
    createdAt,
    ...(endedAt ? { endedAt } : {}),
    ...account,
    // Documents are taken side by side; a person reads them in the file's order.
    parked: account.parked.toSorted((one, other) => one.row - other.row),
    ...(failure ? { failure } : {}),
  };
};

@Controller('v1/order-files')
export class FilesController {
  constructor(@Inject(JOBS) private readonly jobs: Jobs) {}

  @Post()
  @HttpCode(202)
  @Scope('orders:write')
  @Opens({
    summary: 'Uploads an order file; its documents are taken by a job',
    upload: ['text/csv', 'application/x-ndjson', 'application/octet-stream'],
    answers: { 202: FileStarted },
  })
  @May({
    layout: `one of ${LAYOUTS.join(', ')}; uci when left out`,
    name: 'name of the file, for people',
    channel: 'channel of its documents; file when left out',
    batch: 'batch of an earlier file that this one belongs to; opens a batch of its own when left out',
  })
  async upload(
    @From() caller: Caller,
    @Upload() bytes: Readable,
    @Query('layout') layout = 'uci',
    @Query('name') name = 'orders',
    @Query('channel') channel?: string,
    @Query('batch') batch?: string,
    @Headers('x-channel') header?: string,
  ): Promise<FileStarted> {
    if (!isLayout(layout)) throw refusedParameter('layout', `layout must be one of ${LAYOUTS.join(', ')}`);
    const about = {
      layout,
      name: name.slice(0, 200),
      channel: channelOf(channel ?? header ?? 'file'),
      ...(batch ? { batch: batchFrom(batch) } : {}),
    };
    const { id } = await this.jobs.start(ORDER_FILE, bytes, about, caller);
    return { jobId: id, batchId: batchOf(id, about) };
  }

  @Get(':jobId')
  @Scope('orders:read')
  @Opens({
    summary: 'What became of a file: read, taken, known already, put aside with row and reason',
    answers: { 404: 'No such file' },
  })
  async one(@From() caller: Caller, @Param('jobId') jobId: string) {
    const record = await this.jobs.get(caller.tenant, jobId);
    if (record?.job !== ORDER_FILE) throw new Problem(404, 'not-found');
    return shown(record);
  }
}
