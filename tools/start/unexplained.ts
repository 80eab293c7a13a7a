/** Orders that are not over: which of them can say why, such as a backorder with its reason or an open case. */
import type { Api } from './http.ts';
import { ENDED } from './settled.ts';
import type { Counts, Standing } from './standing.ts';

interface Row {
  readonly orderNo: string;
  readonly orderId: string;
  readonly status: string;
  readonly releaseNotBefore?: string;
}
/** An order by itself says what it waits for. */
interface Detail extends Row {
  readonly backorder?: { readonly reason: string };
}
interface Cases {
  readonly exceptions: readonly { readonly status: string }[];
}

const PAGE = 200;
/** So many are looked at one by one; more of them have the same reason. */
const ENOUGH = 50;

const statusesOpen = (orders: Counts): readonly string[] =>
  Object.entries(orders)
    .filter(([status, count]) => count > 0 && !(ENDED as readonly string[]).includes(status))
    .map(([status]) => status);

/** Numbers of some orders of a batch that nothing explains. */
export async function unexplainedOrders(
  api: Api,
  ordersUrl: string,
  batchId: string,
  { orders }: Pick<Standing, 'orders'>,
): Promise<readonly string[]> {
  const get = <T>(path: string): Promise<T> => api.call<T>(`${ordersUrl}${path}`, { patienceMs: 0 });
  const explained = async ({ orderId, orderNo }: Row): Promise<boolean> => {
    const { backorder, releaseNotBefore = '' } = await get<Detail>(`/v1/orders/${encodeURIComponent(orderId)}`);
    if (backorder || releaseNotBefore > new Date().toISOString()) return true;
    const { exceptions } = await get<Cases>(`/v1/exceptions?key=orderNo:${encodeURIComponent(orderNo)}`);
    return exceptions.some(({ status }) => status === 'open');
  };
  const unexplained: string[] = [];
  for (const status of statusesOpen(orders)) {
    const query = new URLSearchParams({ batch: batchId, status, limit: String(PAGE) });
    const page = await get<{ readonly orders: readonly Row[] }>(`/v1/orders?${query}`);
    for (const row of page.orders.slice(0, ENOUGH)) {
      if (!(await explained(row))) unexplained.push(`${row.orderNo} (${row.status})`);
    }
  }
  return unexplained;
}
