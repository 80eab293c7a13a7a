/** Documents for a partner: numbered without gaps, sent one after the other, tried until they are taken. */
import { kind, ref, type Instant, type Ref } from '@crossdock/kernel';
import type {
  DispatchStep,
  NotedInvoice,
  NotedShipment,
  SendDocumentData,
  SendWarehouseOrderData,
} from '@crossdock/contracts';

export interface DispatchStepTaken {
  readonly step: DispatchStep;
  readonly at: Instant;
  readonly by?: string;
  readonly text?: string;
}
export interface Dispatch extends SendDocumentData {
  readonly status: 'queued' | 'sent' | 'refused' | 'discarded' | 'acknowledged' | 'rejected';
  readonly steps: readonly DispatchStepTaken[];
  /** archive hash of what was sent */
  readonly hash?: string;
  readonly bytes?: number;
  readonly correlationId: string;
}
export type DispatchState = { readonly status: 'none' } | Dispatch;
export type DispatchFact =
  | {
      readonly type: 'dispatch-queued';
      readonly at: Instant;
      readonly correlationId: string;
      readonly data: SendDocumentData;
    }
  | { readonly type: 'dispatch-sent'; readonly at: Instant; readonly hash?: string; readonly bytes?: number }
  | { readonly type: 'dispatch-refused'; readonly at: Instant; readonly text: string }
  | { readonly type: 'dispatch-overdue'; readonly at: Instant }
  | { readonly type: 'dispatch-answered'; readonly at: Instant; readonly accepted: boolean; readonly text: string }
  | {
      readonly type: 'dispatch-decided';
      readonly at: Instant;
      readonly how: 'retried' | 'discarded';
      readonly by: string;
      readonly text: string;
    };

const queued = ({ data, at, correlationId }: DispatchFact & { type: 'dispatch-queued' }): Dispatch => ({
  ...data,
  status: 'queued',
  correlationId,
  steps: [{ step: 'queued', at }],
});

const evolveDispatch = (state: DispatchState, fact: DispatchFact): DispatchState => {
  if (fact.type === 'dispatch-queued') return queued(fact);
  if (state.status === 'none') return state;
  const { at } = fact;
  const steps = (step: DispatchStepTaken): readonly DispatchStepTaken[] => [...state.steps, step];
  switch (fact.type) {
    case 'dispatch-sent': {
      const { hash, bytes } = fact;
      const kept = { ...(hash ? { hash } : {}), ...(bytes === undefined ? {} : { bytes }) };
      return { ...state, ...kept, status: 'sent', steps: steps({ step: 'sent', at }) };
    }
    case 'dispatch-refused':
      return { ...state, status: 'refused', steps: steps({ step: 'refused', at, text: fact.text }) };
    case 'dispatch-overdue':
      return { ...state, steps: steps({ step: 'overdue', at }) };
    case 'dispatch-answered': {
      const status = fact.accepted ? 'acknowledged' : 'rejected';
      return { ...state, status, steps: steps({ step: status, at, text: fact.text }) };
    }
    case 'dispatch-decided': {
      const { how, by, text } = fact;
      const status = how === 'retried' ? 'queued' : 'discarded';
      return { ...state, status, steps: steps({ step: how, at, by, text }) };
    }
    default:
      return state;
  }
};

/** BSN02 holds thirty characters; so many of a shipment's id are as good as all of them. */
const NUMBER_LENGTH = 30;
/** The number that the advice of a shipment carries. */
export const despatchNumber = (shipmentId: string): string => shipmentId.slice(0, NUMBER_LENGTH);
/** W0502 holds twenty-two; so many of a fulfilment order's id are as good as all of them. */
const ORDER_NUMBER_LENGTH = 22;
/** The number that the order to ship of a fulfilment order carries; shipping advices repeat it, many in capitals. */
export const warehouseOrderNumber = ({ fulfilmentId }: Pick<SendWarehouseOrderData, 'fulfilmentId'>): string =>
  fulfilmentId.slice(0, ORDER_NUMBER_LENGTH).toUpperCase();
/** What a partner's answer finds a document by: our envelope's number, or the document's own. */
export const controlKey = ({
  partner,
  standard,
  control,
}: Pick<Dispatch, 'partner' | 'standard' | 'control'>): string => `sent:${partner}|${standard}|${control}`;
export const documentNoKey = (partner: string, number: string): string => `sent:${partner}|${number}`;
const numbersIn = ({ content }: Dispatch): readonly string[] => {
  const { warehouseOrder, shipment, invoice, number } = content as {
    readonly warehouseOrder?: SendWarehouseOrderData;
    readonly shipment?: NotedShipment;
    readonly invoice?: NotedInvoice;
    readonly number?: string;
  };
  if (warehouseOrder) return [warehouseOrderNumber(warehouseOrder)];
  if (shipment) return [despatchNumber(shipment.shipmentId)];
  return [invoice?.documentNo ?? number].filter((one) => one !== undefined);
};

export const dispatchKind = kind<DispatchState, DispatchFact>({
  initial: () => ({ status: 'none' }),
  evolve: evolveDispatch,
  keys: (dispatch) =>
    dispatch.status === 'none'
      ? []
      : [
          'dispatch:all',
          `partner:${dispatch.partner}`,
          `status:${dispatch.status}`,
          `control:${dispatch.control}`,
          controlKey(dispatch),
          ...numbersIn(dispatch).map((number) => documentNoKey(dispatch.partner, number)),
          `correlationId:${dispatch.correlationId}`,
          ...(dispatch.documentId ? [`documentId:${dispatch.documentId}`] : []),
          ...(dispatch.orderId ? [`orderId:${dispatch.orderId}`] : []),
        ],
});
export const dispatchRef = (dispatchId: string): Ref => ref('dispatch', dispatchId);

/** A partner's way out: the last number of each standard, what is on its way, and what waits behind it. */
export interface Outbox {
  readonly last: Readonly<Record<string, number>>;
  readonly sending?: string;
  readonly waiting: readonly string[];
}
export type OutboxFact =
  | { readonly type: 'number-taken'; readonly standard: string; readonly dispatchId: string }
  | { readonly type: 'dispatch-behind'; readonly dispatchId: string }
  | { readonly type: 'dispatch-over'; readonly dispatchId: string };

const behind = (state: Outbox, dispatchId: string): Outbox =>
  state.sending === undefined
    ? { ...state, sending: dispatchId }
    : { ...state, waiting: [...state.waiting, dispatchId] };

export const outboxKind = kind<Outbox, OutboxFact>({
  initial: () => ({ last: {}, waiting: [] }),
  evolve: (state, fact) => {
    if (fact.type === 'dispatch-behind') return behind(state, fact.dispatchId);
    if (fact.type === 'number-taken') {
      const { standard, dispatchId } = fact;
      const last = { ...state.last, [standard]: (state.last[standard] ?? 0) + 1 };
      return behind({ ...state, last }, dispatchId);
    }
    if (state.sending !== fact.dispatchId) return state;
    const [sending, ...waiting] = state.waiting;
    return sending === undefined ? { last: state.last, waiting } : { last: state.last, sending, waiting };
  },
});
export const outboxRef = (partner: string): Ref => ref('outbox', partner);
