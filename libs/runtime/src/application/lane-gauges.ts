/** How the lanes of this process stand: what is not published yet, and what their consumers still hold for them. */
import type { JetStreamBroker } from '../broker/jetstream-broker.js';
import { declaredConsumers, developmentOptions } from '../provision/provision.js';
import { durableOf } from '../road/intake.js';
import type { Lane } from '../road/lane.js';
import type { LaneGauge } from '../watch/metrics.js';
import type { RoadContext } from './road-port.js';

const LAG_EVERY_MS = 5_000;
/** More than a lane commits between two looks at what it has published. */
const MOST_TIMES = 256;

/** When each lane committed of late: the age of what is not published yet. */
export class CommitTimes {
  private readonly times = new Map<string, number[]>();
  note(lane: string, now: number): void {
    const own = this.times.get(lane) ?? [];
    own.push(now);
    if (own.length > MOST_TIMES) own.shift();
    this.times.set(lane, own);
  }
  gauge({ id, committed, published, parked }: Lane, now: number): LaneGauge {
    const unpublished = Math.max(0, committed - published);
    const times = this.times.get(id) ?? [];
    // Of more than are kept the oldest is older still.
    const since = unpublished > 0 ? (times.at(-unpublished) ?? times[0]) : undefined;
    return { lane: id, unpublished, parked, outboxAgeMs: since === undefined ? 0 : now - since };
  }
}

/** Messages that a lane's consumers still hold for it, looked up beside a scrape: never on the hot path. */
export class Lag {
  private readonly known = new Map<string, number>();
  private lookedAt = 0;
  private looking = false;
  constructor(
    private readonly broker: JetStreamBroker,
    private readonly context: RoadContext,
  ) {}
  of(lane: string, lanes: readonly Lane[]): number | undefined {
    if (!this.looking && Date.now() - this.lookedAt > LAG_EVERY_MS) void this.look(lanes);
    return this.known.get(lane);
  }
  private async look(lanes: readonly Lane[]): Promise<void> {
    this.looking = true;
    const { definition, settings } = this.context;
    try {
      const consumers = declaredConsumers(definition, { ...developmentOptions, lanes: settings.lanes });
      for (const { id } of lanes) {
        const durable = durableOfLane(definition.name, id);
        const own = consumers.filter(({ consumer }) => consumer.durable_name === durable);
        const infos = await Promise.all(own.map(({ stream }) => this.broker.manager.consumers.info(stream, durable)));
        this.known.set(
          id,
          infos.reduce((sum, info) => sum + info.num_pending + info.num_ack_pending, 0),
        );
      }
    } catch {
      // the broker is away or being provisioned: readiness says so, the last known lag stands
    } finally {
      this.lookedAt = Date.now();
      this.looking = false;
    }
  }
}
/** `<decider>:<k>of<n>` */
const durableOfLane = (service: string, lane: string): string => {
  const [decider = '', k = '0', of = '1'] = lane.split(/:|of(?=\d+$)/);
  return durableOf(service, decider, Number(k), Number(of));
};
