/** What a retry of a case puts in again. */
import type { CaseState, Message } from '@crossdock/contracts';

export interface Retried {
  readonly contract: Message;
  readonly data: unknown;
}
/** From a case to the input that tries again, or undefined when it can't be tried again by itself. */
export type RetryOf = (found: CaseState) => Retried | undefined;
/** From a case and a person's comment to the input that closes it with an effect on what it is about. */
export type DiscardOf = (found: CaseState, comment: string, by: string) => Retried | undefined;
