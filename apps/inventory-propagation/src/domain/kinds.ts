/** The kinds of state that the stock decider owns, all in the lane of their node. */
import type { Ref, Touched } from '@crossdock/kernel';
import { caseKind } from '@crossdock/contracts';
import { allocationKind } from './allocation.js';
import { comparisonKind } from './comparison.js';
import { holdKind } from './hold.js';
import { inboundKind } from './inbound.js';
import { movementKind } from './movement.js';
import { positionKind, positionRef } from './position.js';
import { transferKind } from './transfer.js';

export const kinds = {
  position: positionKind,
  hold: holdKind,
  allocation: allocationKind,
  movement: movementKind,
  transfer: transferKind,
  inbound: inboundKind,
  comparison: comparisonKind,
  case: caseKind,
};
export type Stock = Touched<typeof kinds>;

/** The positions of the items that lines name, each once. */
export const positionsOf = (node: string, lines: readonly { readonly item: string }[]): Ref[] =>
  [...new Set(lines.map(({ item }) => item))].map((item) => positionRef(node, item));
