/** Codes that a document carries, by whether a table or the partner's references knew them: what coverage counts. */
import type { MappedTracking } from '@crossdock/contracts';
import type { AcknowledgedStatus, CanonicalAcknowledgement } from '../canonical/acknowledgement.js';
import type { CanonicalDocument } from '../canonical/document.js';
import type { CodeList } from '../translate/code-table.js';
import { UNIT_UNKNOWN } from '../translate/edi/units.js';
import { meaningOf } from './transport-codes.js';

export interface SeenCode {
  readonly list: CodeList;
  /** as sent */
  readonly code: string;
  readonly isMapped: boolean;
}

interface Answered {
  readonly status?: string;
  readonly sentStatus?: string;
}
const answer = ({ status, sentStatus }: Answered): SeenCode[] =>
  sentStatus === undefined ? [] : [{ list: 'answers', code: sentStatus, isMapped: status !== undefined }];

/** Stands where a code of an acknowledgement is not known; EDIFACT's own code for it is 8. */
const RECEIVED: AcknowledgedStatus = 'received';
const acknowledged = ({ messages, ...whole }: CanonicalAcknowledgement): SeenCode[] =>
  [whole, ...messages].flatMap(({ status, sentStatus }) =>
    answer({ ...(sentStatus === undefined ? {} : { sentStatus }), ...(isKnown(status, sentStatus) ? { status } : {}) }),
  );
const isKnown = (status: AcknowledgedStatus | undefined, sent: string | undefined): boolean =>
  status !== RECEIVED || sent === '8';

const isQuantity = (value: object): value is { readonly unit: string; readonly sentUnit?: string } =>
  'value' in value && 'unit' in value && typeof value.unit === 'string';
/** Units of quantities wherever they stand. */
function* unitsIn(value: unknown): Generator<SeenCode> {
  if (typeof value !== 'object' || value === null) return;
  if (isQuantity(value)) {
    const { unit, sentUnit } = value;
    yield { list: 'units', code: sentUnit ?? unit, isMapped: unit !== UNIT_UNKNOWN || sentUnit === undefined };
  }
  for (const inner of Object.values(value)) yield* unitsIn(inner);
}

const saidIn = ({ kind, data }: CanonicalDocument): readonly SeenCode[] => {
  if (kind === 'inventory-report')
    return data.lines.flatMap(({ quantities }) =>
      quantities.flatMap(({ kind: counted, sentKind }): SeenCode[] =>
        sentKind === undefined ? [] : [{ list: 'quantities', code: sentKind, isMapped: counted !== sentKind }],
      ),
    );
  if (kind === 'order-change')
    return data.lines.flatMap(({ action, sentAction }): SeenCode[] =>
      sentAction === undefined ? [] : [{ list: 'actions', code: sentAction, isMapped: action !== undefined }],
    );
  if (kind === 'order-response') return [data, ...data.lines].flatMap(answer);
  return kind === 'acknowledgement' ? acknowledged(data) : [];
};

/** Units, actions, answers and kinds of quantities, which are mapped when a document is read. */
export const seenCodes = (document: CanonicalDocument): readonly SeenCode[] => [
  ...unitsIn(document.data),
  ...saidIn(document),
];
/** Statuses by the standard's table alone, without a partner's references. */
export const seenStatuses = ({ kind, data }: CanonicalDocument, standard: string): readonly SeenCode[] =>
  kind !== 'transportation-status'
    ? []
    : data.events.flatMap(({ code, reasonCode, codeList }): SeenCode[] => {
        if (code === undefined) return [];
        const isMapped = codeList === undefined && meaningOf(standard, code, reasonCode) !== undefined;
        return [{ list: 'statuses', code, isMapped }];
      });
/** Statuses as they were mapped, the partner's references first. */
export const mappedStatuses = (tracking: readonly MappedTracking[]): readonly SeenCode[] =>
  tracking.flatMap(({ events }) =>
    events.map(({ rawCode, reason }) => ({ list: 'statuses', code: rawCode, isMapped: reason !== 'code-not-mapped' })),
  );
