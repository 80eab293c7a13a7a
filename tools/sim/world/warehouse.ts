/**
 * The warehouse at work, and the carriers it hands packages to: picks that are short or split, dispatches that overtake
 * them, copies under other keys; scans that come late, twice, out of order and against each other.
 */
import type { Clock } from '@crossdock/runtime';
import type { Random } from '@crossdock/testing';
import { signatureOf, type Callers } from './callers.ts';
import type { FulfilmentRequest } from './outside.ts';
import { SHIPMENTS, type Tenant } from './services.ts';

export interface WarehouseConduct {
  readonly shortPick: number;
  readonly splitPick: number;
  readonly splitDispatch: number;
  /** the dispatch is told before the pick */
  readonly overtakes: number;
  readonly copies: number;
  /** scans out of order */
  readonly shuffles: number;
  /** a scan that contradicts an earlier one */
  readonly contradicts: number;
}
export type Oddity =
  | 'short pick'
  | 'pick in parts'
  | 'dispatch in parts'
  | 'dispatch before pick'
  | 'copy of a confirmation'
  | 'scans out of order'
  | 'scans that contradict'
  | 'scan before the dispatch'
  | 'all scans before the dispatch'
  | 'scan told late'
  | 'scan taken back';

interface Line {
  readonly lineNo: number;
  readonly quantity: number;
}
interface Picked {
  readonly lineNo: number;
  readonly picked: number;
  readonly short: number;
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
const NOT_YET = ['counter-not-ready', 'fulfilment-unknown'];
const instant = (ms: number): string => new Date(ms).toISOString();

export class Warehouse {
  /** steps that are not done yet */
  busy = 0;

  private readonly clock: Clock;
  private readonly random: Random;
  private readonly callers: Callers;
  private readonly conduct: () => WarehouseConduct;
  private readonly tenantOf: (fulfilmentId: string) => Tenant;
  private readonly odd: (kind: Oddity) => void;

  constructor(
    clock: Clock,
    random: Random,
    callers: Callers,
    conduct: () => WarehouseConduct,
    tenantOf: (fulfilmentId: string) => Tenant,
    odd: (kind: Oddity) => void,
  ) {
    this.clock = clock;
    this.random = random;
    this.callers = callers;
    this.conduct = conduct;
    this.tenantOf = tenantOf;
    this.odd = odd;
  }

  private turns(chance: number, kind: Oddity): boolean {
    const happens = this.random.happens(chance);
    if (happens) this.odd(kind);
    return happens;
  }
  private async pause(ms: number): Promise<void> {
    await this.clock.wait(1 + this.random.below(ms));
  }

  async work(request: FulfilmentRequest): Promise<void> {
    this.busy++;
    try {
      const tenant = this.tenantOf(request.fulfilmentId);
      const conduct = this.conduct();
      await this.pause(300);
      const picks = this.picksOf(request);
      const sent = picks
        .map(({ lineNo, picked }) => ({ lineNo, quantity: picked }))
        .filter(({ quantity }) => quantity > 0);
      const confirm = this.confirmPicks(tenant, request, picks);
      if (!this.turns(conduct.overtakes, 'dispatch before pick')) await confirm;
      await this.pause(300);
      const parts = this.turns(conduct.splitDispatch, 'dispatch in parts') ? this.parted(sent) : [sent];
      const dispatches = parts
        .filter((part) => part.length > 0)
        .map((part, nth) => this.dispatch(tenant, request, part, nth + 1));
      await Promise.all([confirm, ...dispatches]);
    } finally {
      this.busy--;
    }
  }

  private picksOf({ lines }: FulfilmentRequest): readonly Picked[] {
    return lines.map(({ lineNo, quantity }) => {
      const isShort = this.turns(this.conduct().shortPick, 'short pick');
      const short = isShort ? 1 + this.random.below(quantity) : 0;
      return { lineNo, picked: quantity - short, short };
    });
  }
  /** Some of each line first, the rest later. */
  private parted(lines: readonly Line[]): readonly (readonly Line[])[] {
    const first = lines.map(({ lineNo, quantity }) => ({ lineNo, quantity: this.random.below(quantity + 1) }));
    const rest = lines.map(({ lineNo, quantity }, at) => ({ lineNo, quantity: quantity - (first[at]?.quantity ?? 0) }));
    return [first, rest].map((part) => part.filter(({ quantity }) => quantity > 0));
  }

