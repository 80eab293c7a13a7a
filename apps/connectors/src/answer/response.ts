/** The response to an order from what really happened to it: what is held for each line, and what waits for stock. */
import { Decimal } from 'decimal.js';
import { dayOf } from '@crossdock/kernel';
import type { AnsweredLine } from '@crossdock/contracts';
import type { CanonicalOrderCancellation } from '../canonical/order-cancellation.js';
import type { CanonicalOrder, CanonicalOrderLine } from '../canonical/order.js';
import type {
  CanonicalOrderResponse,
  CanonicalOrderResponseLine,
  ResponseStatus,
} from '../canonical/order-response.js';
import { lineFinder } from './order-lines.js';

/** What is answered: an order, a change of one with the lines that it names, or a cancellation without any. */
export type Answerable =
  | (Pick<CanonicalOrder, 'number' | 'lines'> & Partial<CanonicalOrder> & { readonly orderNumber?: string })
  | CanonicalOrderCancellation;

export interface Answer {
  readonly status: 'accepted' | 'rejected';
  readonly lines: readonly AnsweredLine[];
  readonly text?: string;
}

/** Of the partner's own units: what waits, in the proportion of our base units. */
const waitingOf = (line: CanonicalOrderLine, { ordered, backordered }: AnsweredLine): Decimal =>
  new Decimal(line.quantity.value).mul(backordered).div(Math.max(1, ordered)).toDecimalPlaces(6);

/** `quantity` is what is held; a line of which all waits has none. */
const lineOf = (
  line: CanonicalOrderLine,
  answer: AnsweredLine | undefined,
  rejected: boolean,
): CanonicalOrderResponseLine => {
  const { lineNo, item, quantity } = line;
  const about = { lineNo, orderLineNo: lineNo, item };
  if (rejected || !answer) return { ...about, quantity, status: 'rejected' };
  const priced = { ...about, unitPrice: answer.unitPrice };
  if (answer.backordered === 0) return { ...priced, quantity, status: 'accepted' };
  const waiting = waitingOf(line, answer);
  const held = new Decimal(quantity.value).minus(waiting);
  return {
    ...priced,
    status: 'backordered',
    ...(held.isPositive() && !held.isZero() ? { quantity: { ...quantity, value: held.toFixed() } } : {}),
    backordered: { ...quantity, value: waiting.toFixed() },
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
  const find = lineFinder(ordered);
  const answers = new Map(answer.lines.map((line) => [find(line), line] as const));
  const lines = ordered.map((line) => lineOf(line, answers.get(line), rejected));
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
