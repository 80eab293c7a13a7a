/**
 * The warehouse at work: picks that are short or split, dispatches that overtake them, copies under other keys; and
 * packages that it hands to carriers.
 */
import type { Clock } from '@crossdock/runtime';
import type { Random } from '@crossdock/testing';
import type { Callers } from './callers.ts';
import { Carriers } from './carriers.ts';
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
  /** two dispatches share one package */
  readonly shares: number;
  /** nothing goes on until the next day */
  readonly sleeps: number;
  /** what is to be picked is found broken, and counted off the books meanwhile */
  readonly breaks: number;
}
export const calmWarehouse: WarehouseConduct = {
  shortPick: 0,
  splitPick: 0,
  splitDispatch: 0,
  overtakes: 0,
  copies: 0,
  shuffles: 0,
  contradicts: 0,
  shares: 0,
  sleeps: 0,
  breaks: 0,
};
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
  | 'one package of two dispatches'
  | 'nothing until the next day'
  | 'stock lost while it is picked'
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
const A_NIGHT_MS = 30 * 3_600_000;
const NOT_YET = ['counter-not-ready', 'fulfilment-unknown'];
const instant = (ms: number): string => new Date(ms).toISOString();

export class Warehouse {
  /** who is at work, and does not sleep */
  busy = 0;

  private readonly clock: Clock;
  private readonly random: Random;
  private readonly callers: Callers;
  private readonly conduct: () => WarehouseConduct;
  private readonly tenantOf: (fulfilmentId: string) => Tenant;
  private readonly odd: (kind: Oddity) => void;
  private readonly lose: (tenant: Tenant, request: FulfilmentRequest) => Promise<void>;
  readonly carriers: Carriers;

  constructor(
    clock: Clock,
    random: Random,
    callers: Callers,
    conduct: () => WarehouseConduct,
    tenantOf: (fulfilmentId: string) => Tenant,
    odd: (kind: Oddity) => void,
    lose: (tenant: Tenant, request: FulfilmentRequest) => Promise<void>,
  ) {
    this.clock = clock;
    this.random = random;
    this.callers = callers;
    this.conduct = conduct;
    this.tenantOf = tenantOf;
    this.odd = odd;
    this.lose = lose;
    this.carriers = new Carriers(clock, random, callers, conduct, {
      turns: (chance, kind) => this.turns(chance, kind),
      rest: () => this.rest(),
    });
  }

  private turns(chance: number, kind: Oddity): boolean {
    const happens = this.random.happens(chance);
    if (happens) this.odd(kind);
    return happens;
  }
  private async pause(ms: number): Promise<void> {
    await this.clock.wait(1 + this.random.below(ms));
  }

  private async busily<T>(work: () => Promise<T>): Promise<T> {
    this.busy++;
    try {
      return await work();
    } finally {
      this.busy--;
    }
  }
  /** Perhaps nothing goes on here before the next day. */
  private async rest(): Promise<void> {
    if (!this.turns(this.conduct().sleeps, 'nothing until the next day')) return;
    this.busy--;
    await this.clock.wait(A_NIGHT_MS);
    this.busy++;
  }

  async work(request: FulfilmentRequest): Promise<void> {
    const begun = await this.busily(async () => {
      const tenant = this.tenantOf(request.fulfilmentId);
      const conduct = this.conduct();
      await this.pause(300);
      await this.rest();
      const picks = this.picksOf(request);
      const sent = picks
        .map(({ lineNo, picked }) => ({ lineNo, quantity: picked }))
        .filter(({ quantity }) => quantity > 0);
      if (this.turns(conduct.breaks, 'stock lost while it is picked')) {
        const lost = this.lose(tenant, request);
        if (this.random.happens(0.7)) await lost;
      }
      const confirm = this.busily(() => this.confirmPicks(tenant, request, picks));
      if (!this.turns(conduct.overtakes, 'dispatch before pick')) await confirm;
      await this.pause(300);
      await this.rest();
      const parts = this.turns(conduct.splitDispatch, 'dispatch in parts') ? this.parted(sent) : [sent];
      const isOne = parts.length > 1 && this.turns(conduct.shares, 'one package of two dispatches');
      const dispatches = parts
        .filter((part) => part.length > 0)
        .map((part, nth) => this.busily(() => this.dispatch(tenant, request, part, nth + 1, isOne)));
      return [confirm, ...dispatches];
    });
    await Promise.all(begun);
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
    isOne: boolean,
  ): Promise<void> {
    const trackingNo = `T-${fulfilmentId.slice(0, 16)}-${isOne ? 1 : nth}`;
    const occurredAt = instant(this.clock.now());
    const documentNo = `${fulfilmentId}-D${nth}`;
    const packages = [{ trackingNo, carrier: 'UPS', contents }];
    const isCarried = isOne && nth > 1;
    const isEarly = !isCarried && this.turns(this.conduct().shuffles, 'scan before the dispatch');
    const scanned = isEarly ? this.carriers.carry(tenant, trackingNo) : undefined;
    if (isEarly && this.turns(0.5, 'all scans before the dispatch')) await scanned;
    await this.tell(tenant, fulfilmentId, 'dispatched', { documentNo, occurredAt, packages });
    if (!isCarried) await (scanned ?? this.carriers.carry(tenant, trackingNo));
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
}
