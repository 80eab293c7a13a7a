/** Test data in business words: a node 'DC1', orders by name, a day that begins at nine. */
import { derivedId, type Input } from '@crossdock/kernel';
import {
  AdjustStock,
  AllocateStock,
  CompleteTransfer,
  ExpectTransfer,
  ExpireHold,
  FreeClaims,
  ItemChanged,
  PositionChanged,
  RecordCount,
  RecordIssue,
  RecordPick,
  RecordReceipt,
  RecordReturn,
  ReleaseStock,
  ReserveStock,
  ReviewStock,
  ShipTransfer,
  TransferClaim,
  type ChannelRule,
  type FreeClaimsData,
  type LineQuantity,
  type PositionChangedData,
  type ReserveStockData,
  type ReviewStockData,
} from '@crossdock/contracts';
import type { Contract } from '@crossdock/kernel';

export const NODE = 'DC1';
export const ACCOUNT = '17850';
/** Minutes after nine on the day of the tests. */
export const clock = (minute: number): string => {
  const [hour, rest] = [9 + Math.floor(minute / 60), minute % 60];
  return `2026-03-02T${String(hour).padStart(2, '0')}:${String(rest).padStart(2, '0')}:00.000Z`;
};

export type Line = LineQuantity & { readonly short?: number };
/** `line('TEA', 4)`; lines of a document are numbered from 1 unless they say their number. */
export const line = (item: string, quantity: number, more: { lineNo?: number; short?: number } = {}): Line => ({
  lineNo: more.lineNo ?? 0,
  item,
  quantity,
  ...(more.short === undefined ? {} : { short: more.short }),
});
const numbered = (lines: readonly Line[]): LineQuantity[] =>
  lines.map(({ lineNo, item, quantity }, index) => ({ lineNo: lineNo || index + 1, item, quantity }));

/** An input of the decider; `minute` is when it is recorded, `id` sets another message id for the same content. */
export interface When {
  readonly minute?: number;
  readonly id?: string;
}
export const message = <D>(contract: Contract<D>, data: D, { minute = 0, id = '' }: When = {}): Input<D> => ({
  id: derivedId('test', contract.type, JSON.stringify(data), id),
  type: contract.type,
  version: contract.version,
  tenant: 'acme',
  key: contract.key(data),
  data,
  at: clock(minute),
  actor: { kind: 'system', id: 'test' },
  correlationId: 'correlation-1',
  entityVersion: 1,
});

export const aReserve = (
  orderId: string,
  lines: readonly Line[],
  more: Partial<ReserveStockData> & When = {},
): Input<ReserveStockData> => {
  const { minute = 0, id, ...data } = more;
  return message(
    ReserveStock,
    {
      orderId,
      account: ACCOUNT,
      node: NODE,
      priority: 5,
      orderedAt: clock(minute),
      holdUntil: clock(minute + 30),
      lines: numbered(lines),
      ...data,
    },
    { minute, ...(id ? { id } : {}) },
  );
};
export const anAllocate = (orderId: string, lines: readonly Line[], fulfilmentId = `${orderId}-F1`, when: When = {}) =>
  message(AllocateStock, { orderId, account: ACCOUNT, node: NODE, fulfilmentId, lines: numbered(lines) }, when);
export const aRelease = (orderId: string, when: When = {}) =>
  message(ReleaseStock, { orderId, account: ACCOUNT, node: NODE, reason: 'cancelled' as const }, when);
export const aFreeing = (data: FreeClaimsData, when: When = {}) => message(FreeClaims, data, when);
export const anExpiry = (orderId: string, items: readonly string[], minute = 30) =>
  message(ExpireHold, { orderId, node: NODE, holdUntil: clock(minute), items: [...items] }, { minute });
export const aPick = (
  orderId: string,
  lines: readonly Line[],
  more: When & { fulfilmentId?: string; documentNo?: string; occurred?: number } = {},
) =>
  message(
    RecordPick,
    {
      orderId,
      account: ACCOUNT,
      node: NODE,
      fulfilmentId: more.fulfilmentId ?? `${orderId}-F1`,
      ...(more.documentNo ? { documentNo: more.documentNo } : {}),
      occurredAt: clock(more.occurred ?? more.minute ?? 0),
      lines: numbered(lines).map((picked, index) => ({ ...picked, short: lines[index]?.short ?? 0 })),
    },
    more,
  );
export const anIssue = (
  orderId: string,
  lines: readonly Line[],
  more: When & { fulfilmentId?: string; shipmentId?: string } = {},
) =>
  message(
    RecordIssue,
    {
      orderId,
      account: ACCOUNT,
      node: NODE,
      fulfilmentId: more.fulfilmentId ?? `${orderId}-F1`,
      shipmentId: more.shipmentId ?? `${orderId}-S1`,
      occurredAt: clock(more.minute ?? 0),
      lines: numbered(lines),
    },
    more,
  );
