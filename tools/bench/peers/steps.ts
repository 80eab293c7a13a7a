/** The same work for every side: five steps per order, each of which leaves the order's document in MongoDB (majority, journal). */
import { MongoClient, type Db } from 'mongodb';
import { benchOrder, type BenchOrder } from '../orders.ts';

export const STEPS = ['reserve', 'ship', 'invoice', 'journal', 'post'] as const;
export type Step = (typeof STEPS)[number];

export interface PeerOrder {
  readonly orderId: string;
  readonly account: string;
  readonly lines: BenchOrder['lines'];
}
/** Order `n` of a run: 24 lines; the prefix keeps runs apart. */
export const peerOrder = (prefix: string, n: number): PeerOrder => {
  const { documentNo: orderId, account, lines } = benchOrder(prefix, n);
  return { orderId, account, lines };
};

export interface Books {
  /** The step's document of the order, durable when this resolves. A step that is run again leaves the same document. */
  write(step: Step, order: PeerOrder): Promise<void>;
  close(): Promise<void>;
}

export async function openBooks(mongoUrl: string): Promise<Books> {
  const client = await new MongoClient(mongoUrl, { writeConcern: { w: 'majority', journal: true } }).connect();
  const db: Db = client.db('peer');
  return {
    write: async (step, order) => {
      const { orderId: _id, ...rest } = order;
      await db.collection<{ _id: string }>(step).replaceOne({ _id }, { step, ...rest }, { upsert: true });
    },
    close: () => client.close(),
  };
}
