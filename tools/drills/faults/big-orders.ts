/** Orders of more than 500 lines, whose states lie in blocks, while services are killed. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Drill } from '../drill.ts';
import { anyService } from './processes.ts';

const LINES = 600;
const ITEMS = 700;
/** Every fourth order is a large one. */
const EVERY = 4;
const A_MINUTE = 12;

const lineOf = (order: number, at: number): object => ({
  lineNo: at + 1,
  item: `BIG-${String((order * 37 + at) % ITEMS).padStart(4, '0')}`,
  quantity: String(1 + ((order + at) % 9)),
  unitPrice: `${1 + (at % 20)}.${String((order * 7 + at) % 100).padStart(2, '0')}`,
});
const orderOf = (order: number): object => ({
  type: 'order',
  documentNo: `BIG-${order}`,
  account: `B-${1000 + (order % 5)}`,
  currency: 'GBP',
  shipTo: { country: 'GB' },
  lines: Array.from({ length: order % EVERY === 0 ? LINES + order : 3 }, (_, at) => lineOf(order, at)),
});

const bigOrders = async (dir: string, minutes: number): Promise<string> => {
  const orders = Array.from({ length: Math.max(8, Math.round(minutes * A_MINUTE)) }, (_, order) => orderOf(order));
  const file = join(dir, 'big-orders.ndjson');
  await writeFile(file, orders.map((order) => `${JSON.stringify(order)}\n`).join(''));
  return file;
};

export const bigOrderDrills: readonly Drill[] = [
  {
    name: 'big-states',
    about: `Every fourth order has more than ${LINES} lines; services are killed meanwhile.`,
    most: 40,
    perMinute: 4,
    orders: bigOrders,
    strikes: (count) => Array.from({ length: count }, () => anyService),
  },
];
