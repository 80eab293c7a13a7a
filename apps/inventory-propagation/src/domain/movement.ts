/** A movement: one document at one node in the stock ledger. Its id is its natural key, so it is booked once for ever. */
import { derivedId, kind, ref, type Actor, type Day, type Instant, type Ref } from '@crossdock/kernel';
import type { MovementLine, MovementType } from '@crossdock/contracts';

export interface MovementDocument {
  readonly movement: MovementType;
  readonly node: string;
  readonly documentNo: string;
  readonly occurredAt: Instant;
  readonly postingDate?: Day;
  readonly reason?: string;
  readonly orderId?: string;
  /** hash of what the document says: the same number with other content is refused */
  readonly contentHash: string;
}
export type Movement =
  | { readonly status: 'none'; readonly movementId: string }
  | (MovementDocument & {
      readonly status: 'recorded';
      readonly movementId: string;
      readonly recordedAt: Instant;
      readonly actor: Actor;
      readonly correlationId: string;
      readonly batchId?: string;
      readonly lines: readonly MovementLine[];
    });
export type MovementFact = {
  readonly type: 'movement-recorded';
  readonly document: MovementDocument;
  readonly recordedAt: Instant;
  readonly actor: Actor;
  readonly correlationId: string;
  readonly batchId?: string;
  readonly lines: readonly MovementLine[];
};

/** Id of a movement by its natural key: type, node, and the document's own identity. */
export const movementIdOf = (movement: MovementType, node: string, identity: string): string =>
  derivedId('movement', movement, node, identity);
/** The movement that puts the books right along with another one: it has seen, or the world had, what they had not. */
export const correctionIdOf = (movementId: string): string => derivedId('correction', movementId);
export const movementRef = (movementId: string): Ref => ref('movement', movementId);
/** A document's own movement and the one that may put the books right along with it. */
export const movementRefs = (movementId: string): readonly Ref[] => [
  movementRef(movementId),
  movementRef(correctionIdOf(movementId)),
];

export const movementKind = kind<Movement, MovementFact>({
  initial: (id) => ({ status: 'none', movementId: id }),
  evolve: (state, fact) => {
    if (fact.type !== 'movement-recorded' || state.status === 'recorded') return state;
    const { type: _type, document, ...rest } = fact;
    return { status: 'recorded', movementId: state.movementId, ...document, ...rest };
  },
  keys: (state) =>
    state.status === 'none'
      ? []
      : [
          `document:${state.documentNo}`,
          `node:${state.node}`,
          `type:${state.movement}`,
          `correlation:${state.correlationId}`,
          ...(state.orderId ? [`order:${state.orderId}`] : []),
          ...(state.batchId ? [`batch:${state.batchId}`] : []),
          ...new Set(state.lines.map(({ item }) => `item:${item}`)),
        ],
});
