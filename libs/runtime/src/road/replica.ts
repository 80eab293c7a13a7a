/**
 * One process of a service: keeps its lease, takes lanes while it holds fewer than its share, gives one up when it holds
 * more. Lanes of replicas whose lease is over are free to take; the fence makes a late owner harmless.
 */
import { partitionOf, type Decider } from '@crossdock/kernel';
import { laneKeyOf } from './work.js';
import { Lane } from './lane.js';
import type { LaneContext } from './lane-context.js';
import type { Broker, Clock, LaneDocument, Store, Subscription } from './ports.js';

export interface ReplicaContext {
  readonly service: string;
  readonly replica: string;
  readonly leaseMs: number;
  readonly store: Store;
  readonly broker: Broker;
  readonly clock: Clock;
  /** what a lane of this decider needs */
  readonly laneContext: (decider: string, leased: () => boolean) => LaneContext;
  readonly deciders: readonly { readonly decider: Decider; readonly lanes: number }[];
  readonly trouble: (what: string, error?: unknown) => void;
}

export class Replica {
  readonly lanes = new Map<string, Lane>();
  /** by both clocks: one may be set back, the other stands still while the machine sleeps */
  private renewed = { at: -Infinity, steady: -Infinity };
  private ticking: Promise<void> | undefined;
  private again = false;
  private stopped = false;
  private readonly stop = new AbortController();
  private announcements: Subscription | undefined;
  /** lanes on their way back; not to be taken again before they are there */
  private readonly leaving = new Map<string, Promise<void>>();
  /** lanes given up for others to take, and until when they are left to them */
  private readonly left = new Map<string, number>();
  private loops: Promise<void>[] = [];

  constructor(private readonly context: ReplicaContext) {}

  async start(): Promise<void> {
    const { store, broker, deciders } = this.context;
    for (const { decider, lanes } of deciders)
      await store.declareLanes(decider.name, lanes, (waiting) => partitionOf(laneKeyOf(waiting)));
    broker.onConnection((up) => {
      for (const lane of this.lanes.values()) lane.halt(up ? 'reconnected' : 'disconnected');
    });
    this.announcements = broker.onAnnounce(this.subject, () => void this.tick());
    await this.tick();
    broker.announce(this.subject);
    this.loops = [this.heartbeat(), this.sweep(), this.watchLease()];
  }

  /** Gives every lane back and says so; others take them at once. A store that is away finds out by the lease. */
  async drain(budgetMs: number): Promise<void> {
    this.stopped = true;
    this.stop.abort();
    await this.ticking?.catch(() => undefined);
    for (const lane of this.lanes.values()) if (!this.leaving.has(lane.id)) this.give(lane, budgetMs);
    await Promise.all(this.leaving.values());
    await Promise.all(this.loops);
    const { store, replica } = this.context;
    await store.leave(replica).catch((error: unknown) => this.context.trouble('leave', error));
    this.announcements?.stop();
    this.context.broker.announce(this.subject);
  }

  /** Beside the heartbeat, never in it: a lane that can't publish must not cost the lease of all others. */
  private give(lane: Lane, budgetMs: number): void {
    const given = lane
      .release(budgetMs)
      .catch((error: unknown) => this.context.trouble(`release ${lane.id}`, error))
      .then(() => {
        this.lanes.delete(lane.id);
        this.leaving.delete(lane.id);
        this.context.broker.announce(this.subject);
      });
    this.leaving.set(lane.id, given);
  }

  private get subject(): string {
    return `crossdock.lanes.${this.context.service}`;
  }

  private readonly leased = (): boolean => {
    const { clock, leaseMs } = this.context;
    return Math.max(clock.now() - this.renewed.at, clock.steady() - this.renewed.steady) <= leaseMs;
  };

  private async heartbeat(): Promise<void> {
    while (!this.stopped) {
      await this.context.clock.wait(this.context.leaseMs / 3, this.stop.signal);
      if (!this.stopped) await this.tick();
    }
  }

