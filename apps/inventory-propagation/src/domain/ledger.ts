/** The stock ledger: a document of goods becomes a movement and its effects on positions, once. */
import {
  answer,
  change,
  derivedId,
  ignore,
  reject,
  say,
  type Decision,
  type Input,
  type Instant,
  type Output,
} from '@crossdock/kernel';
import { MovementRecorded, type MovementLine, type StockOwner } from '@crossdock/contracts';
import { NO_EFFECT, positionIn, tell, type Books } from './books.js';
import { correctionIdOf, movementRef, type Movement, type MovementDocument } from './movement.js';
import type { Effect, Position } from './position.js';

/** One line of a document, as deltas in base units. */
export interface Entry {
  readonly lineNo: number;
  readonly item: string;
  readonly lot?: string | undefined;
  readonly unitCost?: string | undefined;
  readonly owner?: StockOwner | undefined;
  readonly sellable?: number;
  readonly picked?: number;
  readonly quarantine?: number;
  readonly inTransit?: number;
  readonly unfound?: number;
}
/** An identity for what a document says. */
export const contentOf = (...parts: readonly (string | number | undefined)[]): string =>
  derivedId('content', ...parts.map((part) => part ?? ''));

/** A document that was booked before: ignored, or refused when it says something else now. */
export const repeated = (movement: Movement, contentHash: string): Decision | undefined => {
  if (movement.status === 'none') return undefined;
  const { movementId, documentNo, node } = movement;
  if (movement.contentHash === contentHash)
    return ignore('document-repeated', { movementId, documentNo, node, status: 'already-recorded' });
  return reject('document-changed', [{ reason: 'document-changed', field: 'documentNo' }]);
};

/** Whose goods come or go: ours leave first, then consigned ones, then the vendor's. */
const ownersOf = (
  position: Position,
  delta: number,
  owner: StockOwner = 'own',
): Pick<Effect, 'consigned' | 'vendorManaged'> => {
  if (delta >= 0)
    return { consigned: owner === 'consigned' ? delta : 0, vendorManaged: owner === 'vendor-managed' ? delta : 0 };
  const ours = position.sellable - position.consigned - position.vendorManaged;
  const foreign = Math.max(0, -delta - ours);
  const consigned = Math.min(foreign, position.consigned);
  return {
    consigned: consigned === 0 ? 0 : -consigned,
    vendorManaged: consigned === foreign ? 0 : consigned - foreign,
  };
};

const lineOf = ({ lineNo, item, lot, unitCost }: Entry, effect: Effect): MovementLine => ({
  lineNo,
  item,
  ...(lot === undefined ? {} : { lot }),
  sellable: effect.sellable,
  picked: effect.picked,
  quarantine: effect.quarantine,
  inTransit: effect.inTransit,
  ...(effect.consigned === 0 ? {} : { consigned: effect.consigned }),
  ...(effect.vendorManaged === 0 ? {} : { vendorManaged: effect.vendorManaged }),
  ...(unitCost === undefined ? {} : { unitCost }),
});

interface Booked {
  readonly line: MovementLine;
  readonly correction?: MovementLine;
  readonly why?: string;
}

/**
 * Books one entry. A movement that happened before the newest count was seen by it already: a correction takes its
 * effect on sellable out again. A pick of more than the books have proves that the books were wrong: a correction
 * brings what was missing.
 */
const bookEntry = (books: Books, entry: Entry, counting: boolean, occurredAt: Instant): Booked => {
  const position = positionIn(books, entry.item);
  const sellable = entry.sellable ?? 0;
  const { counted } = position;
  const before = !counting && counted !== null && occurredAt <= counted.at;
  const seen = before && sellable !== 0;
  const found = seen ? 0 : Math.max(0, -(position.sellable + sellable));
  const owners = ownersOf(
    found > 0 ? { ...position, sellable: position.sellable + found } : position,
    sellable,
    entry.owner,
  );
  const { picked = 0, quarantine = 0, inTransit = 0, unfound = 0 } = entry;
  const effect: Effect = { sellable, picked, quarantine, inTransit, unfound: before ? 0 : unfound, ...owners };
  const move = (moved: Effect, known: boolean): void =>
    tell(books, entry.item, { type: 'stock-moved', effect: moved, occurredAt, at: books.at, seen: known });
  const line = lineOf(entry, effect);
  if (!seen && found === 0) {
    move(effect, counting);
    return { line };
  }
  const corrected: Effect = seen
    ? { ...NO_EFFECT, sellable: -sellable, consigned: -owners.consigned, vendorManaged: -owners.vendorManaged }
    : { ...NO_EFFECT, sellable: found };
  move(corrected, true);
  move(effect, seen);
  if (!seen) tell(books, entry.item, { type: 'doubt-raised', doubt: 'pick-above-books' });
  const why = seen ? `seen by count ${counted?.documentNo}` : 'pick-above-books';
  return { line, correction: lineOf({ lineNo: entry.lineNo, item: entry.item }, corrected), why };
};

const recorded = (
  input: Input,
  movementId: string,
  document: MovementDocument,
  lines: readonly MovementLine[],
): Output[] => {
  const { actor, correlationId, batchId, at } = input;
  const on = movementRef(movementId);
  const fact = { type: 'movement-recorded' as const, document, recordedAt: at, actor, correlationId, lines };
  const { contentHash: _, ...said } = document;
  return [
    change(on, batchId ? { ...fact, batchId } : fact),
    ...(lines.length === 0 ? [] : [say(MovementRecorded, { movementId, ...said, lines: [...lines] }, on)]),
  ];
};

/** Books a document: moves the positions, records the movement, and along with it the correction where one is due. */
export const post = (
  books: Books,
  input: Input,
  movementId: string,
  document: MovementDocument,
  entries: readonly Entry[],
): Output[] => {
  const counting = document.movement === 'count-adjusted';
  const entered = entries.map((entry) => bookEntry(books, entry, counting, document.occurredAt));
  const corrections = entered.flatMap(({ correction }) => (correction ? [correction] : []));
  const reason = entered.find(({ why }) => why)?.why ?? '';
  const outputs = recorded(
    input,
    movementId,
    document,
    entered.map(({ line }) => line),
  );
  if (corrections.length === 0) return outputs;
  const correcting: MovementDocument = { ...document, movement: 'count-adjusted', reason };
  return [...outputs, ...recorded(input, correctionIdOf(movementId), correcting, corrections)];
};

/** What the door answers for a booked document. */
export const booked = (
  movementId: string,
  { documentNo, node }: Pick<MovementDocument, 'documentNo' | 'node'>,
): Output => answer({ movementId, documentNo, node, status: 'recorded' });
