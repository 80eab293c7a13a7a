/**
 * Exception cases: what needs a person, or is waiting with a reason. Every service keeps its own, all of one shape, so
 * one screen can list them all. A case is one per subject and reason; raised again it counts up.
 */
import { change, derivedId, kind, ref, type Change, type Instant, type Ref } from '@crossdock/kernel';

export interface CaseState {
  readonly status: 'none' | 'open' | 'resolved' | 'discarded';
  readonly caseId: string;
  /** code of the reason catalogue */
  readonly reason: string;
  /** what it is about, such as `order` and its id */
  readonly subject: Ref;
  /** business numbers to find it by, such as `orderNo:536365` */
  readonly keys: readonly string[];
  readonly text: string;
  readonly raisedAt: Instant;
  readonly endedAt?: Instant;
  readonly times: number;
  readonly batchId?: string;
  readonly correlationId: string;
  /** lane key of the decider that owns it */
  readonly lane: string;
  /** what a retry needs, kept as it came */
  readonly content?: unknown;
  readonly comment?: string;
  /** who ended it, when that was a person */
  readonly by?: string;
}
export interface CaseRaised {
  readonly type: 'case-raised';
  readonly reason: string;
  readonly subject: Ref;
  readonly keys: readonly string[];
  readonly text: string;
  readonly at: Instant;
  readonly batchId?: string;
  readonly correlationId: string;
  readonly lane: string;
  readonly content?: unknown;
}
export interface CaseEnded {
  readonly type: 'case-ended';
  readonly how: 'resolved' | 'discarded';
  readonly at: Instant;
  readonly comment?: string;
  /** who ended it, when that was a person */
  readonly by?: string;
}

export const caseRef = (subject: Ref, reason: string): Ref =>
  ref('case', derivedId('case', subject.kind, subject.id, reason));
export const raiseCase = (fact: Omit<CaseRaised, 'type'>): Change<CaseRaised> =>
  change(caseRef(fact.subject, fact.reason), { type: 'case-raised', ...fact });
export const endCase = (subject: Ref, reason: string, fact: Omit<CaseEnded, 'type'>): Change<CaseEnded> =>
  change(caseRef(subject, reason), { type: 'case-ended', ...fact });

/** The kind that every service's deciders share under the name `case`. Ending a case that is not open changes nothing. */
export const caseKind = kind<CaseState, CaseRaised | CaseEnded>({
  initial: (id) => ({
    status: 'none',
    caseId: id,
    reason: '',
    subject: ref('', ''),
    keys: [],
    text: '',
    raisedAt: '',
    times: 0,
    correlationId: '',
    lane: '',
  }),
  evolve: (state, fact) => {
    if (fact.type === 'case-raised') {
      const { type: _type, at, ...rest } = fact;
      const raisedAt = state.status === 'open' ? state.raisedAt : at;
      return { ...rest, caseId: state.caseId, status: 'open', raisedAt, times: state.times + 1 };
    }
    if (state.status !== 'open') return state;
    return {
      ...state,
      status: fact.how,
      endedAt: fact.at,
      ...(fact.comment ? { comment: fact.comment } : {}),
      ...(fact.by ? { by: fact.by } : {}),
    };
  },
  keys: (state) =>
    state.status === 'none'
      ? []
      : [
          `case:${state.status}`,
          `reason:${state.reason}`,
          `case:${state.status}:${state.reason}`,
          ...state.keys,
          ...(state.batchId ? [`batch:${state.batchId}`] : []),
        ],
});
