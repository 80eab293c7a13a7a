/** Invariants of money, and of the outside's books against ours. */
import {
  CONNECTORS,
  FINANCE,
  ORDERS,
  SHIPMENTS,
  type CaseRow,
  type DocumentRow,
  type FulfilmentRow,
  type JournalRow,
  type OrderRow,
  type WarehouseOrderRow,
} from './shapes.js';
import { Findings, type Verdict } from './verdict.js';
import type { World } from './world.js';

/** I2: one invoice per shipment, one posting per source and rule, numbers without gaps; at rest invoiced = shipped. */
export const billedOnce = async (world: World): Promise<Verdict> => {
  const found = new Findings('I2', 'every shipment is billed once, every document posted once');
  const shipments = new Map<string, string>();
  const sequences = new Map<string, number[]>();
  const refused = new Set<string>();
  const billed = new Map<string, { net: number; tax: number }>();
  for await (const { tenant, state } of world.states<DocumentRow>(FINANCE, 'document')) {
    if (state.status === 'none') continue;
    if (state.shipmentId) {
      const of = `${tenant}|${state.shipmentId}`;
      found.expect(
        !shipments.has(of),
        () => `shipment ${state.shipmentId} is billed by ${shipments.get(of)} and ${state.documentNo}`,
      );
      shipments.set(of, state.documentNo);
    }
    if (state.status !== 'posted' && state.orderId) refused.add(`${tenant}|${state.orderId}`);
    if (state.orderId) {
      const { net, tax } = billed.get(`${tenant}|${state.orderId}`) ?? { net: 0, tax: 0 };
      billed.set(`${tenant}|${state.orderId}`, { net: net + state.net, tax: tax + state.tax });
    }
    const numbers = `${tenant}|${state.entity}|${state.billing}`;
    sequences.set(numbers, [...(sequences.get(numbers) ?? []), state.sequence]);
  }
  for (const [of, numbers] of sequences) {
    const sorted = [...numbers].sort((a, b) => a - b);
    found.expect(
      sorted.every((number, index) => number === index + 1),
      () => `${of}: numbers have gaps or doubles`,
    );
  }
  for await (const { tenant, id, state } of world.states<OrderRow>(ORDERS, 'order')) {
    const sum = billed.get(`${tenant}|${id}`);
    if (state.status === 'closed')
      found.expect(
        sum?.net === state.net && sum.tax === state.tax,
        () => `order ${state.orderNo} of ${state.net} + ${state.tax} is billed ${sum?.net} + ${sum?.tax}`,
      );
    if (refused.has(`${tenant}|${id}`) || state.status === 'cancelled' || state.status === 'rejected') continue;
    const charges = new Set(state.charges);
    state.lineNos.forEach((lineNo, at) => {
      if (charges.has(at)) return;
      const [shipped = 0, invoiced = 0] = [state.counters['shipped']?.[at], state.counters['invoiced']?.[at]];
      found.expect(
        shipped === invoiced,
        () => `order ${state.orderNo} line ${lineNo}: ${shipped} shipped, ${invoiced} invoiced`,
      );
    });
  }
  return found.verdict();
};

/** I3: debits = credits per journal, entity and currency, in whole minor units; one journal per rule and source. */
export const booksBalance = async (world: World): Promise<Verdict> => {
  const found = new Findings('I3', 'debits = credits');
  const totals = new Map<string, number>();
  const sources = new Set<string>();
  for await (const { tenant, state } of world.states<JournalRow>(FINANCE, 'journal')) {
    if (state.status !== 'posted') continue;
    let balance = 0;
    for (const { debit, credit, account } of state.entries) {
      found.expect(
        Number.isSafeInteger(debit) && Number.isSafeInteger(credit) && debit >= 0 && credit >= 0,
        () => `journal ${state.journalId}: ${account} has ${debit} / ${credit}`,
      );
      balance += debit - credit;
    }
    found.expect(balance === 0, () => `journal ${state.journalId} (${state.rule}) is out by ${balance}`);
    const source = `${tenant}|${state.rule}|${state.source}`;
    found.expect(!sources.has(source), () => `${source} was posted twice`);
    sources.add(source);
    const ledger = `${tenant}|${state.entity}|${state.currency}`;
    totals.set(ledger, (totals.get(ledger) ?? 0) + balance);
  }
  for (const [ledger, balance] of totals) found.expect(balance === 0, () => `${ledger} is out by ${balance}`);
  return found.verdict();
};

interface ErpBooks {
  readonly orders: readonly { readonly reference: string; readonly erpOrderNo: string; readonly status: string }[];
  readonly postings: readonly {
    readonly reference: string;
    readonly erpDocumentNo: string;
    readonly net: number;
    readonly tax: number;
    readonly gross: number;
  }[];
}
interface WmsBooks {
  readonly fulfilments: readonly { readonly fulfilmentId: string; readonly step: string }[];
}

