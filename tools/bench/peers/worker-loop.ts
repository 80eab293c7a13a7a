/** A side's own process: it is told how many orders to run and how many at once, and tells how long that took. */
import { peerOrder, type PeerOrder } from './steps.ts';

/** Orders `0 .. orders - 1` of a prefix that no earlier batch had. */
export interface Batch {
  readonly prefix: string;
  readonly orders: number;
  /** orders under way at once */
  readonly concurrency: number;
}
export type Told = { readonly ready: true } | { readonly seconds: number } | { readonly failed: string };

const tell = (told: Told): void => void process.send?.(told);

/** `one` resolves when the order's last step is durable. */
async function run(one: (order: PeerOrder) => Promise<unknown>, { prefix, orders, concurrency }: Batch): Promise<Told> {
  const began = performance.now();
  let next = 0;
  const keepGoing = async (): Promise<void> => {
    while (next < orders) await one(peerOrder(prefix, next++));
  };
  await Promise.all(Array.from({ length: concurrency }, keepGoing));
  return { seconds: (performance.now() - began) / 1000 };
}

/** Says that it is ready, then works off one batch after the other until it is told to end. */
export function serveBatches(one: (order: PeerOrder) => Promise<unknown>, end: () => Promise<unknown>): void {
  process.on('message', (batch: Batch) => {
    run(one, batch).then(tell, (error: unknown) =>
      tell({ failed: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.on('SIGTERM', () => void end().finally(() => process.exit(0)));
  tell({ ready: true });
}
