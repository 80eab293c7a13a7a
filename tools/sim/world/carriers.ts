/** Carriers that tell of packages: scans that come late, twice, out of order and against each other. */
import type { Clock } from '@crossdock/runtime';
import type { Random } from '@crossdock/testing';
import { signatureOf, type Callers } from './callers.ts';
import { SHIPMENTS, type Tenant } from './services.ts';
import type { Oddity, WarehouseConduct } from './warehouse.ts';

interface Scan {
  readonly status: string;
  readonly ms: number;
  /** a delivery is taken back by it */
  readonly voids?: boolean;
}
/** What a carrier has told of a package, and was answered for: by `<status>@<moment>`, and when deliveries were taken back. */
export interface Carried {
  readonly tenant: Tenant;
  readonly trackingNo: string;
  readonly scans: Map<string, { readonly status: string; readonly at: string }>;
  readonly voids: Set<string>;
}
const SCANS = ['pre_transit', 'in_transit', 'out_for_delivery', 'delivered'] as const;
const DETAILS: Readonly<Record<string, string>> = {
  pre_transit: 'label_created',
  in_transit: 'arrived_at_facility',
  out_for_delivery: 'out_for_delivery',
  delivered: 'arrived_at_destination',
  failure: 'delivery_attempted',
};
/** UPS's own, as EasyPost passes them on */
const CODES: Readonly<Record<string, string>> = {
  pre_transit: 'MP',
  in_transit: 'AR',
  out_for_delivery: 'OT',
  delivered: 'KB',
};
/** UPS's own, as it answers itself: type and code of an activity */
const ACTIVITIES: Readonly<Record<string, readonly [type: string, code: string]>> = {
  pre_transit: ['M', 'MP'],
  in_transit: ['I', 'AR'],
  out_for_delivery: ['I', 'OT'],
  delivered: ['D', 'KB'],
};
const instant = (ms: number): string => new Date(ms).toISOString();

interface Moods {
  /** an oddity happens by this chance */
  readonly turns: (chance: number, kind: Oddity) => boolean;
  /** perhaps nothing goes on before the next day */
  readonly rest: () => Promise<void>;
}

export class Carriers {
  /** by tenant and tracking number */
  readonly carried = new Map<string, Carried>();
  /** what the carrier itself knows, by tracking number */
  private readonly known = new Map<string, readonly Scan[]>();

  private readonly clock: Clock;
  private readonly random: Random;
  private readonly callers: Callers;
  private readonly conduct: () => WarehouseConduct;
  private readonly turns: Moods['turns'];
  private readonly rest: Moods['rest'];

  constructor(clock: Clock, random: Random, callers: Callers, conduct: () => WarehouseConduct, { turns, rest }: Moods) {
    this.clock = clock;
    this.random = random;
    this.callers = callers;
    this.conduct = conduct;
    this.turns = turns;
    this.rest = rest;
  }

  /** The last scan of a telling may take back a delivery; in a later telling it is a thing of the past. */
  private note(tenant: Tenant, trackingNo: string, told: readonly Scan[]): void {
    const key = `${tenant}|${trackingNo}`;
    const known = this.carried.get(key) ?? { tenant, trackingNo, scans: new Map(), voids: new Set() };
    this.carried.set(key, known);
    for (const { status, ms, voids } of told)
      if (!voids) known.scans.set(`${status}@${ms}`, { status, at: instant(ms) });
    const last = told.at(-1);
    if (last?.voids) known.voids.add(instant(last.ms));
  }

  /** What UPS answers when it is asked for a package: as far as it has got. Undefined: it knows nothing of it. */
  asked(trackingNo: string): unknown {
    const scans = this.known.get(trackingNo);
    if (!scans) return undefined;
    const activity = scans.slice(0, this.random.below(scans.length + 1)).flatMap(({ status, ms, voids }) => {
      const [type, code] = ACTIVITIES[status] ?? [];
      if (voids || !type) return [];
      const [date = '', time = ''] = instant(ms).replaceAll(/[-:]/g, '').split(/[T.]/);
      const location = { address: { city: 'LEEDS', countryCode: 'GB' } };
      return [{ location, status: { type, code, description: status }, date, time, gmtOffset: '+00:00' }];
    });
    return { trackResponse: { shipment: [{ package: [{ trackingNumber: trackingNo, activity }] }] } };
  }

  async carry(tenant: Tenant, trackingNo: string): Promise<void> {
    const { contradicts, shuffles, copies } = this.conduct();
    const at = Math.floor(this.clock.now() / 1000) * 1000;
    const scans: Scan[] = SCANS.map((status, nth) => ({
      status,
      ms: at + nth * 1000,
    }));
    if (this.turns(contradicts, 'scans that contradict'))
      scans.push({ status: this.random.pick(['in_transit', 'failure', 'return_to_sender']), ms: at + 2_500 });
    if (this.turns(contradicts, 'scan taken back'))
      scans.push({ status: 'in_transit', ms: at + 5_000, voids: true }, { status: 'delivered', ms: at + 6_000 });
    this.known.set(trackingNo, scans);
    const tellings = scans.map((_, nth) => scans.slice(0, nth + 1));
    if (this.turns(shuffles, 'scans out of order')) tellings.reverse();
    else if (this.turns(shuffles, 'scan told late')) {
      const late = scans[this.random.below(scans.length - 1)];
      tellings.splice(0, tellings.length, ...tellings.map((told) => told.filter((scan) => scan !== late)), scans);
    }
    for (const told of tellings.filter((some) => some.length > 0)) {
      const last = told.at(-1) as Scan;
      const body = Buffer.from(JSON.stringify(trackerEvent(trackingNo, told, last)));
      const times = this.random.happens(copies) ? 2 : 1;
      for (let time = 0; time < times; time++) {
        const answered = await this.callers.ask({
          service: SHIPMENTS,
          tenant,
          route: `POST /webhooks/easypost/${tenant}`,
          key: `${trackingNo}-${told.length}-${last.status}`,
          content: body.toString('utf8'),
          go: (running, caller) =>
            running
              .opens('EasypostController')
              .tell(tenant, body, { 'x-hmac-signature': signatureOf(body, tenant) }, caller),
        });
        if (answered.status >= 400) throw new Error(`scan of ${trackingNo}: ${answered.status} ${answered.code}`);
      }
      this.note(tenant, trackingNo, told);
      if (told === tellings[0]) await this.rest();
      await this.clock.wait(1 + this.random.below(100));
    }
  }
}

const trackerEvent = (trackingNo: string, scans: readonly Scan[], last: Scan): unknown => ({
  object: 'Event',
  description: 'tracker.updated',
  created_at: instant(last.ms),
  previous_attributes: last.voids ? { status: 'delivered' } : {},
  result: {
    object: 'Tracker',
    tracking_code: trackingNo,
    status: last.status,
    status_detail: DETAILS[last.status] ?? 'unknown',
    created_at: instant(scans[0]?.ms ?? last.ms),
    updated_at: instant(last.ms),
    est_delivery_date: null,
    carrier: 'UPS',
    tracking_details: scans
      .filter(({ voids }) => !voids)
      .map(({ status, ms }) => ({
        object: 'TrackingDetail',
        message: status,
        status,
        status_detail: DETAILS[status] ?? 'unknown',
        datetime: instant(ms),
        source: 'UPS',
        carrier_code: CODES[status] ?? null,
        tracking_location: { city: 'LEEDS', country: 'GB' },
      })),
  },
});
