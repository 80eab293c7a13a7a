/**
 * The warehouse at work: takes a fulfilment order, picks it, hands it to the carrier, and calls back after each step
 * until it is heard. What was under way when it was killed goes on at the next start, with the same documents.
 */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pLimit from 'p-limit';
import { Journal } from '../books/journal.js';
import type { Parcel } from '../carrier/easypost.js';
import { contentMark } from '../erp/postings.js';
import type { Callbacks } from '../web/callbacks.js';
import { Refused } from '../web/problem.js';
import { WmsBook, type FulfilmentRequest, type FulfilmentRow, type Taken, type WmsEntry } from './book.js';
import { packagesOf, picksOf, type Package, type PickedLine } from './pack.js';

export interface WarehouseSettings {
  readonly linesPerPackage: number;
  readonly concurrency: number;
  /** of the service that hears the callbacks */
  readonly shipmentsUrl: string;
  /** may change while it runs */
  readonly conduct: { readonly stepMs: number; readonly shortPickRate: number };
}
export interface WarehouseParts {
  readonly callbacks: Callbacks;
  readonly token: () => Promise<string>;
  /** the carrier takes packages; taking one again changes nothing */
  readonly handOver: (parcels: readonly Parcel[]) => Promise<void>;
  readonly signal: AbortSignal;
}
interface Work {
  readonly taken: Taken;
  readonly picks: readonly PickedLine[];
  readonly packages: readonly Package[];
}

const workOf = (taken: Taken): Work => {
  const { request, short, linesPerPackage, serial } = taken;
  const picks = picksOf(request.lines, short);
  return { taken, picks, packages: packagesOf(request.fulfilmentId, picks, linesPerPackage, serial) };
};
/** Steps follow the taking by a second each: a time that is the same whenever the callback is sent again. */
const after = ({ at }: Taken, seconds: number): string => new Date(Date.parse(at) + seconds * 1000).toISOString();

const faultOf = ({ fulfilmentId, orderNo, node, lines }: Partial<FulfilmentRequest>): string | undefined => {
  if (!fulfilmentId || !orderNo || !node) return 'fulfilmentId, orderNo and node must be given';
  if (!Array.isArray(lines) || lines.length === 0) return 'lines is missing or empty';
  const wrong = lines.find(
    ({ lineNo, quantity }) => !Number.isInteger(lineNo) || !Number.isInteger(quantity) || quantity < 1,
  );
  return wrong && 'every line needs a lineNo and a whole quantity of 1 or more';
};

export class Warehouse {
  private readonly room: ReturnType<typeof pLimit>;

  private constructor(
    readonly book: WmsBook,
    private readonly journal: Journal<WmsEntry>,
    private readonly settings: WarehouseSettings,
    private readonly parts: WarehouseParts,
  ) {
    this.room = pLimit(settings.concurrency);
  }

  static async open(folder: string, settings: WarehouseSettings, parts: WarehouseParts): Promise<Warehouse> {
    const book = new WmsBook();
    const journal = await Journal.open<WmsEntry>(join(folder, 'wms.ndjson'), (entry, place) =>
      book.apply(entry, place),
    );
    return new Warehouse(book, journal, settings, parts);
  }

  /** Goes on with what was under way. */
  resume(): void {
    for (const fulfilmentId of this.book.unfinished()) this.start(fulfilmentId);
  }

  async take(request: Partial<FulfilmentRequest>, traceparent?: string): Promise<FulfilmentRow> {
    const fault = faultOf(request);
    if (fault) throw new Refused(422, 'request-wrong', fault);
    const whole = request as FulfilmentRequest;
    const content = contentMark(whole);
    const known = this.book.find(whole.fulfilmentId);
    if (known) {
      if (this.book.contentOf(whole.fulfilmentId) !== content)
        throw new Refused(409, 'request-changed', `${known.wmsRef} was taken with other lines`);
      await this.journal.settled();
      return known;
    }
    const { conduct, linesPerPackage } = this.settings;
    const at = new Date().toISOString();
    const taken = this.book.entryFor(whole, content, at, conduct.shortPickRate, linesPerPackage);
    const entry = traceparent ? { ...taken, traceparent } : taken;
    this.book.apply(entry);
    this.book.locate(whole.fulfilmentId, await this.journal.append(entry));
    this.start(whole.fulfilmentId);
    return this.book.find(whole.fulfilmentId) as FulfilmentRow;
  }

