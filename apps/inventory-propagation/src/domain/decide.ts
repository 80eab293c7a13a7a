/**
 * Every message about stock and its rule. One decider, its lane is the node: a reservation and its 600 positions are
 * decided together, without locks. Every rule may pass the queue of parked messages: each waits for nothing but what it
 * names itself, and one position is touched by thousands of orders.
 */
import { defineDecider, rule, type Contract, type Decision, type Input, type Ref, type Rule } from '@crossdock/kernel';
import {
  AdjustStock,
  AllocateStock,
  caseRef,
  CloseInbound,
  CompleteTransfer,
  ExpectTransfer,
  ExpireHold,
  FreeClaims,
  KeepRefusedDocument,
  RecordCount,
  RecordIssue,
  RecordPick,
  RecordReceipt,
  RecordReturn,
  ReleaseStock,
  ReserveStock,
  ReviewStock,
  ShipTransfer,
  TakeInboundAdvice,
  TakeReceipt,
  TakeStockReport,
  TransferClaim,
} from '@crossdock/contracts';
import { allocationRef } from './allocation.js';
import { allocate, expire, freeClaims, release, reserve, reserveTouches } from './decide-claims.js';
import { adjust, adjustmentId, count, countId, review } from './decide-corrections.js';
import { issue, issueId, pick, pickId, receipt, receiptId, returnId, takeReturn } from './decide-goods.js';
import { comparisonTouches, reportId } from './decide-comparison.js';
import { closeInbound, inboundAdviceId, inboundClosingId, inboundTouches } from './decide-inbound.js';
import { takeInboundAdvice, takeReceipt, takeStockReport } from './decide-partner-documents.js';
import {
  claimTransferId,
  completeTransfer,
  completeTransferId,
  expectTransfer,
  expectTransferId,
  shipTransfer,
  shipTransferId,
  transferClaim,
} from './decide-transfers.js';
import { holdRef } from './hold.js';
import { kinds, positionsOf, type Stock } from './kinds.js';
import { movementRefs } from './movement.js';
import { positionRef } from './position.js';
import { endingRefused, keepRefused, keptCaseRef, refusedCaseRef } from './refused-document.js';
import { transferRef } from './transfer.js';

const hears = <D>(
  contract: Contract<D>,
  touches: (data: D) => readonly Ref[],
  decide: (input: Input<D>, touched: Stock) => Decision,
): Rule<D, typeof kinds> => rule(contract, ({ data }) => touches(data), decide, { passes: true });

/** As `hears`, for documents of the door: a good copy ends the case of one that was refused before. */
const books = <D extends { readonly node: string; readonly documentNo: string }>(
  kind: string,
  contract: Contract<D>,
  touches: (data: D) => readonly Ref[],
  decide: (input: Input<D>, touched: Stock) => Decision,
): Rule<D, typeof kinds> =>
  hears(
    contract,
    (data) => [...touches(data), refusedCaseRef({ kind, node: data.node, documentNo: data.documentNo })],
    endingRefused(kind, decide),
  );

export const stock = defineDecider({
  name: 'stock',
  kinds,
  rules: [
    hears(ReserveStock, reserveTouches, reserve),
    hears(
      AllocateStock,
      (data) => [
        holdRef(data.node, data.orderId),
        allocationRef(data.fulfilmentId),
        ...positionsOf(data.node, data.lines),
      ],
      allocate,
    ),
    hears(ReleaseStock, (data) => [holdRef(data.node, data.orderId)], release),
    hears(
      FreeClaims,
      (data) =>
        positionsOf(
          data.node,
          data.items.map((item) => ({ item })),
        ),
      freeClaims,
    ),
    hears(
      ExpireHold,
      (data) => [
        holdRef(data.node, data.orderId),
        ...positionsOf(
          data.node,
          data.items.map((item) => ({ item })),
        ),
      ],
      expire,
    ),
    hears(
      RecordPick,
      (data) => [
        allocationRef(data.fulfilmentId),
        ...movementRefs(pickId(data)),
        ...positionsOf(data.node, data.lines),
      ],
      pick,
    ),
    hears(
      RecordIssue,
      (data) => [
        allocationRef(data.fulfilmentId),
        ...movementRefs(issueId(data)),
        ...positionsOf(data.node, data.lines),
      ],
      issue,
    ),
    hears(RecordReturn, (data) => [...movementRefs(returnId(data)), ...positionsOf(data.node, data.lines)], takeReturn),
    books(
      'receipts',
      RecordReceipt,
      (data) => [...movementRefs(receiptId(data)), ...positionsOf(data.node, data.lines)],
      receipt,
    ),
    hears(
      TakeReceipt,
      (data) => [
        ...movementRefs(receiptId(data)),
        ...positionsOf(data.node, data.lines),
        ...(data.inboundNos ?? []).flatMap((inboundNo) => inboundTouches(data.node, inboundNo)),
      ],
      takeReceipt,
    ),
    hears(
      TakeInboundAdvice,
      (data) => [
        ...movementRefs(inboundAdviceId(data)),
        ...positionsOf(data.node, data.lines),
        ...inboundTouches(data.node, data.inboundNo),
      ],
      takeInboundAdvice,
    ),
    hears(
      TakeStockReport,
      (data) => [...movementRefs(reportId(data)), ...positionsOf(data.node, data.lines), ...comparisonTouches(data)],
      takeStockReport,
    ),
    hears(
      CloseInbound,
      (data) => [
        ...movementRefs(inboundClosingId(data)),
        ...positionsOf(
          data.node,
          data.items.map((item) => ({ item })),
        ),
        ...inboundTouches(data.node, data.inboundNo),
      ],
      closeInbound,
    ),
    books(
      'adjustments',
      AdjustStock,
      (data) => [...movementRefs(adjustmentId(data)), ...positionsOf(data.node, data.lines)],
      adjust,
    ),
    books(
      'counts',
      RecordCount,
      (data) => [...movementRefs(countId(data)), ...positionsOf(data.node, data.lines)],
      count,
    ),
    hears(KeepRefusedDocument, (data) => [keptCaseRef(data)], keepRefused),
    hears(
      ReviewStock,
      (data) => [positionRef(data.node, data.item), caseRef(positionRef(data.node, data.item), data.reason)],
      review,
    ),
    books(
      'transfers',
      ShipTransfer,
      (data) => [
        transferRef(data.node, data.transferId),
        ...movementRefs(shipTransferId(data)),
        ...positionsOf(data.node, data.lines),
      ],
      shipTransfer,
    ),
    hears(
      ExpectTransfer,
      (data) => [
        transferRef(data.node, data.transferId),
        ...movementRefs(expectTransferId(data)),
        ...positionsOf(data.node, data.lines),
      ],
      expectTransfer,
    ),
    hears(
      CompleteTransfer,
      (data) => [
        transferRef(data.node, data.transferId),
        ...movementRefs(completeTransferId(data)),
        ...positionsOf(data.node, data.lines),
      ],
      completeTransfer,
    ),
    books(
      'claims',
      TransferClaim,
      (data) => [...movementRefs(claimTransferId(data)), positionRef(data.node, data.item)],
      transferClaim,
    ),
  ],
});
