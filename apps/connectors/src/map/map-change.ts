/** A canonical change of an order in our own numbers. Pure: what can't be mapped is a fault that names the code and its list. */
import { keyOf, OrderChange, type ChangedLine, type DocumentFault, type LineChange } from '@crossdock/contracts';
import type { CanonicalOrderChange, CanonicalOrderChangeLine, LineAction } from '../canonical/order-change.js';
import type { CanonicalOrder } from '../canonical/order.js';
import { fault, itemMissing, misfits } from './faults.js';
import { destinationOf, itemOf, priceOf, shipToOf, unitOf, type MappingContext } from './map-order.js';

/** An order that says it changes or replaces an earlier one is a change whose lines name no action. */
export type Changing = CanonicalOrder | CanonicalOrderChange;
export interface MappedChange {
  /** absent when there are faults */
  readonly change?: OrderChange;
  readonly faults: readonly DocumentFault[];
}
const ACTIONS: Readonly<Record<Exclude<LineAction, 'none'>, LineChange>> = {
  add: 'add',
  change: 'change',
  delete: 'cancel',
};

/** Where lines that are not named are cancelled, one that stays as it is has to be named. */
const standingLine = (line: CanonicalOrderChangeLine): CanonicalOrderChangeLine => {
  const { unitPrice: _unitPrice, ...stays } = line;
  return line.action === 'none' ? { ...stays, action: 'change', keepsQuantity: true } : line;
};
const lineOf = (
  line: CanonicalOrderChangeLine,
  place: number,
  context: MappingContext,
  faults: DocumentFault[],
): ChangedLine[] => {
  if (line.action === 'none') return [];
  // Taken for a line that is simply sent anew, it would do what nobody asked for.
  if (line.action === undefined && line.sentAction !== undefined) {
    const text = `line ${line.lineNo} asks for ${line.sentAction}, which nobody mapped`;
    faults.push(fault(`lines[${place}].action`, text));
    return [];
  }
  const action = line.action ? ACTIONS[line.action] : 'set';
  const named = line.lineNo ? { customerLineNo: keyOf(line.lineNo) } : {};
  if (action === 'cancel') return [{ action, ...named }];
  const item = itemOf(line, context);
  if (!item) {
    faults.push(itemMissing(line, place));
    return [];
  }
  const unit = unitOf(line, context);
  const unitPrice = context.agreement?.prices === 'sent' ? priceOf(line) : undefined;
  if (line.unitUnsaid && unitPrice !== undefined)
    faults.push(fault(`lines[${place}].unit`, `line ${line.lineNo} has a price and no unit that it is for`));
  return [
    {
      action,
      ...named,
      item,
      ...(line.keepsQuantity ? {} : { quantity: line.quantity.value }),
      ...(unit ? { unit } : {}),
      ...(unitPrice === undefined ? {} : { unitPrice }),
      ...(line.item.description ? { description: line.item.description.slice(0, 500) } : {}),
    },
  ];
};

export const mapChange = (changing: Changing, context: MappingContext): MappedChange => {
  const { purpose, requestedDate, currency, lines: sent } = changing;
  const faults: DocumentFault[] = [];
  const isReplaced = purpose === 'replace';
  const lines = sent.flatMap((line: CanonicalOrderChangeLine, place) =>
    lineOf(isReplaced ? standingLine(line) : line, place, context, faults),
  );
  const isPlaced = changing.deliverTo !== undefined || sent.some(({ deliverTo }) => deliverTo !== undefined);
  const destination = destinationOf(changing, faults);
  if (faults.length > 0) return { faults };
  const change: OrderChange = {
    lines,
    ...(isReplaced ? { replace: true } : {}),
    ...(context.rules.requestedDate && requestedDate ? { requestedDate } : {}),
    ...(isPlaced ? { shipTo: shipToOf(destination, context) } : {}),
    ...(currency ? { currency } : {}),
  };
  const unfit = misfits(OrderChange, change);
  return unfit.length === 0 ? { change, faults } : { faults: unfit };
};
