/** Transfers: of stock between nodes, each end in its own lane, and of a claim between two orders. */
import { accept, change, defer, reject, say, type Decision, type Input, type Refusal } from '@crossdock/kernel';
import {
  ExpectTransfer,
  type CompleteTransferData,
  type ExpectTransferData,
  type ShipTransferData,
  type TransferClaimData,
} from '@crossdock/contracts';
import { closeBooks, openBooks, positionIn, tell } from './books.js';
import { claimedBy } from './claim.js';
import type { Stock } from './kinds.js';
import { booked, contentOf, post, repeated, type Entry } from './ledger.js';
import { movementIdOf, movementRef, type MovementDocument } from './movement.js';
import { claimOf, freeOf } from './position.js';
import { bookGiven, bookTaken, giveTo, settle, takeFrom } from './queue.js';
import { transferRef, type Transfer } from './transfer.js';

type Lines = readonly { readonly item: string; readonly quantity: number }[];
const contentOfLines = (lines: Lines): string => contentOf(...lines.flatMap(({ item, quantity }) => [item, quantity]));
const summed = (lines: Lines): { item: string; quantity: number }[] => {
  const sums = new Map<string, number>();
  for (const { item, quantity } of lines) sums.set(item, (sums.get(item) ?? 0) + quantity);
  return [...sums].map(([item, quantity]) => ({ item, quantity }));
};

export const shipTransferId = ({ node, transferId }: ShipTransferData): string =>
  movementIdOf('transfer-shipped', node, transferId);

/** Takes only what nobody claims: a planned step, so it is refused rather than paid by orders. */
export const shipTransfer = (input: Input<ShipTransferData>, { position, movement }: Stock): Decision => {
  const { transferId, documentNo, node, toNode, occurredAt, lines } = input.data;
  const id = shipTransferId(input.data);
  const contentHash = contentOf(toNode, contentOfLines(lines));
  const before = repeated(movement(id), contentHash);
  if (before) return before;
  if (toNode === node) return reject('same-node', [{ reason: 'same-node', field: 'toNode' }]);
  const books = openBooks(input, node, position, id);
  const items = summed(lines);
  const lacking = items.flatMap(({ item, quantity }): Refusal[] => {
    const free = freeOf(positionIn(books, item));
    return quantity > free ? [{ reason: 'not-enough-stock', field: 'lines', text: `${item}: ${free} free` }] : [];
  });
  if (lacking.length > 0) return reject('not-enough-stock', lacking);
  const document: MovementDocument = { movement: 'transfer-shipped', node, documentNo, occurredAt, contentHash };
  const entries = lines.map(({ lineNo, item, quantity }): Entry => ({ lineNo, item, sellable: -quantity }));
  const recorded = post(books, input, id, document, entries);
  for (const { item } of items) settle(books, item, 'transfer-shipped');
  const shipped = {
    type: 'transfer-shipped' as const,
    transferId,
    documentNo,
    node,
    otherNode: toNode,
    occurredAt,
    lines: items,
  };
  return accept(
    change(transferRef(node, transferId), shipped),
    recorded,
    say(ExpectTransfer, { transferId, documentNo, node: toNode, fromNode: node, occurredAt, lines }),
    closeBooks(books, documentNo),
    booked(id, document),
  );
};

export const expectTransferId = ({ node, transferId }: ExpectTransferData): string =>
  movementIdOf('transfer-shipped', node, `${transferId} expected`);

export const expectTransfer = (input: Input<ExpectTransferData>, { position, movement }: Stock): Decision => {
  const { transferId, documentNo, node, fromNode, occurredAt, lines } = input.data;
  const id = expectTransferId(input.data);
  const contentHash = contentOf(fromNode, contentOfLines(lines));
  const before = repeated(movement(id), contentHash);
  if (before) return before;
  const books = openBooks(input, node, position, id);
  const document: MovementDocument = { movement: 'transfer-shipped', node, documentNo, occurredAt, contentHash };
  const entries = lines.map(({ lineNo, item, quantity }): Entry => ({ lineNo, item, inTransit: quantity }));
  const recorded = post(books, input, id, document, entries);
  const expected = {
    type: 'transfer-expected' as const,
    transferId,
    documentNo,
    node,
    otherNode: fromNode,
    occurredAt,
  };
  return accept(
    change(transferRef(node, transferId), { ...expected, lines: summed(lines) }),
    recorded,
    closeBooks(books, documentNo),
  );
};