  /** A process that was frozen for longer than its lease finds that out by its own clock, before it pulls again. */
  private async watchLease(): Promise<void> {
    while (!this.stopped) {
      await this.context.clock.wait(100, this.stop.signal);
      if (!this.leased()) for (const lane of this.lanes.values()) if (lane.ready) lane.halt('lease');
    }
  }

  /** One sweep per replica, not per lane: timers and parked messages whose time has come. */
  private async sweep(): Promise<void> {
    while (!this.stopped) {
      await this.context.clock.wait(200, this.stop.signal);
      const ids = [...this.lanes.values()].filter(({ takesDues }) => takesDues).map(({ id }) => id);
      if (ids.length === 0 || this.stopped) continue;
      try {
        const now = new Date(this.context.clock.now()).toISOString();
        for (const due of await this.context.store.dueNow(ids, now, 256)) this.lanes.get(due.lane)?.fire(due);
      } catch (error) {
        this.context.trouble('sweep', error);
      }
    }
  }

  private async tick(): Promise<void> {
    this.again = true;
    this.ticking ??= (async () => {
      try {
        while (this.again && !this.stopped) {
          this.again = false;
          await this.balance();
        }
      } catch (error) {
        this.context.trouble('lease', error);
      } finally {
        this.ticking = undefined;
      }
    })();
    await this.ticking;
  }

  private async balance(): Promise<void> {
    const { store, clock, leaseMs, replica } = this.context;
    const asked = { at: clock.now(), steady: clock.steady() };
    await store.renew(replica, leaseMs);
    this.renewed = asked;
    const living = await store.living(leaseMs);
    const documents = await store.lanes();
    for (const lane of this.lanes.values()) {
      const found = documents.find(({ _id }) => _id === lane.id);
      if (!found || found.owner !== replica || found.epoch !== lane.epoch) lane.lose('document names another owner');
      if (!lane.isLive && !this.leaving.has(lane.id)) this.lanes.delete(lane.id);
    }
    const fresh = living.filter((one) => one.fresh).map(({ id }) => id);
    this.giveUp(documents, fresh);
    await this.takeFree(documents, living, Math.ceil(documents.length / Math.max(1, fresh.length)));
  }

  /** More than one above the poorest: one lane goes, so that replicas even out without two moving at once. */
  private giveUp(documents: readonly LaneDocument[], fresh: readonly string[]): void {
    if (this.leaving.size > 0) return;
    const counts = fresh.map((id) => documents.filter(({ owner }) => owner === id).length);
    if (this.lanes.size <= Math.min(this.lanes.size, ...counts) + 1) return;
    const [lane] = this.lanes.values();
    if (!lane) return;
    // Who gives it up hears of that first, and would have it back before anybody with less could take it.
    this.left.set(lane.id, this.context.clock.steady() + this.context.leaseMs / 2);
    this.give(lane, this.context.leaseMs);
  }

  private async takeFree(
    documents: readonly LaneDocument[],
    living: readonly { id: string }[],
    share: number,
  ): Promise<void> {
    const alive = new Set(living.map(({ id }) => id));
    for (const document of documents) {
      if (this.stopped) return;
      if (this.lanes.has(document._id)) continue;
      // It names us and we do not run it: giving it back has failed, and nobody else may take it while we live.
      const isOurs = document.owner === this.context.replica;
      const isFree = document.owner === null || !alive.has(document.owner);
      const isLeft = (this.left.get(document._id) ?? -Infinity) > this.context.clock.steady();
      if (!isOurs && (!isFree || isLeft || this.lanes.size >= share)) continue;
      const taken = await this.context.store.takeLane(document, this.context.replica);
      if (!taken) continue;
      const lane = new Lane(this.context.laneContext(taken.decider, this.leased), taken);
      this.lanes.set(lane.id, lane);
      void lane.run();
    }
  }
}
