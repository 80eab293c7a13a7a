/** One run: an input is handed in, watched until nothing is open, and judged. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Say } from '../setup/failure.ts';
import { Drill, pointsFor, shareDone, type Victim } from './drill.ts';
import { handIn, JobFailed, bringLateStock, type Handout } from './hand-in.ts';
import type { Upload } from './input.ts';
import type { Platform } from './platform.ts';
import { readRun, writeRun, type RunRecord } from './record.ts';
import type { Screen } from './screen.ts';
import { judge, Settling, type Look } from './settled.ts';
import { Rates } from './stages.ts';
import { Observer, type Standing } from './standing.ts';
import type { ProcessUsage } from './usage.ts';
import { unexplainedOrders } from './unexplained.ts';

export interface DayPlan {
  readonly platform: Platform;
  readonly screen: Screen;
  readonly record: RunRecord;
  readonly uploads: readonly Upload[];
  readonly handout: Handout | undefined;
  readonly victims: readonly Victim[];
  readonly signal: AbortSignal;
}
export interface DayResult {
  readonly standing: Standing;
  /** why the day is not over though nothing moves; empty when it is over */
  readonly stuck: readonly string[];
  /** why a file was not taken at all */
  readonly refused?: string;
  readonly seconds: number;
  /** of the day alone */
  readonly processes: readonly ProcessUsage[];
}

const LOOK_MS = 400;
/** A look must not cost more than a part of what it looks at. */
const LOOK_SHARE = 9;
const LOOK_MOST_MS = 2_000;
const PATIENCE = { explainedMs: 4_000, unexplainedMs: 60_000 };
const HALF_WAY = 0.5;
const NOTHING: Standing = {
  documents: { orders: 0, returns: 0, adjustments: 0, parked: 0, alreadyKnown: 0 },
  orders: {},
  lines: { ordered: 0, goods: 0, charges: 0 },
  progress: { accepted: 0, reserved: 0, released: 0, shipped: 0, delivered: 0, invoiced: 0, posted: 0, closed: 0 },
  returnsPosted: 0,
  money: { currency: 'GBP', invoicedNet: 0, creditedNet: 0, tax: 0, debits: 0, credits: 0 },
  exceptions: {},
};

export async function playDay(plan: DayPlan): Promise<DayResult> {
  const { platform, screen, signal } = plan;
  await platform.usage.mark();
  const startedAt = Date.now();
  const feeding = new Feeding(plan);
  const drill = new Drill({ victims: plan.victims, say: screen.say });
  const watch = new Watching(platform, feeding);
  const settling = new Settling(PATIENCE);
  const rates = new Rates();
  let standing = NOTHING;
  for (;;) {
    signal.throwIfAborted();
    feeding.check();
    drill.check();
    const lookedAt = Date.now();
    const look = await watch.look();
    const now = Date.now();
    if (look) {
      standing = look.standing;
      const share = shareDone(standing, plan.handout?.documents['order']);
      drill.at(share, judge(look) !== 'running');
      screen.progress({
        standing,
        elapsedMs: now - startedAt,
        backlog: look.underWay.backlog,
        rates: rates.next(standing.progress, now),
        ...(drill.note ? { note: drill.note } : {}),
      });
      if (!drill.over) settling.stir(now);
      const outcome = settling.next(look, now);
      if (outcome.kind !== 'running' && drill.over) {
        const stuck = outcome.kind === 'stuck' ? outcome.why : [];
        await platform.usage.look();
        return {
          standing,
          stuck,
          ...(feeding.failure ? { refused: feeding.failure } : {}),
          seconds: (now - startedAt) / 1000,
          processes: platform.usage.totals(),
        };
      }
    }
    // A drill strikes at points of the day: it has to see them coming.
    const rest = Math.min(drill.over ? LOOK_MOST_MS : LOOK_MS, (now - lookedAt) * LOOK_SHARE);
    await pause(Math.max(LOOK_MS, rest), undefined, { signal });
  }
}