  /** Answers only what is written: a kill must not make the warehouse forget what it has confirmed. */
  async find(fulfilmentId: string): Promise<FulfilmentRow | undefined> {
    await this.journal.settled();
    return this.book.find(fulfilmentId);
  }

  /** All that is known of a fulfilment order: the request, what was picked, what went into which package. */
  async details(
    fulfilmentId: string,
  ): Promise<(FulfilmentRow & { request: FulfilmentRequest } & Omit<Work, 'taken'>) | undefined> {
    const row = this.book.find(fulfilmentId);
    const work = await this.work(fulfilmentId);
    return row && work && { ...row, request: work.taken.request, picks: work.picks, packages: work.packages };
  }

  close(): Promise<void> {
    return this.journal.close();
  }

  private async work(fulfilmentId: string): Promise<Work | undefined> {
    const place = this.book.placeOf(fulfilmentId);
    return place && workOf((await this.journal.read(place)) as Taken);
  }

  private start(fulfilmentId: string): void {
    this.steps(fulfilmentId).catch((error: unknown) => {
      // A stop ends it; the next start goes on. Anything else is a defect that must be seen.
      if (!this.parts.signal.aborted) process.stderr.write(`wms: ${fulfilmentId}: ${String(error)}\n`);
    });
  }

  private async steps(fulfilmentId: string): Promise<void> {
    const { signal, handOver } = this.parts;
    await wait(this.settings.conduct.stepMs, undefined, { signal });
    const work = await this.work(fulfilmentId);
    if (!work) return;
    const { taken, picks, packages } = work;
    if (this.book.find(fulfilmentId)?.step === 'taken') {
      const body = { documentNo: `${taken.wmsRef}-P1`, occurredAt: after(taken, 1), lines: picks };
      if (!(await this.tell(taken, 'picks', body))) return;
      await this.enter({ type: 'picked', fulfilmentId, at: new Date().toISOString() });
      await wait(this.settings.conduct.stepMs, undefined, { signal });
    }
    const body = { documentNo: `${taken.wmsRef}-D1`, occurredAt: after(taken, 2), packages };
    if (!(await this.tell(taken, 'dispatches', body))) return;
    const { city, country = 'ZZ' } = taken.request.shipTo ?? {};
    const to = { takenAt: after(taken, 2), country, ...(city ? { city } : {}) };
    await handOver(
      packages.map(({ trackingNo, carrier, weightGrams }) => ({ trackingNo, carrier, weightGrams, ...to })),
    );
    await this.enter({ type: 'dispatched', fulfilmentId, at: new Date().toISOString() });
  }

  /** Calls back until it is heard. False when it is refused for good: then a person has to look. */
  private async tell(
    { request, wmsRef, traceparent }: Taken,
    step: 'picks' | 'dispatches',
    body: { documentNo: string },
  ): Promise<boolean> {
    const { callbacks, token, signal } = this.parts;
    const { fulfilmentId, callback } = request;
    const base = callback ?? `${this.settings.shipmentsUrl}/v1/fulfilments/${encodeURIComponent(fulfilmentId)}`;
    const { outcome, answer } = await callbacks.tell({
      system: 'wms',
      url: `${base}/${step}`,
      body: JSON.stringify(body),
      headers: async (copy) => ({
        authorization: `Bearer ${await token()}`,
        'content-type': 'application/json',
        ...(traceparent ? { traceparent } : {}),
        // A copy comes as warehouses send it: the same document under another key.
        'idempotency-key': copy === 0 ? body.documentNo : `${body.documentNo}-copy-${copy}`,
      }),
      room: (task) => this.room(task),
      signal,
    });
    if (outcome === 'done') return true;
    await this.enter({
      type: 'refused',
      fulfilmentId,
      step: `${wmsRef} ${step}`,
      status: answer.status,
      text: answer.body.slice(0, 500),
    });
    return false;
  }

  private async enter(entry: WmsEntry): Promise<void> {
    this.book.apply(entry);
    await this.journal.append(entry);
  }
}
