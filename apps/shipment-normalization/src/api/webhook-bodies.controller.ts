/** What carriers sent by webhook, as it came: kept for ninety days, for whoever has to look at it again. */
import { Controller, Get, Inject, Param, StreamableFile } from '@nestjs/common';
import { ARCHIVE, From, Opens, Problem, Scope, type Archive, type Caller } from '@crossdock/runtime';

@Controller('v1/webhooks')
export class WebhookBodiesController {
  constructor(@Inject(ARCHIVE) private readonly archive: Archive) {}

  @Get(':hash/content')
  @Scope('shipments:content')
  @Opens({
    summary: 'The body of a webhook as it came, by the hash that its sender was answered with',
    answers: { 200: 'application/octet-stream', 404: 'No such body, or it was kept for its time' },
  })
  async content(@From() { tenant }: Caller, @Param('hash') hash: string): Promise<StreamableFile> {
    const kept = await this.archive.open(tenant, hash);
    if (!kept) throw new Problem(404, 'not-found');
    return new StreamableFile(kept.stream, {
      type: 'application/octet-stream',
      length: kept.bytes,
      disposition: 'attachment',
    });
  }
}