/** Hands everything in beside the watching, and brings the late stock when the last document was taken. */
class Feeding {
  readonly #plan: DayPlan;
  handedIn = false;
  /** why a file was not taken at all */
  failure: string | undefined;
  #error: unknown;
  #batchId: string | null;

  constructor(plan: DayPlan) {
    this.#plan = plan;
    this.#batchId = plan.record.batchId;
    void this.#feed().catch((error: unknown) => (this.#error = error));
  }

  get batchId(): string | null {
    return this.#batchId;
  }
  check(): void {
    if (this.#error !== undefined) throw this.#error;
  }

  async #feed(): Promise<void> {
    const { platform, record, uploads, handout, signal } = this.#plan;
    const keep = (kept: RunRecord) => {
      this.#batchId = kept.batchId;
      writeRun(platform.dir, kept);
    };
    const ordersUrl = platform.fleet.urls.services['order-orchestration'] ?? '';
    try {
      await handIn({ api: platform.api, ordersUrl, uploads, record, keep, signal });
    } catch (error) {
      if (!(error instanceof JobFailed)) throw error;
      this.failure = error.message;
    }
    if (handout) await bringLateStock(platform.fleet.urls.outside.erp, handout.import, signal);
    this.handedIn = true;
  }
}

/** One look at everything; undefined while somebody who has to be asked is down. */
class Watching {
  readonly #platform: Platform;
  readonly #feeding: Feeding;
  #observer: Observer | undefined;

  constructor(platform: Platform, feeding: Feeding) {
    this.#platform = platform;
    this.#feeding = feeding;
  }

  async look(): Promise<Look | undefined> {
    try {
      return await this.#look();
    } catch {
      return undefined;
    }
  }

  async #look(): Promise<Look> {
    const { api, broker, databases, fleet } = this.#platform;
    const { batchId, handedIn } = this.#feeding;
    // Asked before the documents: what is under way at first has been counted in what is read then.
    const [{ pending, unacknowledged }, { asks, parked }] = await Promise.all([broker.lag(), databases.waiting()]);
    const underWay = { backlog: pending + unacknowledged, asks, parked };
    if (batchId === null) return { standing: NOTHING, underWay, handedIn };
    this.#observer ??= new Observer(api, fleet.urls.services, batchId);
    const look: Look = { standing: await this.#observer.look(), underWay, handedIn };
    if (judge(look) !== 'quiet') return look;
    const url = fleet.urls.services['order-orchestration'] ?? '';
    return { ...look, unexplained: await unexplainedOrders(api, url, batchId, look.standing) };
  }
}

export const endRun = (dir: string): void => {
  const record = readRun(dir);
  if (record) writeRun(dir, { ...record, ended: true });
};

/** Every service in turn, then the broker, then the database; or the broker with all it has stored. */
export const victimsOf = (
  { fleet, stack, provision, usage }: Platform,
  { kill, wipeBroker }: { readonly kill: boolean; readonly wipeBroker: boolean },
  say: Say,
): readonly Victim[] => {
  const back = async () => {
    for (const { name } of fleet.services) await fleet.ready(name);
  };
  const victim = (name: string, at: number, deed: string, strike: () => Promise<void>): Victim => ({
    name,
    at,
    deed,
    strike: async () => {
      await usage.look();
      await strike();
      await back();
    },
  });
  const restarted = (which: 'nats' | 'mongo') => async () => {
    await stack[which].kill9();
    await stack[which].restart();
  };
  const strikes: readonly (readonly [string, () => Promise<void>])[] = [
    ...fleet.services.map((member) => [member.name, () => member.kill9()] as const),
    ['nats-server', restarted('nats')],
    ['mongod', restarted('mongo')],
  ];
  const points = pointsFor(strikes.length);
  const killed = strikes.map(([name, strike], nth) => victim(name, points[nth] ?? 1, 'killed', strike));
  const wiped = victim('the store of nats-server', HALF_WAY, 'deleted', async () => {
    await stack.nats.wipeStore();
    await stack.nats.restart();
    say('drill: the broker is empty; streams are provisioned again');
    await provision();
  });
  return [...(kill ? killed : []), ...(wipeBroker ? [wiped] : [])];
};
