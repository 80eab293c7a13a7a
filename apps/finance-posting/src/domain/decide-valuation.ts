/**
 * Valuation, by node: which movements of stock have a value of their own. What left with an invoice or came back with a
 * credit memo is valued there, so it is passed over here.
 */
import {
  accept,
  dayOf,
  defer,
  defineDecider,
  ignore,
  ref,
  rule,
  say,
  type Decision,
  type Input,
  type Touched,
} from '@crossdock/kernel';
import {
  MovementRecorded,
  ValueStock,
  type MovementLine,
  type MovementRecordedData,
  type MovementType,
  type StockValueRule,
  type ValuedLine,
} from '@crossdock/contracts';
import { nodeKind } from './catalogue.js';
import { journalIdOf } from './posting-rules.js';

const kinds = {};
const reads = { node: nodeKind };
type Seen = Touched<typeof kinds & typeof reads>;

const RULE_OF: Readonly<Partial<Record<MovementType, StockValueRule>>> = {
  'receipt-posted': 'goods-receipt',
  'count-adjusted': 'stock-adjustment',
  'stock-adjusted': 'stock-adjustment',
  'transfer-shipped': 'transfer-shipped',
  'transfer-completed': 'transfer-completed',
};

/** Change of what is ours at the node, whatever its bucket. Consigned and vendor-managed goods have no value in our books. */
const unitsOf = ({ sellable, picked, quarantine, consigned = 0, vendorManaged = 0 }: MovementLine): number =>
  sellable + picked + quarantine - consigned - vendorManaged;
const valuedLines = (lines: readonly MovementLine[]): ValuedLine[] =>
  lines.flatMap((line) => {
    const units = unitsOf(line);
    if (units === 0) return [];
    return [{ item: line.item, units, ...(line.unitCost === undefined ? {} : { unitCost: line.unitCost }) }];
  });

const movementRecorded = ({ data }: Input<MovementRecordedData>, { node }: Seen): Decision => {
  const by = RULE_OF[data.movement];
  const lines = by ? valuedLines(data.lines) : [];
  if (!by || lines.length === 0) return ignore('nothing-to-do');
  const known = node(data.node);
  if (known.status === 'unknown') return defer('unknown-node', ref('node', data.node));
  return accept(
    say(ValueStock, {
      journalId: journalIdOf(by, data.movementId),
      entity: known.entity,
      rule: by,
      source: data.movementId,
      postingDate: data.postingDate ?? dayOf(data.occurredAt),
      lines,
    }),
  );
};

export const valuation = defineDecider({
  name: 'valuation',
  kinds,
  reads,
  rules: [rule(MovementRecorded, ({ data }) => [ref('node', data.node)], movementRecorded)],
});
