/** What watches a service from outside: liveness, readiness, metrics. */
import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ROAD, type RoadPort } from '../application/road-port.js';
import { WATCH, type Watch } from '../watch/watch.js';
import { LoopbackOr, Public } from './decorators.js';
import type { HttpReply } from './http.js';
import { Opens } from './opens.js';

@Controller('health')
@Public()
export class HealthController {
  constructor(@Inject(ROAD) private readonly road: RoadPort) {}

  /** Nothing but the event loop: an answer is the proof. */
  @Get('live')
  @Opens({ summary: 'Does the process still turn?', answers: { 200: 'It does' } })
  live() {
    return { status: 'live' };
  }

  /** Broker, database, positions. */
  @Get('ready')
  @Opens({ summary: 'May requests be sent here?', answers: { 200: 'Yes', 503: 'No, with the reasons' } })
  ready(@Res({ passthrough: true }) reply: HttpReply) {
    const { ok, reasons } = this.road.ready();
    if (!ok) void reply.code(503);
    return ok ? { status: 'ready' } : { status: 'not-ready', reasons };
  }
}

@Controller('metrics')
export class MetricsController {
  constructor(@Inject(WATCH) private readonly watch: Watch) {}

  @Get()
  @LoopbackOr('metrics')
  @Opens({ summary: 'Prometheus metrics', answers: { 200: 'Text exposition format' } })
  async metrics(@Res({ passthrough: true }) reply: HttpReply) {
    void reply.header('content-type', this.watch.metrics.registry.contentType);
    return this.watch.metrics.text();
  }
}
