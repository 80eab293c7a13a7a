/** Bugs of the services' rules: stock, orders, warehouse and carriers, money. */
import type { Planted } from './index.ts';

const of =
  (app: string, layer: string) =>
  (name: string, file: string, find: string, replace: string): Planted => ({
    name,
    layer,
    patches: [{ file: `apps/${app}/src/domain/${file}.ts`, find, replace }],
  });
const stock = of('inventory-propagation', 'stock');
const orders = of('order-orchestration', 'orders');
const shipments = of('shipment-normalization', 'shipments');
const finance = of('finance-posting', 'finance');

export const DOMAIN_BUGS: readonly Planted[] = [
  stock(
    'more held than is free',
    'decide-claims',
    'const reserved = Math.min(free, quantity);',
    'const reserved = quantity;',
  ),
  stock(
    'two lines of one item checked apart',
    'decide-claims',
    '    free -= reserved;\n    return { lineNo, item, reserved, short',
    '    return { lineNo, item, reserved, short',
  ),
  stock(
    'clamp at zero',
    'position',
    '    sellable: state.sellable + effect.sellable,',
    '    sellable: Math.max(state.soft + state.allocated + 1, state.sellable + effect.sellable),',
  ),
  stock(
    'issue leaves the goods picked',
    'decide-goods',
    'item, picked: -quantity }));',
    'item, picked: 0 * quantity }));',
  ),
  stock(
    'short pick keeps its claim',
    'decide-goods',
    'const unfound = Math.min(short - missed, held.hard - hard);',
    'const unfound = 0 * Math.min(short - missed, held.hard - hard);',
  ),
  stock(
    'receipt fills no backorder',
    'queue',
    '  else fill(books, item);',
    '  else if (reason === "never") fill(books, item);',
  ),
  stock(
    'claims of a released order stay',
    'decide-claims',
    'if (dropClaim(books, item, orderId)) settle(',
    'if (orderId === "" && dropClaim(books, item, orderId)) settle(',
  ),
  stock(
    'expired hold not told to its order',
    'decide-claims',
    '  return accept(said, closeBooks(books, orderId));',
    '  return accept(closeBooks(books, said === undefined ? orderId : orderId));',
  ),
  stock(
    'older position wins in availability',
    'decide-availability',
    'if (before && entityVersion <= before.version)',
    'if (before && entityVersion < 0)',
  ),
  stock(
    'adjustment takes back no claim',
    'decide-corrections',
    "  for (const item of sums.keys()) settle(books, item, 'stock-adjusted');\n",
    '',
  ),
  stock(
    'claim taken from a pick is filled for another one',
    'queue',
    'const hard = Math.min(quantity, line.recalled);',
    'const hard = 0 * Math.min(quantity, line.recalled);',
  ),
  stock(
    'pick that misses what was taken back not told',
    'decide-goods',
    'const missed = Math.min(short, recalled);',
    'const missed = 0 * Math.min(short, recalled);',
  ),
  {
    name: 'lane rule wrong: stock by order instead of node',
    layer: 'contracts',
    patches: [
      {
        file: 'libs/contracts/src/inventory/reserve-stock.v1.ts',
        find: 'lane: byNode((data) => data.node)',
        replace: 'lane: byNode((data) => data.orderId)',
      },
    ],
  },
  orders(
    'stock not released on cancel',
    'decide-cancel',
    "alone.reduce((next, { node }) => releaseStock(next, node, 'cancelled'), freed)",
    "alone.reduce((next, { node }) => (node === '' ? releaseStock(next, node, 'cancelled') : next), freed)",
  ),
  orders(
    'credit not freed on cancel',
    'decide-cancel',
    "...creditChange(account, { type: 'credit-freed', amount: creditOpen })",
    "...creditChange(account, { type: 'credit-freed', amount: 0 * creditOpen })",
  ),
  orders(
    'ERP not told of a cancel',
    'decide-cancel',
    'add(released, ask(CancelWithErp, { orderId, orderNo, account, entity }))',
    'add(released, ...(entity === "" ? [ask(CancelWithErp, { orderId, orderNo, account, entity })] : []))',
  ),
  stock(
    'hold of a changed order stays',
    'decide-claims',
    'for (const item of items) dropClaim(books, item, orderId);',
    'for (const item of items) if (orderId === "") dropClaim(books, item, orderId);',
  ),
  orders(
    'node that a change leaves out not released',
    'decide-change',
    'const handedOver = new Set(checked.lines.flatMap(({ node }) => (node && holds.has(node) ? [node] : [])));',
    'const handedOver = new Set(holds.keys());',
  ),
  orders(
    'changed order agreed at the old quantities',
    'decide-change',
    'const agreed = { lines: [...checked.lines], shipTo',
    'const agreed = { lines: [...states.terms(order.orderId).lines], shipTo',
  ),
  {
    name: 'change said again done again',
    layer: 'orders',
    patches: [
      {
        file: 'apps/order-orchestration/src/domain/decide-change.ts',
        find: 'order.replacedBy?.orderId === replacementId(wish) ? order.replacedBy : undefined;',
        replace: 'order.replacedBy?.orderId === "" ? order.replacedBy : undefined;',
      },
      {
        file: 'apps/order-orchestration/src/domain/decide-change.ts',
        find: 'order.changedBy === wish.changeId)',
        replace: 'order.changedBy === "")',
      },
    ],
  },
  {
    name: 'cancel of a changed order taken for done',
    layer: 'orders',
    patches: [
      {
        file: 'apps/order-orchestration/src/domain/decide-amend.ts',
        find: '  if (order.replacedBy) {',
        replace: '  if (order.replacedBy && wish) {',
      },
      {
        file: 'apps/order-orchestration/src/domain/decide-cancel.ts',
        find: "if (order.status === 'cancelled' && !order.replacedBy)",
        replace: "if (order.status === 'cancelled')",
      },
    ],
  },
  orders(
    'credit counted twice on posting',
    'decide-billing',
    "{ type: 'credit-invoiced', open, amount: gross }",
    "{ type: 'credit-invoiced', open, amount: gross + open }",
  ),
  orders(
    'short pick lost to the order',
    'decide-fulfilment',
    'allocated: -missing, released: -missing, backordered: missing };',
    'allocated: -missing, released: -missing, backordered: 0 * missing };',
  ),
  orders(
    'waves of one pick taken for one',
    'decide-fulfilment',
    'const pick = data.documentNo ?? data.occurredAt;',
    'const pick = data.occurredAt;',
  ),
  orders(
    'accepted before every node has answered',
    'flow',
    '|| !isAnswered(order)) return course;',
    '|| (!isAnswered(order) && order.orderNo === "")) return course;',
  ),
  orders(
    'older item wins',
    'decide-reference',
    'known && known.version >= data.version ?',
    'known && known.version > 99 ?',
  ),
  orders(
    'expired hold not asked for again',
    'decide-stock',
    '  return decided(reserveAgain(course, node, data.lines));',
    '  return decided(data.lines.length < 0 ? reserveAgain(course, node, data.lines) : course);',
  ),
  shipments(
    'pick not told to stock',
    'decide-warehouse',
    'quantity, short })),\n    }),',
    'quantity: 0 * quantity, short })),\n    }),',
  ),
  shipments(
    'copy of a dispatch taken for another one',
    'decide-dispatch',
    "const before = documentOf(state, 'dispatch', data.documentNo);",
    "const before = data.documentNo === '' ? documentOf(state, 'dispatch', data.documentNo) : undefined;",
  ),
  shipments(
    'older milestone wins',
    'shipment',
    'if (fact.version < parcel.version || !fact.current) return',
    'if (fact.version < 0) return',
  ),
  shipments(
    'scan before the dispatch forgotten',
    'decide-tracking',
    '    saidTo(after, [link], occurrences),',
    '    saidTo(after, [link], before.status === "linked" ? occurrences : []),',
  ),
  shipments(
    'milestones said again with every telling',
    'decide-tracking',
    'const news = unsaid(occurrences, state.said);',
    'const news = unsaid(occurrences, []);',
  ),
  finance('invoice number given twice', 'document', 'state[billing] + 1 }', 'Math.max(1, state[billing]) }'),
  finance(
    'rounded twice',
    'billing',
    '  return billedLine(line, quantity, { net: after.net - before.net, tax: after.tax - before.tax });',
    '  const net = lineAmount(line.unitPrice, String(quantity), currency);\n  return billedLine(line, quantity, { net, tax: after.tax - before.tax });',
  ),
  finance(
    'charges billed with every shipment',
    'decide-billing',
    'const charges = terms.chargesOn ? [] : terms.charges.map(wholeLine);',
    'const charges = terms.charges.map(wholeLine);',
  ),
  finance(
    'tax left out of the journal',
    'posting-rules',
    "    cr('OTHER_CHARGES', charges),\n    cr('TAX_PAYABLE', tax),",
    "    cr('OTHER_CHARGES', charges + 0 * tax),",
  ),
  finance(
    'shipment before its terms ignored',
    'decide-billing',
    "if (terms.status === 'none') return defer('terms-unknown-yet', ref('terms', data.orderId));",
    "if (terms.status === 'none') return ignore('nothing-to-do');",
  ),
  finance(
    'older cost wins',
    'catalogue',
    "known.status === 'known' && known.version >= version;",
    "known.status === 'known' && known.version > version + 99;",
  ),
];
