/**
 * The position: stock of one item at one node, by bucket, with the claims on it. The truth about what is held: a
 * reservation is decided here and nowhere else. Buckets and formula: DOMAIN, inventory buckets.
 */
import { kind, ref, type Instant, type Ref } from '@crossdock/kernel';
import type { StockReview } from '@crossdock/contracts';
import { claimedBy, NOTHING, readClaim, rowOf, writeClaim, type Claim } from './claim.js';
import { idWithin, splitId } from './node-id.js';

export interface Position {
  readonly node: string;
  readonly item: string;
  /** on the shelf and sound, claimed or not */
  readonly sellable: number;
  /** off the shelf, not yet gone */
  readonly picked: number;
  /** returned, not yet inspected */
  readonly quarantine: number;
  /** on its way here */
  readonly inTransit: number;
  /** part of sellable that a supplier owns */
  readonly consigned: number;
  /** part of sellable that a vendor owns and replenishes */
  readonly vendorManaged: number;
  /** part of sellable that a pick did not find; not sold before a count has looked */
  readonly unfound: number;
  readonly soft: number;
  readonly allocated: number;
  readonly backordered: number;
  /** one row per order, see `claim.ts` */
  readonly claims: readonly string[];
  /** the newest count; what happened before it is in it already */
  readonly counted: { readonly at: Instant; readonly documentNo: string } | null;
  /** sellable movements after the newest count, `<occurredAt> <delta>` by line: they place a count that comes late */
  readonly recent: string;
  /** movements at or before this moment are no longer known one by one; '' when all are */
  readonly recentFrom: Instant;
  /** what books and world disagree about, until a count has looked */
  readonly doubts: readonly StockReview[];
  readonly asOf: Instant;
}

/** Deltas in base units. */
export interface Effect {
  readonly sellable: number;
  readonly picked: number;
  readonly quarantine: number;
  readonly inTransit: number;
  readonly consigned: number;
  readonly vendorManaged: number;
  readonly unfound: number;
}
export type PositionFact =
  | { readonly type: 'claim-put'; readonly claim: Claim; readonly at: Instant }
  | {
      readonly type: 'stock-moved';
      readonly effect: Effect;
      readonly occurredAt: Instant;
      readonly at: Instant;
      /** a correction that a count has seen already is not remembered again */
      readonly seen: boolean;
    }
  | { readonly type: 'stock-counted'; readonly countedAt: Instant; readonly documentNo: string; readonly at: Instant }
  | { readonly type: 'doubt-raised'; readonly doubt: StockReview };

/** Movements that a position remembers one by one, to place a count among them. */
export const RECENT_MAX = 64;

export const positionId = (node: string, item: string): string => idWithin(node, item);
export const positionRef = (node: string, item: string): Ref => ref('position', positionId(node, item));

/** What may still be promised: sellable less all claims and what could not be found. Never below zero. */
export const freeOf = ({ sellable, soft, allocated, unfound }: Position): number =>
  sellable - soft - allocated - unfound;
export const onHandOf = ({ sellable, picked, quarantine }: Position): number => sellable + picked + quarantine;
export const claimOf = (position: Position, orderId: string): Claim | undefined => {
  const row = position.claims[rowOf(position.claims, orderId)];
  return row === undefined ? undefined : readClaim(row);
};
export const claimsOf = (position: Position): Claim[] => position.claims.map(readClaim);

const putClaim = (state: Position, claim: Claim, at: Instant): Position => {
  const found = rowOf(state.claims, claim.orderId);
  const old = found < 0 ? undefined : state.claims[found];
  const before = old === undefined ? NOTHING : claimedBy(readClaim(old));
  const after = claimedBy(claim);
  const rows = [...state.claims];
  const row = claim.lines.length === 0 ? [] : [writeClaim(claim)];
  if (found < 0) rows.push(...row);
  else rows.splice(found, 1, ...row);
  return {
    ...state,
    claims: rows,
    soft: state.soft + after.soft - before.soft,
    allocated: state.allocated + after.hard - before.hard,
    backordered: state.backordered + after.waiting - before.waiting,
    asOf: at,
  };
};

/** What moved after a moment, of what is remembered. */
export const movedAfter = ({ recent }: Position, moment: Instant): number =>
  recent === ''
    ? 0
    : recent.split('\n').reduce((sum, row) => {
        const [at = '', delta] = row.split(' ');
        return at > moment ? sum + Number(delta) : sum;
      }, 0);

const remember = (state: Position, occurredAt: Instant, delta: number): Pick<Position, 'recent' | 'recentFrom'> => {
  const row = `${occurredAt} ${delta}`;
  const recent = state.recent === '' ? row : `${state.recent}\n${row}`;
  const rows = recent.split('\n');
  if (rows.length <= RECENT_MAX) return { recent, recentFrom: state.recentFrom };
  const [oldest = '', ...kept] = rows.sort();
  const forgotten = oldest.split(' ', 1)[0] ?? '';
  return { recent: kept.join('\n'), recentFrom: forgotten > state.recentFrom ? forgotten : state.recentFrom };
};

const moved = (state: Position, fact: Extract<PositionFact, { type: 'stock-moved' }>): Position => {
  const { effect, occurredAt, at } = fact;
  const forgets = fact.seen || effect.sellable === 0;
  return {
    ...state,
    ...(forgets ? {} : remember(state, occurredAt, effect.sellable)),
    sellable: state.sellable + effect.sellable,
    picked: state.picked + effect.picked,
    quarantine: state.quarantine + effect.quarantine,
    inTransit: state.inTransit + effect.inTransit,
    consigned: state.consigned + effect.consigned,
    vendorManaged: state.vendorManaged + effect.vendorManaged,
    unfound: state.unfound + effect.unfound,
    doubts:
      state.unfound + effect.unfound > 0
        ? doubting(state.doubts, 'pick-short')
        : state.doubts.filter((doubt) => doubt !== 'pick-short'),
    asOf: at,
  };
};
const doubting = (doubts: readonly StockReview[], doubt: StockReview): readonly StockReview[] =>
  doubts.includes(doubt) ? doubts : [...doubts, doubt];

const counted = (state: Position, fact: Extract<PositionFact, { type: 'stock-counted' }>): Position => ({
  ...state,
  unfound: 0,
  doubts: [],
  counted: { at: fact.countedAt, documentNo: fact.documentNo },
  recent: state.recent
    .split('\n')
    .filter((row) => row > `${fact.countedAt}~`)
    .join('\n'),
  asOf: fact.at,
});

export const positionKind = kind<Position, PositionFact>({
  initial: (id) => {
    const { node, rest: item } = splitId(id);
    return {
      node,
      item,
      sellable: 0,
      picked: 0,
      quarantine: 0,
      inTransit: 0,
      consigned: 0,
      vendorManaged: 0,
      unfound: 0,
      soft: 0,
      allocated: 0,
      backordered: 0,
      claims: [],
      counted: null,
      recent: '',
      recentFrom: '',
      doubts: [],
      asOf: '',
    };
  },
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'claim-put':
        return putClaim(state, fact.claim, fact.at);
      case 'stock-moved':
        return moved(state, fact);
      case 'stock-counted':
        return counted(state, fact);
      case 'doubt-raised':
        return { ...state, doubts: doubting(state.doubts, fact.doubt) };
      default:
        return state;
    }
  },
  keys: ({ node, item }) => [`node:${node}`, `item:${item}`],
});