/** I13: the outside's books hold each of our documents once, and say the same of it. */
export const outsideAgrees = async (world: World): Promise<Verdict> => {
  const found = new Findings('I13', 'the books of the outside equal ours');
  const erp = await world.outside<ErpBooks>('erp', '/books/erp');
  if (erp) {
    await postingsAgree(world, erp, found);
    await ordersAgree(world, erp, found);
  }
  const wms = await world.outside<WmsBooks>('wms', '/books/wms');
  if (wms) await fulfilmentsAgree(world, wms, found);
  return found.verdict();
};

const postingsAgree = async (world: World, { postings }: ErpBooks, found: Findings): Promise<void> => {
  const theirs = new Map(postings.map((posting) => [posting.reference, posting]));
  found.expect(theirs.size === postings.length, () => 'the ERP has a document twice');
  for await (const { state } of world.states<DocumentRow>(FINANCE, 'document')) {
    if (state.status !== 'posted') continue;
    const posting = theirs.get(state.documentId);
    const same =
      posting?.erpDocumentNo === state.erpDocumentNo &&
      posting?.net === state.net &&
      posting.tax === state.tax &&
      posting.gross === state.gross;
    found.expect(
      same,
      () =>
        `${state.documentNo}: we say ${state.erpDocumentNo} ${state.gross}, the ERP ${posting?.erpDocumentNo} ${posting?.gross}`,
    );
    theirs.delete(state.documentId);
  }
  const waiting = await openSubjects(world, FINANCE);
  for (const reference of theirs.keys())
    found.expect(waiting.has(reference), () => `the ERP has posted ${reference}, we do not know it`);
};

const ordersAgree = async (world: World, { orders }: ErpBooks, found: Findings): Promise<void> => {
  const theirs = new Map<string, string[]>();
  const open = await openSubjects(world, ORDERS);
  for (const { reference, erpOrderNo, status } of orders)
    if (status !== 'cancelled') theirs.set(reference, [...(theirs.get(reference) ?? []), erpOrderNo]);
  for await (const { id, state } of world.states<OrderRow>(ORDERS, 'order')) {
    const numbers = theirs.get(id) ?? [];
    theirs.delete(id);
    if (state.status === 'cancelled' && !open.has(id))
      found.expect(
        numbers.length === 0,
        () => `order ${state.orderNo} is cancelled, the ERP still has ${numbers.join(', ')}`,
      );
    if (state.erp.status !== 'registered') continue;
    found.expect(
      JSON.stringify([...numbers].sort()) === JSON.stringify([...state.erp.orderNos].sort()),
      () => `order ${state.orderNo}: we say ${state.erp.orderNos.join(', ')}, the ERP ${numbers.join(', ')}`,
    );
  }
  found.expect(
    theirs.size === 0,
    () => `the ERP has orders that we do not know: ${[...theirs.keys()].slice(0, 3).join(', ')}`,
  );
};

const fulfilmentsAgree = async (world: World, { fulfilments }: WmsBooks, found: Findings): Promise<void> => {
  const theirs = new Map(fulfilments.map((fulfilment) => [fulfilment.fulfilmentId, fulfilment]));
  found.expect(theirs.size === fulfilments.length, () => 'the WMS has a fulfilment order twice');
  const waiting = await openSubjects(world, SHIPMENTS);
  const byPartner = await partnersFulfilments(world);
  for await (const { state } of world.states<OrderRow>(ORDERS, 'order'))
    for (const { fulfilmentId, status } of state.fulfilments) {
      if (status !== 'released') continue;
      const asked = byPartner.get(fulfilmentId);
      const isThere = asked ? asked.isSent && !theirs.has(fulfilmentId) : theirs.has(fulfilmentId);
      const who = asked?.partner ?? 'the WMS';
      found.expect(
        isThere || waiting.has(fulfilmentId),
        () => `order ${state.orderNo}: ${who} alone does not know ${fulfilmentId}`,
      );
    }
};

/** Fulfilment orders that went to a partner instead of the WMS, and whether its document stands in connectors' books. */
const partnersFulfilments = async (world: World) => {
  const sent = new Set<string>();
  if (world.services.includes(CONNECTORS))
    for await (const { state } of world.states<WarehouseOrderRow>(CONNECTORS, 'warehouseOrder'))
      if (state.fulfilmentId !== undefined) sent.add(state.fulfilmentId);
  const asked = new Map<string, { readonly partner: string; readonly isSent: boolean }>();
  for await (const { id, state } of world.states<FulfilmentRow>(SHIPMENTS, 'fulfilment'))
    if (state.partner !== undefined) asked.set(id, { partner: state.partner, isSent: sent.has(id) });
  return asked;
};

const openSubjects = async (world: World, service: string): Promise<ReadonlySet<string>> => {
  const open = new Set<string>();
  for await (const { state } of world.states<CaseRow>(service, 'case'))
    if (state.status === 'open') open.add(state.subject.id);
  return open;
};
