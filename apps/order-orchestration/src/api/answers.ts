/** What this service answers, for its documentation. */
import {
  IsA,
  IsAccountNo,
  IsCurrency,
  IsKey,
  IsListOf,
  IsMinor,
  IsNote,
  IsOrderId,
  IsOrderNo,
  IsText,
  IsWhole,
  Optional,
  OrderChange,
} from '@crossdock/contracts';

export class OrderTakenBody {
  @IsOrderId() orderId!: string;
  @IsOrderNo() orderNo!: string;
  @IsKey() status!: string;
  @IsCurrency() currency!: string;
  /** minor units */
  @IsMinor() net!: number;
  @IsMinor() tax!: number;
  @IsMinor() gross!: number;
}
export class ReplacedBody {
  @IsOrderId() orderId!: string;
  @IsOrderNo() orderNo!: string;
}
export class OrderChangedBody extends OrderTakenBody {
  /** the order that it was taken in the place of; left out when it stays as it is, or is cancelled with its last line */
  @Optional() @IsA(ReplacedBody) replaces?: ReplacedBody;
}
/** What is to change; lines that are not named stay as they are. */
export class ChangeBody extends OrderChange {
  @Optional() @IsText(200) reason?: string;
}
export class CancelBody {
  @IsText(200) reason!: string;
}
export class BulkError {
  @IsKey() reason!: string;
  @Optional() @IsNote(200) field?: string;
  @Optional() @IsNote(1000) text?: string;
}
export class BulkResult {
  /** place of the document in the request, from 0 */
  @IsWhole() index!: number;
  @IsNote(64) documentNo!: string;
  /** HTTP status that the document alone would have had */
  @IsWhole(200, 599) status!: number;
  @Optional() @IsOrderId() orderId?: string;
  @Optional() @IsKey() code?: string;
  @Optional() @IsNote(1000) detail?: string;
  /** why it is refused: a code, the field's path and a text per fault */
  @Optional() @IsListOf(BulkError, 1000) errors?: BulkError[];
}
export class BulkAnswer {
  @IsKey('batch') batchId!: string;
  @IsWhole() taken!: number;
  @IsWhole() alreadyKnown!: number;
  @IsWhole() refused!: number;
  @IsListOf(BulkResult, 10_000) results!: BulkResult[];
}
export class FileStarted {
  @IsKey() jobId!: string;
  @IsKey('batch') batchId!: string;
}
export class CreditBody {
  @IsAccountNo() account!: string;
  /** minor units; nothing when the account has no limit */
  @Optional() @IsMinor() creditLimit?: number;
  @IsMinor() creditUsed!: number;
  @IsMinor() openOrders!: number;
  @IsMinor() receivables!: number;
}
