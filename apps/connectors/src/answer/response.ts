/** The response to an order from what really happened to it: what is held for each line, and what waits for stock. */
import { Decimal } from 'decimal.js';
import { dayOf } from '@crossdock/kernel';
import type { AnsweredLine } from '@crossdock/contracts';
import type { CanonicalOrderCancellation } from '../canonical/order-cancellation.js';
import type { CanonicalOrderChangeLine } from '../canonical/order-change.js';
import type { CanonicalOrder, CanonicalOrderLine } from '../canonical/order.js';
import type {
  CanonicalOrderResponse,
  CanonicalOrderResponseLine,
  ResponseStatus,
} from '../canonical/order-response.js';
import type { Quantity } from '../canonical/shapes.js';
import type { RefusedLine } from '../domain/decide-answers.js';
import { changedLineFinder, lineFinder, plainNumber } from './order-lines.js';

/** What is answered: an order, a change of one with the lines that it names, or a cancellation without any. */
export type Answerable =
  | (Pick<CanonicalOrder, 'number' | 'lines'> & Partial<CanonicalOrder> & { readonly orderNumber?: string })
  | CanonicalOrderCancellation;

export interface Answer {
  readonly status: 'accepted' | 'rejected';
  readonly lines: readonly AnsweredLine[];
  readonly text?: string;
  readonly refused?: readonly RefusedLine[];
}

/** Of the partner's own units: what waits, in the proportion of our base units. */
const waitingOf = ({ value }: Quantity, { ordered, backordered }: AnsweredLine): Decimal =>
  new Decimal(value).mul(backordered).div(Math.max(1, ordered)).toDecimalPlaces(6);

/** A line as it is answered: of an order, or of a change with what is to happen to it. */
type AnsweredFor = CanonicalOrderLine & Partial<Pick<CanonicalOrderChangeLine, 'action' | 'keepsQuantity'>>;
/** Of a line whose quantity the partner did not say, ours. */
const quantityOf = ({ quantity, keepsQuantity }: AnsweredFor, { ordered, unit }: AnsweredLine): Quantity =>
  keepsQuantity ? { value: String(ordered), unit } : quantity;

/** `quantity` is what is held; a line of which all waits has none. */
const lineOf = (line: AnsweredFor, answer: AnsweredLine | undefined, rejected: boolean): CanonicalOrderResponseLine => {
  const { lineNo, item, action } = line;
  const about = { lineNo, orderLineNo: lineNo, item, ...(action ? { action } : {}) };
  // A line that was to go is gone: nobody says more of it.
  if (!rejected && action === 'delete') return { ...about, quantity: line.quantity, status: 'accepted' };
  if (rejected || !answer) return { ...about, quantity: line.quantity, status: 'rejected' };
  const priced = { ...about, unitPrice: answer.unitPrice };
  const quantity = quantityOf(line, answer);
  if (answer.backordered === 0) return { ...priced, quantity, status: 'accepted' };
  const waiting = waitingOf(quantity, answer);
  const held = new Decimal(quantity.value).minus(waiting);
  return {
    ...priced,
    status: 'backordered',
    ...(held.isPositive() && !held.isZero() ? { quantity: { ...quantity, value: held.toFixed() } } : {}),
    backordered: { ...quantity, value: waiting.toFixed() },
  };
};

/** What is said of a single line; nothing of most. */
const notesBy = ({ refused = [] }: Answer): ((line: CanonicalOrderLine) => { readonly note?: string }) => {
  const texts = new Map<string, string[]>();
  for (const { customerLineNo, text } of refused) {
    const number = plainNumber(customerLineNo);
    texts.set(number, [...(texts.get(number) ?? []), text]);
  }
  return ({ lineNo }) => {
    const found = texts.get(plainNumber(lineNo));
    return found ? { note: found.join('; ') } : {};
  };
};

const statusOf = (lines: readonly CanonicalOrderResponseLine[], rejected: boolean): ResponseStatus => {
  if (rejected) return 'rejected';
  if (lines.length > 0 && lines.every(({ status }) => status === 'rejected')) return 'rejected';
  return lines.every(({ status }) => status === 'accepted') ? 'accepted' : 'changed';
};

export const responseOf = (of: Answerable, answer: Answer, at: string): CanonicalOrderResponse => {
  const rejected = answer.status === 'rejected';
  const ordered = 'lines' in of ? of.lines : [];
  // The lines of a change are some of the order's.
  const isPart = 'orderNumber' in of || ('purpose' in of && of.purpose === 'change');
  const find = isPart ? changedLineFinder(ordered) : lineFinder(ordered);
  const answers = new Map(answer.lines.map((line) => [find(line), line] as const));
  const notes = notesBy(answer);
  const lines = ordered.map((line) => ({ ...lineOf(line, answers.get(line), rejected), ...notes(line) }));
  const { number, buyer, seller, issued, orderNumber = number } = of;
  const { deliverTo, currency } = 'lines' in of ? of : {};
  const references = [
    ...(of.references ?? []).filter(({ kind }) => kind === 'release'),
    ...(issued ? [{ kind: 'order', number: orderNumber, day: issued }] : []),
  ];
  return {
    number,
    orderNumber,
    issued: dayOf(at),
    status: statusOf(lines, rejected),
    ...(answer.text ? { reason: answer.text, notes: [answer.text] } : {}),
    ...(currency ? { currency } : {}),
    ...(buyer ? { buyer } : {}),
    ...(seller ? { seller } : {}),
    ...(deliverTo ? { deliverTo } : {}),
    ...(references.length > 0 ? { references } : {}),
    lines,
  };
};
