/** Many orders in one request: each is taken or refused by itself, and answered in its place. */
import { Readable } from 'node:stream';
import pLimit from 'p-limit';
import { Body, Controller, Headers, HttpCode, Inject, Post } from '@nestjs/common';
import { derivedId, readJsonText } from '@crossdock/kernel';
import { OrderDocument } from '@crossdock/contracts';
import { answerOf, DOOR, From, Opens, Problem, Scope, type Caller, type Door } from '@crossdock/runtime';
import { OrderSettings } from '../config.js';
import type { OrderTaken } from '../domain/decide-submit.js';
import { textLines } from '../translate/text-lines.js';
import { BulkAnswer, type BulkResult } from './answers.js';
import { channelOf, inputIdOf, orderFrom, STATUS_OF, submitOrder } from './intake.js';

const ROUTE = 'POST /v1/orders/bulk';
const CONCURRENCY = 64;
const tooMany = (limit: number): Problem =>
  new Problem(413, 'body-too-large', { detail: `${limit} documents are the most in one request` });

/** A document as sent, or what is wrong with its line. */
type Sent = { readonly body: unknown } | { readonly broken: string };

/** An array of JSON, or JSON lines. */
const documentsOf = async (body: unknown, limit: number): Promise<readonly Sent[]> => {
  const sent: Sent[] = [];
  if (body instanceof Readable) {
    for await (const line of textLines(body, 'utf-8')) {
      if (!line.trim()) continue;
      if (sent.length === limit) throw tooMany(limit);
      const read = readJsonText(line, 'the line');
      sent.push(read.ok ? { body: read.value } : { broken: read.text });
    }
    return sent;
  }
  if (!Array.isArray(body))
    throw new Problem(400, 'schema-violation', { detail: 'the body must be an array of orders, or JSON lines' });
  if (body.length > limit) throw tooMany(limit);
  return body.map((one: unknown) => ({ body: one }));
};
const numberOf = (body: unknown): string => {
  const no = (body as { readonly documentNo?: unknown } | null)?.documentNo;
  return typeof no === 'string' ? no.slice(0, 64) : '';
};

@Controller('v1/orders/bulk')
export class BulkController {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(OrderSettings) private readonly settings: OrderSettings,
  ) {}

  @Post()
  @HttpCode(200)
  @Scope('orders:write')
  @Opens({
    summary: 'Takes many orders: a JSON array of them, or JSON lines (application/x-ndjson)',
    description:
      'Each order is answered with the status it would have had alone; one that is refused holds up no other.',
    body: OrderDocument,
    answers: { 200: BulkAnswer, 413: 'Too many documents' },
  })
  async submit(
    @From() caller: Caller,
    @Body() body: unknown,
    @Headers('x-channel') header?: string,
  ): Promise<BulkAnswer> {
    const channel = channelOf(header);
    const documents = await documentsOf(body, this.settings.bulkLimit);
    const batchId = derivedId('bulk', caller.tenant, caller.idempotencyKey ?? caller.correlationId);
    const room = pLimit(CONCURRENCY);
    const results = await Promise.all(
      documents.map((sent, index) => room(() => this.one(sent, index, caller, channel, batchId))),
    );
    const count = (low: number, high: number): number =>
      results.filter(({ status }) => status >= low && status <= high).length;
    return { batchId, taken: count(201, 201), alreadyKnown: count(200, 200), refused: count(400, 599), results };
  }

  private async one(sent: Sent, index: number, caller: Caller, channel: string, batchId: string): Promise<BulkResult> {
    const documentNo = 'body' in sent ? numberOf(sent.body) : '';
    try {
      if ('broken' in sent)
        throw new Problem(400, 'broken-json', { errors: [{ reason: 'broken-json', field: '', text: sent.broken }] });
      const document = orderFrom(sent.body, this.settings.maxLines);
      const id = inputIdOf(caller, ROUTE, index);
      const { daysAhead } = this.settings;
      const submission = { ...(id ? { id } : {}), batchId };
      const outcome = await submitOrder({ door: this.door, caller, channel, daysAhead }, document, submission);
      const { orderId } = answerOf<OrderTaken>(outcome, STATUS_OF);
      return { index, documentNo, status: outcome.kind === 'ignore' ? 200 : 201, orderId };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { status, code, detail, errors } = error.body();
      return { index, documentNo, status, code, detail, ...(errors ? { errors: [...errors] } : {}) };
    }
  }
}
