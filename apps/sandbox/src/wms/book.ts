/** The warehouse's book: every fulfilment order it has taken and how far it is. Details stay on disk. */
import type { Place } from '../books/journal.js';
import { packageCount, shortPickOf, type FulfilmentLine, type ShortPick } from './pack.js';

export interface FulfilmentRequest {
  readonly fulfilmentId: string;
  readonly orderNo: string;
  readonly node: string;
  readonly shipTo: { readonly country?: string; readonly city?: string };
  readonly lines: readonly FulfilmentLine[];
  /** where this fulfilment order's callbacks go; `{shipmentsUrl}/v1/fulfilments/{id}` when left out */
  readonly callback?: string;
}
export const STEPS = ['taken', 'picked', 'dispatched', 'refused'] as const;
export type Step = (typeof STEPS)[number];

/** What is written: all that a restart needs to go on in the very same way. */
export type WmsEntry =
  | {
      readonly type: 'taken';
      readonly wmsRef: string;
      readonly at: string;
      readonly content: string;
      readonly request: FulfilmentRequest;
      readonly short?: ShortPick;
      readonly linesPerPackage: number;
      /** of the request: what follows from it belongs to the same trace */
      readonly traceparent?: string;
      /** serial number of its first package */
      readonly serial: number;
    }
  | { readonly type: 'picked' | 'dispatched'; readonly fulfilmentId: string; readonly at: string }
  | {
      readonly type: 'refused';
      readonly fulfilmentId: string;
      readonly step: string;
      readonly status: number;
      readonly text: string;
    };
export type Taken = Extract<WmsEntry, { type: 'taken' }>;

export interface FulfilmentRow {
  readonly fulfilmentId: string;
  readonly wmsRef: string;
  readonly orderNo: string;
  readonly node: string;
  readonly step: Step;
  readonly lines: number;
  readonly units: number;
  readonly short: number;
  readonly at: string;
  /** why it goes no further */
  readonly refusal?: string;
}
interface Kept extends FulfilmentRow {
  readonly place: Place | undefined;
  readonly content: string;
}

const FIRST_NO = 100_001;
const unitsOf = (lines: readonly FulfilmentLine[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

export class WmsBook {
  private readonly rows = new Map<string, Kept>();
  /** orders that had their short pick */
  private readonly shorted = new Set<string>();
  private packages = 0;

  find(fulfilmentId: string): FulfilmentRow | undefined {
    const kept = this.rows.get(fulfilmentId);
    return kept && rowOf(kept);
  }

  /** Mark of the request it was taken with, to tell a repetition from a change. */
  contentOf(fulfilmentId: string): string | undefined {
    return this.rows.get(fulfilmentId)?.content;
  }

  placeOf(fulfilmentId: string): Place | undefined {
    return this.rows.get(fulfilmentId)?.place;
  }

  /** Decides once how a request will be worked off. */
  entryFor(
    request: FulfilmentRequest,
    content: string,
    at: string,
    shortPickRate: number,
    linesPerPackage: number,
  ): Taken {
    const short = this.shorted.has(request.orderNo)
      ? undefined
      : shortPickOf(request.fulfilmentId, request.lines, shortPickRate);
    return {
      type: 'taken',
      wmsRef: `WMS-${FIRST_NO + this.rows.size}`,
      at,
      content,
      request,
      ...(short ? { short } : {}),
      linesPerPackage,
      serial: this.packages + 1,
    };
  }

  apply(entry: WmsEntry, place?: Place): void {
    if (entry.type === 'taken') return this.take(entry, place);
    const row = this.rows.get(entry.fulfilmentId);
    if (!row) return;
    const refusal = entry.type === 'refused' ? { refusal: `${entry.step}: ${entry.status} ${entry.text}` } : {};
    this.rows.set(entry.fulfilmentId, { ...row, step: entry.type, ...refusal });
  }

  /** Where the entry came to lie on disk. */
  locate(fulfilmentId: string, place: Place): void {
    const row = this.rows.get(fulfilmentId);
    if (row) this.rows.set(fulfilmentId, { ...row, place });
  }

  all(): readonly FulfilmentRow[] {
    return [...this.rows.values()].map(rowOf);
  }

  unfinished(): readonly string[] {
    return this.all()
      .filter(({ step }) => step === 'taken' || step === 'picked')
      .map(({ fulfilmentId }) => fulfilmentId);
  }

  summary() {
    const steps: Record<Step, number> = { taken: 0, picked: 0, dispatched: 0, refused: 0 };
    const sums = { lines: 0, units: 0, short: 0, packages: this.packages };
    for (const { step, lines, units, short } of this.rows.values()) {
      steps[step] += 1;
      sums.lines += lines;
      sums.units += units;
      sums.short += short;
    }
    return { fulfilments: this.rows.size, ...steps, ...sums };
  }

  private take({ wmsRef, at, content, request, short, linesPerPackage }: Taken, place: Place | undefined): void {
    const { fulfilmentId, orderNo, node, lines } = request;
    if (short) this.shorted.add(orderNo);
    this.packages += packageCount(lines.length, linesPerPackage);
    this.rows.set(fulfilmentId, {
      fulfilmentId,
      wmsRef,
      orderNo,
      node,
      step: 'taken',
      lines: lines.length,
      units: unitsOf(lines),
      short: short?.short ?? 0,
      at,
      place,
      content,
    });
  }
}

const rowOf = ({ place: _place, content: _content, ...row }: Kept): FulfilmentRow => row;
