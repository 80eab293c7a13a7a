/** What became of a document at the other end, technically: X12 997, 999, TA1, EDIFACT CONTRL. */
import type { Day, Identifier, LocalDateTime } from './shapes.js';

export type AcknowledgedStatus = 'accepted' | 'accepted-with-errors' | 'partially-accepted' | 'rejected' | 'received';
export interface AcknowledgedError {
  /** AK304, AK403, UCS02, UCD01 ... as sent */
  readonly code: string;
  readonly segment?: string;
  /** position of the segment in its message, from 1 */
  readonly position?: string;
  readonly element?: string;
  readonly value?: string;
}
export interface AcknowledgedMessage {
  /** `850`, `ORDERS` */
  readonly type: string;
  readonly control: string;
  /** `D:96A:UN:EAN008`; EDIFACT names it when it answers */
  readonly release?: string;
  readonly status: AcknowledgedStatus;
  readonly sentStatus?: string;
  /** codes of AK502 to AK506, UCM05 */
  readonly errorCodes?: readonly string[];
  readonly errors?: readonly AcknowledgedError[];
}
export interface CanonicalAcknowledgement {
  /** number of the acknowledgement itself */
  readonly number: string;
  readonly level: 'interchange' | 'group';
  readonly status: AcknowledgedStatus;
  readonly sentStatus?: string;
  /** who sent and who got what is acknowledged */
  readonly sender?: Identifier;
  readonly receiver?: Identifier;
  /** ISA13 or UNB05 of what is acknowledged */
  readonly interchangeControl?: string;
  /** GS06 or UNG05 of what is acknowledged */
  readonly groupControl?: string;
  /** GS01 (`PO`, `IN` ...) or the message type of the group */
  readonly groupType?: string;
  readonly interchangeDay?: Day;
  readonly interchangeAt?: LocalDateTime;
  /** TA105, AK905 to AK909, UCI05 as sent */
  readonly errorCodes?: readonly string[];
  readonly included?: number;
  readonly received?: number;
  readonly accepted?: number;
  readonly messages: readonly AcknowledgedMessage[];
}
