/** The inquiry: what a channel may sell. One item or two hundred; with an ETag, so that asking again is cheap. */
import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { derivedId } from '@crossdock/kernel';
import { From, Opens, Problem, QUERIES, Scope, type Caller, type Queries } from '@crossdock/runtime';
import { InventorySettings } from '../config.js';
import type { ItemAvailability } from '../domain/availability.js';
import type { Position } from '../domain/position.js';
import { availabilityViews, type AvailabilityView } from './views.js';

interface Reply {
  header(name: string, value: string): unknown;
  code(status: number): unknown;
}
interface AvailabilityQuery {
  readonly items?: string;
  readonly item?: string;
  readonly channel?: string;
  readonly explain?: string;
}

@Controller('v1/availability')
export class AvailabilityController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(InventorySettings) private readonly settings: InventorySettings,
  ) {}

  @Get()
  @Scope('inventory:read')
  @Opens({
    summary: 'What a channel may sell of items',
    description:
      'Query: items (comma-separated, at most 200), channel (all that sell the item, when left out), explain=true for ' +
      'each bucket and the steps of the formula. If-None-Match with the ETag of an earlier answer: 304.',
    answers: { 200: 'items', 304: 'nothing has changed', 400: 'schema-violation, too-many-items' },
  })
  async inquire(
    @Query() query: AvailabilityQuery,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
    @From() caller: Caller,
  ): Promise<{ readonly items: readonly AvailabilityView[] } | undefined> {
    const items = this.itemsOf(query);
    const explain = query.explain === 'true';
    const found = await this.queries.many<ItemAvailability>(caller.tenant, 'itemAvailability', items);
    const states = new Map(found.map((row) => [row.id, row]));
    const positions = explain ? await this.positions(caller.tenant, items) : undefined;
    const versions = [
      ...items.map((item) => `${item}:${states.get(item)?.version ?? 0}`),
      ...[...(positions?.values() ?? [])].flat().map(({ id, version }) => `${id}:${version}`),
    ];
    const etag = `"${derivedId('availability', caller.tenant, query.channel ?? '', String(explain), ...versions)}"`;
    reply.header('etag', etag);
    reply.header('cache-control', 'private, no-cache');
    if (known?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)) {
      reply.code(304);
      return undefined;
    }
    const views = items.flatMap((item) => {
      const stock = positions?.get(item)?.map(({ state }) => state);
      return availabilityViews(item, states.get(item)?.state, query.channel, stock);
    });
    return { items: views };
  }

  private itemsOf({ items, item }: AvailabilityQuery): string[] {
    const named = [...new Set((items ?? item ?? '').split(',').map((name) => name.trim()))].filter(Boolean);
    if (named.length === 0) {
      const text = 'items is missing';
      throw new Problem(400, 'schema-violation', {
        detail: text,
        errors: [{ reason: 'schema-violation', field: 'items', text }],
      });
    }
    const most = this.settings.itemsPerInquiry;
    if (named.length > most)
      throw new Problem(400, 'too-many-items', {
        errors: [{ reason: 'too-many-items', field: 'items', text: `${named.length} items; at most ${most} at once` }],
      });
    return named;
  }

  private async positions(
    tenant: string,
    items: readonly string[],
  ): Promise<Map<string, readonly { id: string; version: number; state: Position }[]>> {
    const found = await Promise.all(
      items.map((item) => this.queries.byKey<Position>(tenant, 'position', `item:${item}`)),
    );
    return new Map(items.map((item, index) => [item, found[index] ?? []]));
  }
}
