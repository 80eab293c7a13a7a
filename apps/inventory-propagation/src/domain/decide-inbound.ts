/** Goods on their way: advised by a partner, received by document, given up by a person. Lane: the node. */
import { accept, answer, change, ignore, type Decision, type Input, type Output, type Ref } from '@crossdock/kernel';
import {
  caseRef,
  endCase,
  keyOf,
  raiseCase,
  type CloseInboundData,
  type TakeInboundAdviceData,
  type TakeReceiptData,
} from '@crossdock/contracts';
import { closeBooks, openBooks } from './books.js';
import { differencesOf, inboundKind, inboundRef, shiftedBy, type Inbound, type InboundFact } from './inbound.js';
import type { Stock } from './kinds.js';
import { contentOf, post, repeated, type Entry } from './ledger.js';
import { movementIdOf, type MovementDocument } from './movement.js';

const REASON = 'receipt-differs';
export const inboundTouches = (node: string, inboundNo: string): readonly Ref[] => {
  const on = inboundRef(node, inboundNo);
  return [on, caseRef(on, REASON)];
};
/** Movement of a document by its own number. */
export const inboundAdviceId = ({ node, documentNo }: TakeInboundAdviceData): string =>
  movementIdOf('advice-received', node, documentNo);
export const inboundClosingId = ({ node, documentNo }: CloseInboundData): string =>
  movementIdOf('advice-closed', node, documentNo);

const entriesOf = (shifts: ReadonlyMap<string, number>): readonly Entry[] =>
  [...shifts].map(([item, inTransit], at): Entry => ({ lineNo: at + 1, item, inTransit }));

/** The fact, and the case that says where advice and receipts differ: open while they do. */
export const inboundOutputs = (
  { at, correlationId }: Input,
  state: Inbound,
  fact: InboundFact,
  { case: caseOf }: Pick<Stock, 'case'>,
): readonly Output[] => {
  const { node, inboundNo } = state;
  const subject = inboundRef(node, inboundNo);
  const after = inboundKind.evolve(state, fact);
  const differing = differencesOf(after);
  const isOpen = caseOf(caseRef(subject, REASON).id).status === 'open';
  const over = isOpen ? [endCase(subject, REASON, { how: 'resolved', at })] : [];
  if (differing.length === 0) return [change(subject, fact), ...over];
  const told = differing.map(({ item, advised, received }) => `${item}: ${advised} advised, ${received} received`);
  const raised = raiseCase({
    ...{ reason: REASON, subject, at, correlationId, lane: node },
    keys: [`inbound:${inboundNo}`, `node:${node}`, ...after.documents.map((document) => `document:${document}`)],
    text: `${inboundNo} at ${node}: ${told.join('; ')}`.slice(0, 1000),
    content: {
      ...{ node, inboundNo, documentNo: keyOf(inboundNo, `closed-${after.documents.length}`) },
      items: after.lines.map(({ item }) => item),
    },
  });
  return [change(subject, fact), raised];
};

/** What is told of goods that have come in already is in transit only as far as it exceeds them. */
export const takeInbound = (input: Input<TakeInboundAdviceData>, stock: Stock): Decision => {
  const { node, documentNo, inboundNo, occurredAt, expectedOn, lines } = input.data;
  const id = inboundAdviceId(input.data);
  const contentHash = contentOf(inboundNo, ...lines.flatMap(({ item, quantity }) => [item, quantity]));
  const before = repeated(stock.movement(id), contentHash);
  if (before) return before;
  const state = stock.inbound(inboundRef(node, inboundNo).id);
  const told = lines.map(({ item, quantity }) => ({ item, quantity }));
  const due = expectedOn === undefined ? {} : { expectedOn };
  const fact: InboundFact = { type: 'goods-advised', documentNo, ...due, lines: told };
  const books = openBooks(input, node, stock.position, id);
  const document: MovementDocument = { movement: 'advice-received', node, documentNo, occurredAt, contentHash };
  const recorded = post(books, input, id, document, entriesOf(shiftedBy(state, fact)));
  return accept(recorded, inboundOutputs(input, state, fact, stock), closeBooks(books, documentNo));
};

/** What a receipt is of: the first number that was advised, else the first, so that its advice finds it. */
export const inboundOf = ({ node, inboundNos = [] }: TakeReceiptData, stock: Stock): Inbound | undefined => {
  const named = inboundNos.map((inboundNo) => stock.inbound(inboundRef(node, inboundNo).id));
  return named.find(({ documents }) => documents.length > 0) ?? named[0];
};

export const closeInbound = (input: Input<CloseInboundData>, stock: Stock): Decision => {
  const { at, data } = input;
  const { node, inboundNo, documentNo, comment, by } = data;
  const subject = inboundRef(node, inboundNo);
  const state = stock.inbound(subject.id);
  const id = inboundClosingId(data);
  if (state.status !== 'open') return ignore('nothing-to-do', { inboundNo, status: state.status });
  const fact: InboundFact = { type: 'inbound-closed' };
  const books = openBooks(input, node, stock.position, id);
  const contentHash = contentOf(inboundNo);
  const document: MovementDocument = {
    ...{ movement: 'advice-closed' as const, node, documentNo, occurredAt: at, contentHash },
    reason: comment.slice(0, 500),
  };
  return accept(
    post(books, input, id, document, entriesOf(shiftedBy(state, fact))),
    change(subject, fact),
    endCase(subject, REASON, { how: 'discarded', at, comment, by }),
    closeBooks(books, documentNo),
    answer({ inboundNo, status: 'closed' }),
  );
};
