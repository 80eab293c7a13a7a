/**
 * The carrier: moves every package it was handed through its scans and tells each by webhook until it is heard. How far
 * each package is stands on disk, so a killed carrier goes on where it was.
 */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pLimit from 'p-limit';
import { Journal, type Place } from '../books/journal.js';
import type { Callbacks } from '../web/callbacks.js';
import { judgeWebhook } from '../web/deliver.js';
import { signatureOf, STAGES, trackerEvent, type Parcel } from './easypost.js';

type CarrierEntry =
  | { readonly type: 'taken'; readonly parcel: Parcel }
  | { readonly type: 'told'; readonly trackingNo: string; readonly scans: number };

export interface CarrierSettings {
  readonly concurrency: number;
  /** of the service that hears the webhooks */
  readonly shipmentsUrl: string;
  readonly connection: string;
  readonly secret: string;
  readonly conduct: { readonly stepMs: number };
}
export interface CarrierParts {
  readonly callbacks: Callbacks;
  readonly signal: AbortSignal;
}
export interface ParcelRow {
  readonly trackingNo: string;
  /** scans told: 0 to 4 */
  readonly scans: number;
  readonly status: (typeof STAGES)[number] | 'handed-over';
}
interface Kept {
  scans: number;
  place: Place | undefined;
}

export class Carrier {
  private readonly room: ReturnType<typeof pLimit>;

  private constructor(
    private readonly parcels: Map<string, Kept>,
    private readonly journal: Journal<CarrierEntry>,
    private readonly settings: CarrierSettings,
    private readonly parts: CarrierParts,
  ) {
    this.room = pLimit(settings.concurrency);
  }

  static async open(folder: string, settings: CarrierSettings, parts: CarrierParts): Promise<Carrier> {
    const parcels = new Map<string, Kept>();
    const journal = await Journal.open<CarrierEntry>(join(folder, 'carrier.ndjson'), (entry, place) => {
      if (entry.type === 'taken') parcels.set(entry.parcel.trackingNo, { scans: 0, place });
      else (parcels.get(entry.trackingNo) as Kept).scans = entry.scans;
    });
    return new Carrier(parcels, journal, settings, parts);
  }

  /** Goes on with what was on its way. */
  resume(): void {
    for (const [trackingNo, { scans }] of this.parcels) if (scans < STAGES.length) this.start(trackingNo);
  }

  /** Takes packages; one it has already changes nothing. */
  async take(parcels: readonly Parcel[]): Promise<void> {
    const fresh = parcels.filter(({ trackingNo }) => !this.parcels.has(trackingNo));
    for (const { trackingNo } of fresh) this.parcels.set(trackingNo, { scans: 0, place: undefined });
    await Promise.all(
      fresh.map(async (parcel) => {
        (this.parcels.get(parcel.trackingNo) as Kept).place = await this.journal.append({ type: 'taken', parcel });
        this.start(parcel.trackingNo);
      }),
    );
    await this.journal.settled();
  }

  all(): readonly ParcelRow[] {
    return [...this.parcels].map(([trackingNo, { scans }]) => ({
      trackingNo,
      scans,
      status: STAGES[scans - 1] ?? 'handed-over',
    }));
  }

  summary() {
    const statuses: Record<string, number> = {};
    for (const { status } of this.all()) statuses[status] = (statuses[status] ?? 0) + 1;
    return { parcels: this.parcels.size, statuses, webhooks: this.parts.callbacks.countsOf('carrier') };
  }

  close(): Promise<void> {
    return this.journal.close();
  }

  private start(trackingNo: string): void {
    this.travel(trackingNo).catch((error: unknown) => {
      if (!this.parts.signal.aborted) process.stderr.write(`carrier: ${trackingNo}: ${String(error)}\n`);
    });
  }

  private async travel(trackingNo: string): Promise<void> {
    const kept = this.parcels.get(trackingNo) as Kept;
    const { conduct } = this.settings;
    while (kept.scans < STAGES.length) {
      await wait(conduct.stepMs, undefined, { signal: this.parts.signal });
      const { parcel } = (await this.journal.read(kept.place as Place)) as Extract<CarrierEntry, { type: 'taken' }>;
      await this.tell(trackerEvent(parcel, kept.scans + 1));
      kept.scans += 1;
      await this.journal.append({ type: 'told', trackingNo, scans: kept.scans });
    }
  }

  private async tell(body: string): Promise<void> {
    const { shipmentsUrl, connection, secret } = this.settings;
    await this.parts.callbacks.tell({
      system: 'carrier',
      url: `${shipmentsUrl}/webhooks/easypost/${encodeURIComponent(connection)}`,
      body,
      headers: () =>
        Promise.resolve({
          'content-type': 'application/json',
          'user-agent': 'EasyPost/v2 Webhooks',
          'x-hmac-signature': signatureOf(body, secret),
        }),
      room: (task) => this.room(task),
      signal: this.parts.signal,
      judge: judgeWebhook,
    });
  }
}
