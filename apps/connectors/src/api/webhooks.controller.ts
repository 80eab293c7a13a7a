/** Webhooks of partners: the signature covers the very bytes, which are stored before the sender has its answer. */
import type { Readable } from 'node:stream';
import { Controller, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import {
  AnyBody,
  ARCHIVE,
  believed,
  DOOR,
  From,
  Opens,
  Problem,
  Public,
  type Archive,
  type Caller,
  type Door,
} from '@crossdock/runtime';
import { ConnectorsSettings } from '../config.js';
import { takeIn } from './intake.js';

const wholeOf = async (body: Readable | Buffer, limitBytes: number): Promise<Buffer> => {
  if (Buffer.isBuffer(body) && body.length <= limitBytes) return body;
  const chunks: Buffer[] = [];
  let count = 0;
  const parts = Buffer.isBuffer(body) ? [body] : body.iterator({ destroyOnReturn: false });
  for await (const chunk of parts as AsyncIterable<Buffer>) {
    count += chunk.length;
    if (count > limitBytes) throw new Problem(413, 'body-too-large', { detail: `more than ${limitBytes} bytes` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

@Controller('webhooks')
export class WebhooksController {
  constructor(
    @Inject(DOOR) private readonly door: Door,
    @Inject(ARCHIVE) private readonly archive: Archive,
    @Inject(ConnectorsSettings) private readonly settings: ConnectorsSettings,
  ) {}

  @Post(':connection')
  @HttpCode(202)
  @Public()
  @Opens({
    summary: 'A webhook of a partner, signed as its connection says',
    description:
      'Standard Webhooks 1.0 with a window of five minutes, or HMAC-SHA256 over the body. The same delivery id again has no second effect. Answered once the bytes are stored; they are read afterwards.',
    answers: { 202: 'Stored, perhaps before', 401: 'Not signed, or too old', 404: 'No such connection' },
  })
  async take(
    @From() anyone: Caller,
    @Param('connection') connection: string,
    @AnyBody() body: Readable | Buffer,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
  ) {
    const { webhookConnections, webhookLimitBytes } = this.settings;
    const known = Object.hasOwn(webhookConnections, connection) ? webhookConnections[connection] : undefined;
    if (!known) throw new Problem(404, 'not-found');
    const bytes = await wholeOf(body, webhookLimitBytes);
    const sender = believed(known.signing, headers, bytes, Date.now());
    if (!sender) throw new Problem(401, 'not-signed');
    const { tenant, partner } = known;
    const caller: Caller = { ...anyone, tenant, actor: { kind: 'system', id: `webhook:${connection}` } };
    const doorway = { archive: this.archive, door: this.door, limitBytes: webhookLimitBytes };
    const arrival = {
      source: `webhook:${connection}`,
      bytes,
      partner,
      delivery: sender.deliveryId,
      contentType: headers['content-type'],
      isLeft: true,
    };
    const { fileId, status } = await takeIn(doorway, arrival, caller);
    return { fileId, status };
  }
}