export const aReturn = (documentNo: string, lines: readonly Line[], when: When = {}) =>
  message(
    RecordReturn,
    { returnId: `return-${documentNo}`, documentNo, node: NODE, occurredAt: clock(0), lines: numbered(lines) },
    when,
  );

interface Dated extends When {
  /** minute at which it happened, when that is not when it is recorded */
  readonly occurred?: number;
  readonly node?: string;
}
const dated = ({ occurred, minute = 0, node = NODE }: Dated): { occurredAt: string; node: string } => ({
  occurredAt: clock(occurred ?? minute),
  node,
});
export const aReceipt = (
  documentNo: string,
  lines: readonly (Line & { readonly owner?: 'own' | 'consigned' | 'vendor-managed' })[],
  when: Dated = {},
) =>
  message(
    RecordReceipt,
    {
      receiptId: `receipt-${documentNo}`,
      documentNo,
      ...dated(when),
      lines: numbered(lines).map((received, index) => {
        const owner = lines[index]?.owner;
        return owner ? { ...received, owner } : received;
      }),
    },
    when,
  );
export const anAdjustment = (documentNo: string, lines: readonly Line[], when: Dated = {}) =>
  message(
    AdjustStock,
    {
      adjustmentId: `adjustment-${documentNo}`,
      documentNo,
      reason: 'damaged',
      postingDate: '2026-03-02',
      ...dated(when),
      lines: numbered(lines),
    },
    when,
  );
export const aCount = (documentNo: string, lines: readonly Line[], when: Dated = {}) =>
  message(
    RecordCount,
    {
      countId: `count-${documentNo}`,
      documentNo,
      ...dated(when),
      lines: numbered(lines).map(({ lineNo, item, quantity }) => ({ lineNo, item, counted: quantity })),
    },
    when,
  );
export const aTransfer = (documentNo: string, toNode: string, lines: readonly Line[], when: Dated = {}) =>
  message(
    ShipTransfer,
    { transferId: `transfer-${documentNo}`, documentNo, toNode, ...dated(when), lines: numbered(lines) },
    when,
  );
export const anExpectedTransfer = (documentNo: string, fromNode: string, lines: readonly Line[], when: Dated = {}) =>
  message(
    ExpectTransfer,
    { transferId: `transfer-${documentNo}`, documentNo, fromNode, ...dated(when), lines: numbered(lines) },
    when,
  );
export const anArrival = (documentNo: string, lines: readonly Line[], when: Dated & { receiptNo?: string } = {}) =>
  message(
    CompleteTransfer,
    {
      transferId: `transfer-${documentNo}`,
      documentNo,
      ...(when.receiptNo ? { receiptNo: when.receiptNo } : {}),
      ...dated(when),
      lines: numbered(lines),
    },
    when,
  );
export const aClaimTransfer = (
  documentNo: string,
  from: string,
  to: string,
  item: string,
  quantity: number,
  when: When = {},
) =>
  message(
    TransferClaim,
    {
      transferId: `claim-${documentNo}`,
      documentNo,
      node: NODE,
      item,
      fromOrderId: from,
      toOrderId: to,
      quantity,
      reason: 'expedited',
      occurredAt: clock(when.minute ?? 0),
    },
    when,
  );
export const aReview = (data: ReviewStockData, when: When = {}) => message(ReviewStock, data, when);

export const aPosition = (
  item: string,
  free: number,
  more: Partial<PositionChangedData> & { version?: number } = {},
) => {
  const { version = 1, ...data } = more;
  const full = {
    item,
    node: NODE,
    sellable: free,
    soft: 0,
    allocated: 0,
    picked: 0,
    quarantine: 0,
    inTransit: 0,
    backordered: 0,
    unfound: 0,
    asOf: clock(version),
    ...data,
  };
  return { ...message(PositionChanged, full), entityVersion: version };
};
export const aChannelRule = (channel: string, more: Partial<ChannelRule> = {}): ChannelRule => ({
  channel,
  nodes: [],
  safetyStock: 0,
  sharePercent: '100',
  hold: 0,
  ...more,
});
export const anItem = (
  item: string,
  channels: readonly ChannelRule[],
  more: { version?: number; status?: 'active' | 'blocked' } = {},
) =>
  message(ItemChanged, {
    item,
    description: item,
    baseUnit: 'EA',
    units: [],
    status: more.status ?? 'active',
    cost: '1.00',
    nodes: [NODE],
    prices: [],
    channels: [...channels],
    version: more.version ?? 1,
  });
