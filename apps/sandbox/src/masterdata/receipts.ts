/**
 * The warehouse posts receipts at inventory's public door. Document numbers derive from the import, so whatever is
 * posted again is known there already.
 */
import { setTimeout as wait } from 'node:timers/promises';
import pLimit from 'p-limit';
import { post, type Answer } from '../web/call.js';
import { Refused } from '../web/problem.js';
import type { Supply } from './demand.js';

/** Lines of one receipt document. */
export const LINES_PER_RECEIPT = 1000;
const CONCURRENCY = 4;
const TRIES = 120;
const PAUSE_MS = 500;

export interface Receipt {
  readonly documentNo: string;
  /** one for all receipts of an opening */
  readonly correlationId: string;
  readonly node: string;
  readonly occurredAt: string;
  readonly postingDate: string;
  readonly lines: readonly { readonly lineNo: number; readonly item: string; readonly quantity: number }[];
}
export interface ReceiptTotals {
  readonly documents: number;
  readonly lines: number;
  readonly units: number;
}

/** Units that one line of a receipt can bring, and that a position can hold: what is asked for beyond does not come. */
const UNITS_PER_LINE = 1_000_000_000;
const UNITS_PER_ITEM = 1_000_000_000_000;
type Piece = readonly [item: string, units: number];
const inLines = ([item, wanted]: Piece): readonly Piece[] => {
  const units = Math.min(wanted, UNITS_PER_ITEM);
  return Array.from({ length: Math.ceil(units / UNITS_PER_LINE) }, (_, nth) => [
    item,
    Math.min(UNITS_PER_LINE, units - nth * UNITS_PER_LINE),
  ]);
};

/** Receipt documents of a supply: per node, of at most 1,000 lines each. Same supply, same documents. */
export const receiptsOf = (prefix: string, date: string, supply: Supply): Receipt[] =>
  Object.entries(supply).flatMap(([node, needed]) => {
    const lines = needed.flatMap(inLines);
    return Array.from({ length: Math.ceil(lines.length / LINES_PER_RECEIPT) }, (_, nth) => ({
      documentNo: `${prefix}-${node}-${nth + 1}`,
      correlationId: prefix,
      node,
      occurredAt: `${date}T00:00:00.000Z`,
      postingDate: date,
      lines: lines
        .slice(nth * LINES_PER_RECEIPT, (nth + 1) * LINES_PER_RECEIPT)
        .map(([item, quantity], at) => ({ lineNo: at + 1, item, quantity })),
    }));
  });

export const totalsOf = (receipts: readonly Receipt[]): ReceiptTotals => ({
  documents: receipts.length,
  lines: receipts.reduce((sum, { lines }) => sum + lines.length, 0),
  units: receipts.reduce((sum, { lines }) => sum + lines.reduce((units, { quantity }) => units + quantity, 0), 0),
});

/** True where trying again helps: it is not up, it is busy, or it has not heard of the items yet. */
const passes = ({ status, body }: Answer): boolean =>
  status === 0 ||
  status >= 500 ||
  [401, 404, 408, 409, 425, 429].includes(status) ||
  (status === 422 && /unknown/.test(body));

export interface ReceiptDoor {
  /** of inventory */
  readonly url: string;
  readonly token: () => Promise<string>;
}

const postOne = async (door: ReceiptDoor, receipt: Receipt): Promise<void> => {
  const body = JSON.stringify(receipt);
  for (let attempt = 1; ; attempt += 1) {
    const headers = {
      authorization: `Bearer ${await door.token()}`,
      'content-type': 'application/json',
      'idempotency-key': `receipt-${receipt.documentNo}`,
    };
    const answer = await post({ url: `${door.url}/v1/receipts`, body, headers }).catch((): Answer => ({
      status: 0,
      body: 'no connection',
    }));
    if (answer.status >= 200 && answer.status < 300) return;
    if (!passes(answer) || attempt === TRIES) {
      throw new Refused(
        502,
        'receipt-refused',
        `${receipt.documentNo}: inventory answered ${answer.status} ${answer.body.slice(0, 500)}`,
      );
    }
    await wait(answer.retryAfterMs ?? PAUSE_MS);
  }
};

export const postReceipts = async (door: ReceiptDoor, receipts: readonly Receipt[]): Promise<ReceiptTotals> => {
  const room = pLimit(CONCURRENCY);
  await Promise.all(receipts.map((receipt) => room(() => postOne(door, receipt))));
  return totalsOf(receipts);
};
