/** RFC 9457 problem details: the one shape of every refusal. */
import type { Refusal } from '@crossdock/kernel';
import { reasonOf } from '@crossdock/contracts';
import type { DoorAnswer } from './door.js';

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** code of the reason catalogue */
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly Refusal[];
  readonly correlationId?: string;
  readonly retryAfterSeconds?: number;
}

/** Every refusal is told in words, also where only its code was given. */
const withText = (refusal: Refusal): Refusal => ({
  ...refusal,
  text: refusal.text ?? reasonOf(refusal.reason)?.business ?? refusal.reason,
});

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly more: {
      readonly detail?: string;
      readonly errors?: readonly Refusal[];
      readonly retryAfterSeconds?: number;
    } = {},
  ) {
    super(more.detail ?? (more.errors?.length ? toldOf(more.errors) : (reasonOf(code)?.business ?? code)));
  }

  body(correlationId?: string): ProblemBody {
    const reason = reasonOf(this.code);
    return {
      type: `urn:crossdock:problem:${this.code}`,
      title: reason?.business ?? this.message,
      status: this.status,
      code: this.code,
      detail: this.message,
      ...(this.more.errors ? { errors: this.more.errors.map(withText) } : {}),
      ...(this.more.retryAfterSeconds ? { retryAfterSeconds: this.more.retryAfterSeconds } : {}),
      ...(correlationId ? { correlationId } : {}),
    };
  }
}

const TOLD = 3;
/** The texts of refusals as one, for a person: the first few, and how many more there are. */
export const toldOf = (errors: readonly Refusal[]): string => {
  const texts = errors.slice(0, TOLD).map(({ reason, text }) => text ?? reasonOf(reason)?.business ?? reason);
  const more = errors.length - texts.length;
  return `${texts.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
};

/** The answer of an accepted or ignored input; a refused one throws its problem (422 unless said otherwise). */
export const answerOf = <T>(outcome: DoorAnswer, status: Readonly<Record<string, number>> = {}): T => {
  if (outcome.kind === 'accept') return outcome.answer as T;
  if (outcome.kind === 'ignore' && outcome.answer !== undefined) return outcome.answer as T;
  if (outcome.kind === 'reject') {
    const { reason, refusals: errors } = outcome;
    throw new Problem(status[reason] ?? 422, reason, errors.length > 0 ? { errors } : {});
  }
  throw new Problem(status[outcome.reason] ?? 409, outcome.reason);
};
