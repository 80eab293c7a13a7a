/** An order as its partner sees it once its changes are taken: what is despatched and billed is told in these lines. */
import type { CanonicalOrderChange, CanonicalOrderChangeLine } from '../canonical/order-change.js';
import type { CanonicalOrder, CanonicalOrderLine } from '../canonical/order.js';
import type { Item } from '../canonical/shapes.js';
import { plainNumber } from './order-lines.js';

type Changed = CanonicalOrder | CanonicalOrderChange;

const ordered = ({
  action: _action,
  sentAction: _sent,
  keepsQuantity: _keeps,
  unitUnsaid: _unsaid,
  ...line
}: CanonicalOrderChangeLine): CanonicalOrderLine => line;
/** Numbers of one item stand beside each other; those of another item take the place of all of them. */
const changedItem = (item: Item, wish: Item): Item => {
  const numbers = ['buyerItem', 'sellerItem', 'gtin', 'manufacturerItem'] as const;
  const isOther = numbers.some(
    (name) => item[name] !== undefined && wish[name] !== undefined && item[name] !== wish[name],
  );
  return isOther ? wish : { ...item, ...wish };
};
/** What the change does not say of a line stays as it was. */
const changedLine = (line: CanonicalOrderLine, wish: CanonicalOrderChangeLine): CanonicalOrderLine => ({
  ...line,
  ...ordered(wish),
  lineNo: line.lineNo,
  item: changedItem(line.item, wish.item),
  quantity: wish.keepsQuantity ? line.quantity : wish.quantity,
});

/** Lines are the same by their number; a number that several have can't be changed, and is none of these. */
const after = (order: CanonicalOrder, { purpose, lines, deliverTo }: Changed): CanonicalOrder => {
  const wishes = new Map(lines.map((line: CanonicalOrderChangeLine) => [plainNumber(line.lineNo), line]));
  const known = new Set(order.lines.map(({ lineNo }) => plainNumber(lineNo)));
  const stay = order.lines.flatMap((line) => {
    const wish = wishes.get(plainNumber(line.lineNo));
    if (!wish) return purpose === 'replace' ? [] : [line];
    if (wish.action === 'delete') return [];
    return [wish.action === 'none' ? line : changedLine(line, wish)];
  });
  const added = lines.filter(
    ({ lineNo, action }: CanonicalOrderChangeLine) =>
      !known.has(plainNumber(lineNo)) && action !== 'delete' && action !== 'none',
  );
  return { ...order, ...(deliverTo ? { deliverTo } : {}), lines: [...stay, ...added.map(ordered)] };
};

export const orderAfter = (order: CanonicalOrder, changes: readonly Changed[]): CanonicalOrder =>
  changes.reduce(after, order);