export const completeTransferId = ({ node, transferId, receiptNo }: CompleteTransferData): string =>
  movementIdOf('transfer-completed', node, `${transferId} ${receiptNo ?? ''}`);

const awaitedOf = (transfer: Exclude<Transfer, { status: 'none' }>): Map<string, number> =>
  new Map(transfer.lines.map(({ item, sent, received }) => [item, Math.max(0, sent - received)]));

/** What arrived is booked; what arrived above what was sent is doubted, and a case raised. */
export const completeTransfer = (
  input: Input<CompleteTransferData>,
  { position, movement, transfer }: Stock,
): Decision => {
  const { transferId, documentNo, node, occurredAt, lines } = input.data;
  const id = completeTransferId(input.data);
  const contentHash = contentOfLines(lines);
  const before = repeated(movement(id), contentHash);
  if (before) return before;
  const on = transferRef(node, transferId);
  const sent = transfer(on.id);
  if (sent.status === 'none') return defer('transfer-unknown', on);
  const books = openBooks(input, node, position, id);
  const awaited = awaitedOf(sent);
  const entries = lines.map(({ lineNo, item, quantity }): Entry => {
    const inTransit = Math.min(quantity, awaited.get(item) ?? 0);
    awaited.set(item, (awaited.get(item) ?? 0) - inTransit);
    if (inTransit < quantity) tell(books, item, { type: 'doubt-raised', doubt: 'transfer-differs' });
    return { lineNo, item, sellable: quantity, ...(inTransit > 0 ? { inTransit: -inTransit } : {}) };
  });
  const document: MovementDocument = { movement: 'transfer-completed', node, documentNo, occurredAt, contentHash };
  const recorded = post(books, input, id, document, entries);
  for (const { item } of lines) settle(books, item, 'transfer-completed');
  return accept(
    change(on, { type: 'transfer-received', lines: summed(lines) }),
    recorded,
    closeBooks(books, documentNo),
    booked(id, document),
  );
};

export const claimTransferId = ({ node, documentNo }: TransferClaimData): string =>
  movementIdOf('stock-adjusted', node, `claim ${documentNo}`);

/** Only what is still soft can change hands, and only to an order that waits: nothing is taken out of a pick. */
export const transferClaim = (input: Input<TransferClaimData>, { position, movement }: Stock): Decision => {
  const { node, item, fromOrderId, toOrderId, quantity, documentNo, occurredAt, reason } = input.data;
  const id = claimTransferId(input.data);
  const contentHash = contentOf(item, fromOrderId, toOrderId, quantity);
  const before = repeated(movement(id), contentHash);
  if (before) return before;
  const books = openBooks(input, node, position, id);
  const giver = claimOf(positionIn(books, item), fromOrderId);
  const taker = claimOf(positionIn(books, item), toOrderId);
  const refusal = (field: string): Decision =>
    reject('nothing-to-transfer', [{ reason: 'nothing-to-transfer', field }]);
  if (fromOrderId === toOrderId) return refusal('toOrderId');
  if (!giver || claimedBy(giver).soft < quantity) return refusal('fromOrderId');
  if (!taker || claimedBy(taker).waiting < quantity) return refusal('toOrderId');
  const { claim, taken } = takeFrom(giver, quantity);
  bookTaken(books, item, claim, taken, 'claim-transferred');
  bookGiven(books, item, giveTo(taker, quantity, input.at));
  const document: MovementDocument = { movement: 'stock-adjusted', node, documentNo, occurredAt, reason, contentHash };
  return accept(
    change(movementRef(id), {
      type: 'movement-recorded',
      document,
      recordedAt: input.at,
      actor: input.actor,
      correlationId: input.correlationId,
      lines: [],
    }),
    closeBooks(books, documentNo),
    booked(id, document),
  );
};
