/** Where shipments and packages are. Answers from our own books, whatever the carriers' systems do. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { From, Opens, Problem, QUERIES, Scope, type Caller, type Found, type Queries } from '@crossdock/runtime';
import { ShipmentSettings } from '../config.js';
import type { ManifestState, ShipmentState } from '../domain/shipment.js';
import type { TrackerState } from '../domain/tracker.js';
import { shipmentView, trackingView, type Freshness, type ShipmentView, type TrackingView } from './views.js';

const MAX_PAGE = 200;

@Controller('v1')
export class ShipmentsController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(ShipmentSettings) private readonly settings: ShipmentSettings,
  ) {}

  @Get('shipments')
  @Scope('shipments:read')
  @Opens({
    summary: 'Shipments of an order (id or number) or with a tracking number',
    answers: { 200: 'shipments with their packages' },
  })
  async find(
    @From() caller: Caller,
    @Query('order') order?: string,
    @Query('tracking') tracking?: string,
    @Query('limit') limit?: string,
    @Query('after') after?: string,
  ): Promise<{ readonly shipments: readonly ShipmentView[] }> {
    if (!order && !tracking) throw new Problem(400, 'schema-violation', { detail: 'give order or tracking' });
    const page = { limit: Math.min(Number(limit) || 50, MAX_PAGE), ...(after ? { after } : {}) };
    const keys = [
      ...(order ? [`order:${order}`, `orderNo:${order}`] : []),
      ...(order || !tracking ? [] : [`trackingNo:${tracking}`]),
    ];
    const pages = await Promise.all(
      keys.map((key) => this.queries.byKey<ShipmentState>(caller.tenant, 'shipment', key, page)),
    );
    const shipments = await this.views(caller.tenant, pages.flat());
    if (!order || !tracking) return { shipments };
    return {
      shipments: shipments.filter(({ packages }) => packages.some(({ trackingNo }) => trackingNo === tracking)),
    };
  }

  @Get('shipments/:id')
  @Scope('shipments:read')
  @Opens({ summary: 'One shipment', answers: { 200: 'the shipment with its packages', 404: 'not-found' } })
  async one(@Param('id') id: string, @From() caller: Caller): Promise<ShipmentView> {
    const found = await this.queries.get<ShipmentState>(caller.tenant, 'shipment', id);
    const [view] = found ? await this.views(caller.tenant, [found]) : [];
    if (!view) throw new Problem(404, 'not-found');
    return view;
  }

  @Get('tracking/:trackingNo')
  @Scope('shipments:read')
  @Opens({
    summary: 'Last known milestone and timeline of a tracking number',
    answers: { 200: 'the tracker', 404: 'not-found' },
  })
  async track(@Param('trackingNo') trackingNo: string, @From() caller: Caller): Promise<TrackingView> {
    const found = await this.queries.get<TrackerState>(caller.tenant, 'tracker', trackingNo);
    if (!found || found.state.status === 'none') throw new Problem(404, 'not-found');
    return trackingView(found.state, this.fresh());
  }

  private fresh(): Freshness {
    return { nowMs: Date.now(), staleAfterMs: this.settings.trackingStaleAfterMs };
  }

  private async views(tenant: string, found: readonly Found<ShipmentState>[]): Promise<readonly ShipmentView[]> {
    const shipments = found.flatMap(({ state }) => (state.status === 'none' ? [] : [state]));
    if (shipments.length === 0) return [];
    const numbers = [...new Set(shipments.flatMap(({ parcels }) => parcels.map(({ trackingNo }) => trackingNo)))];
    const [manifests, trackers] = await Promise.all([
      this.queries.many<ManifestState>(
        tenant,
        'manifest',
        shipments.map(({ shipmentId }) => shipmentId),
      ),
      this.queries.many<TrackerState>(tenant, 'tracker', numbers),
    ]);
    const manifestOf = new Map(manifests.map(({ state }) => [state.shipmentId, state]));
    const trackerOf = new Map(trackers.map(({ state }) => [state.trackingNo, state]));
    return shipments.map((shipment) =>
      shipmentView(shipment, manifestOf.get(shipment.shipmentId), trackerOf, this.fresh()),
    );
  }
}
