/** A fulfilment order: what one node is to ship for an order, and what it did. Line truth is counters. */
import { kind, ref, type Instant, type Ref } from '@crossdock/kernel';
import type { Address } from '@crossdock/contracts';

export interface FulfilmentLine {
  readonly lineNo: number;
  readonly item: string;
  /** asked for; picked + short is never more */
  readonly released: number;
  readonly picked: number;
  readonly short: number;
  /** left the node; never more than picked */
  readonly shipped: number;
}
/** A confirmation of the warehouse that was taken. Its number and content make it known again. */
export interface TakenDocument {
  readonly kind: 'pick' | 'dispatch';
  readonly documentNo: string;
  readonly contentHash: string;
}
export interface KnownFulfilment {
  readonly fulfilmentId: string;
  readonly orderId: string;
  readonly orderNo: string;
  readonly account: string;
  readonly node: string;
  readonly shipTo: Address;
  readonly customerPo?: string;
  /** the trading partner that was asked to ship, where one runs the warehouse; the WMS was when left out */
  readonly partner?: string;
  /** how often a partner was asked */
  readonly requests?: number;
  readonly lines: readonly FulfilmentLine[];
  readonly documents: readonly TakenDocument[];
  readonly shipments: readonly { readonly shipmentId: string; readonly delivered: boolean }[];
  /** the warehouse's own number; a pick may be here before it */
  readonly wmsRef?: string;
  readonly releasedAt: Instant;
  readonly correlationId: string;
  readonly batchId?: string;
}
/** DOMAIN: Open -> Submitted -> Accepted -> InProgress -> Shipped -> Closed; Rejected. */
export type FulfilmentState =
  | { readonly status: 'none'; readonly fulfilmentId: string }
  | (KnownFulfilment & { readonly status: 'submitted' | 'in-progress' | 'shipped' | 'closed' })
  | (KnownFulfilment & { readonly status: 'accepted'; readonly wmsRef: string })
  | (KnownFulfilment & { readonly status: 'rejected'; readonly refusal: string });

export type FulfilmentFact =
  | { readonly type: 'released'; readonly fulfilment: KnownFulfilment }
  | { readonly type: 'wms-accepted'; readonly wmsRef: string }
  | { readonly type: 'wms-refused'; readonly text: string }
  | { readonly type: 'resubmitted'; readonly partner?: string; readonly requests?: number }
  | {
      readonly type: 'picked';
      readonly document: TakenDocument;
      readonly lines: readonly { readonly lineNo: number; readonly picked: number; readonly short: number }[];
    }
  | {
      readonly type: 'dispatched';
      readonly document: TakenDocument;
      readonly shipmentId: string;
      readonly lines: readonly { readonly lineNo: number; readonly quantity: number }[];
    }
  | { readonly type: 'delivered'; readonly shipmentId: string };

export const fulfilmentRef = (fulfilmentId: string): Ref => ref('fulfilment', fulfilmentId);

export const documentOf = (
  state: KnownFulfilment,
  kindOf: TakenDocument['kind'],
  documentNo: string,
): TakenDocument | undefined =>
  state.documents.find((document) => document.kind === kindOf && document.documentNo === documentNo);

/** Where it stands by its counters, once the warehouse has begun. */
const underWay = ({ refusal: _refusal, ...state }: KnownFulfilment & { refusal?: string }): FulfilmentState => {
  const isOver = state.lines.every(
    ({ released, picked, short, shipped }) => picked + short === released && shipped === picked,
  );
  if (!isOver) return { ...state, status: 'in-progress' };
  return { ...state, status: state.shipments.every(({ delivered }) => delivered) ? 'closed' : 'shipped' };
};

const addTo = <D extends { readonly lineNo: number }>(
  lines: readonly FulfilmentLine[],
  deltas: readonly D[],
  add: (line: FulfilmentLine, delta: D) => FulfilmentLine,
): readonly FulfilmentLine[] => {
  const byLine = new Map(deltas.map((delta) => [delta.lineNo, delta]));
  return lines.map((line) => {
    const delta = byLine.get(line.lineNo);
    return delta ? add(line, delta) : line;
  });
};

/** Of whoever runs the warehouse by now. */
const askedAgain = (
  { partner: _partner, ...known }: KnownFulfilment,
  { partner, requests }: Pick<KnownFulfilment, 'partner' | 'requests'>,
): FulfilmentState => ({
  ...known,
  ...(partner ? { partner } : {}),
  ...(requests ? { requests } : {}),
  status: 'submitted',
});

const evolveKnown = (state: Exclude<FulfilmentState, { status: 'none' }>, fact: FulfilmentFact): FulfilmentState => {
  switch (fact.type) {
    case 'wms-accepted': {
      if (state.status !== 'submitted' && state.status !== 'rejected') return { ...state, wmsRef: fact.wmsRef };
      const { status: _status, ...known } = state;
      return { ...(known as KnownFulfilment), status: 'accepted', wmsRef: fact.wmsRef };
    }
    case 'wms-refused': {
      const { wmsRef: _wmsRef, ...known } = state as KnownFulfilment;
      return { ...known, status: 'rejected', refusal: fact.text };
    }
    case 'resubmitted':
      return askedAgain(state, fact);
    case 'picked': {
      const lines = addTo(state.lines, fact.lines, (line, { picked, short }) => ({
        ...line,
        picked: line.picked + picked,
        short: line.short + short,
      }));
      return underWay({ ...state, lines, documents: [...state.documents, fact.document] });
    }
    case 'dispatched': {
      const lines = addTo(state.lines, fact.lines, (line, { quantity }) => ({
        ...line,
        shipped: line.shipped + quantity,
      }));
      const shipments = [...state.shipments, { shipmentId: fact.shipmentId, delivered: false }];
      return underWay({ ...state, lines, shipments, documents: [...state.documents, fact.document] });
    }
    case 'delivered': {
      const shipments = state.shipments.map((shipment) =>
        shipment.shipmentId === fact.shipmentId ? { ...shipment, delivered: true } : shipment,
      );
      return underWay({ ...state, shipments });
    }
  }
  return state;
};

export const fulfilmentKind = kind<FulfilmentState, FulfilmentFact>({
  initial: (id) => ({ status: 'none', fulfilmentId: id }),
  evolve: (state, fact) => {
    if (state.status !== 'none') return evolveKnown(state, fact);
    return fact.type === 'released' ? { ...fact.fulfilment, status: 'submitted' } : state;
  },
  keys: (state) =>
    state.status === 'none'
      ? []
      : [
          `status:${state.status}`,
          `order:${state.orderId}`,
          `orderNo:${state.orderNo}`,
          `account:${state.account}`,
          `node:${state.node}`,
          ...(state.partner ? [`partner:${state.partner}`] : []),
          ...(state.wmsRef ? [`wmsRef:${state.wmsRef}`] : []),
          ...(state.batchId ? [`batch:${state.batchId}`] : []),
        ],
});