  /** Some of each line is found at once, the rest in a second round; what is short is known at its end. */
  private waves(lines: readonly Picked[]): readonly (readonly Picked[])[] {
    const first = lines.map(({ lineNo, picked }) => ({ lineNo, picked: this.random.below(picked + 1), short: 0 }));
    const rest = lines.map((line, at) => ({ ...line, picked: line.picked - (first[at]?.picked ?? 0) }));
    return [first, rest].map((part) => part.filter(({ picked, short }) => picked + short > 0));
  }

  private async confirmPicks(
    tenant: Tenant,
    { fulfilmentId }: FulfilmentRequest,
    lines: readonly Picked[],
  ): Promise<void> {
    const isSplit = this.turns(this.conduct().splitPick, 'pick in parts');
    const documents = (isSplit ? this.waves(lines) : [lines]).filter((part) => part.length > 0);
    const occurredAt = instant(this.clock.now());
    const told = documents.map((part, nth) =>
      this.tell(tenant, fulfilmentId, 'picked', { documentNo: `${fulfilmentId}-P${nth + 1}`, occurredAt, lines: part }),
    );
    await Promise.all(told);
  }

  private async dispatch(
    tenant: Tenant,
    { fulfilmentId }: FulfilmentRequest,
    contents: readonly Line[],
    nth: number,
  ): Promise<void> {
    const trackingNo = `T-${fulfilmentId.slice(0, 16)}-${nth}`;
    const occurredAt = instant(this.clock.now());
    const documentNo = `${fulfilmentId}-D${nth}`;
    const packages = [{ trackingNo, carrier: 'UPS', contents }];
    const isEarly = this.turns(this.conduct().shuffles, 'scan before the dispatch');
    const scanned = isEarly ? this.carry(tenant, trackingNo) : undefined;
    if (isEarly && this.turns(0.5, 'all scans before the dispatch')) await scanned;
    await this.tell(tenant, fulfilmentId, 'dispatched', { documentNo, occurredAt, packages });
    await (scanned ?? this.carry(tenant, trackingNo));
  }

  private async tell(
    tenant: Tenant,
    fulfilmentId: string,
    step: 'picked' | 'dispatched',
    body: { readonly documentNo: string } & Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const copies = this.turns(this.conduct().copies, 'copy of a confirmation') ? 2 : 1;
    const told = Array.from({ length: copies }, async (_, copy) => {
      await this.pause(50);
      const answered = await this.callers.ask({
        service: SHIPMENTS,
        tenant,
        route: `POST /v1/fulfilments/${fulfilmentId}/${step}`,
        key: copy === 0 ? body.documentNo : `${body.documentNo}-copy`,
        content: body,
        later: NOT_YET,
        go: (running, caller) => running.opens('FulfilmentsController')[step](fulfilmentId, body, caller),
      });
      if (answered.status >= 400) throw new Error(`${step} ${body.documentNo}: ${answered.status} ${answered.code}`);
    });
    await Promise.all(told);
  }

  private async carry(tenant: Tenant, trackingNo: string): Promise<void> {
    const { contradicts, shuffles, copies } = this.conduct();
    const at = Math.floor(this.clock.now() / 1000) * 1000;
    const scans: { status: string; ms: number; voids?: boolean }[] = SCANS.map((status, nth) => ({
      status,
      ms: at + nth * 1000,
    }));
    if (this.turns(contradicts, 'scans that contradict'))
      scans.push({ status: this.random.pick(['in_transit', 'failure', 'return_to_sender']), ms: at + 2_500 });
    if (this.turns(contradicts, 'scan taken back'))
      scans.push({ status: 'in_transit', ms: at + 5_000, voids: true }, { status: 'delivered', ms: at + 6_000 });
    const tellings = scans.map((_, nth) => scans.slice(0, nth + 1));
    if (this.turns(shuffles, 'scans out of order')) tellings.reverse();
    else if (this.turns(shuffles, 'scan told late')) {
      const late = scans[this.random.below(scans.length - 1)];
      tellings.splice(0, tellings.length, ...tellings.map((told) => told.filter((scan) => scan !== late)), scans);
    }
    for (const told of tellings.filter((some) => some.length > 0)) {
      const last = told.at(-1) as (typeof scans)[number];
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
      await this.pause(100);
    }
  }
}

const trackerEvent = (
  trackingNo: string,
  scans: readonly { status: string; ms: number; voids?: boolean }[],
  last: { status: string; ms: number; voids?: boolean },
): unknown => ({
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
