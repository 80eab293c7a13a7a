/** When the next stock report of a partner is due. */
import { kind, ref, type Instant, type Ref } from '@crossdock/kernel';

/** A timer that was set for another moment than `dueAt` does nothing. */
export interface ReportClock {
  readonly dueAt?: Instant;
  readonly everyHours?: number;
}
export type ReportClockFact =
  | { readonly type: 'report-set'; readonly dueAt: Instant; readonly everyHours: number }
  | { readonly type: 'report-stopped' };
export const reportClockKind = kind<ReportClock, ReportClockFact>({
  initial: () => ({}),
  evolve: (_state, fact) => (fact.type === 'report-stopped' ? {} : { dueAt: fact.dueAt, everyHours: fact.everyHours }),
});
export const reportClockRef = (partner: string): Ref => ref('reportClock', partner);
