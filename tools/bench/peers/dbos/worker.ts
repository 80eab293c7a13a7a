/** Five durable steps per order on DBOS: each step's result is a row in PostgreSQL before the next begins. */
import { DBOS } from '@dbos-inc/dbos-sdk';
import { serveBatches } from '../worker-loop.ts';
import { openBooks, STEPS, type PeerOrder } from '../steps.ts';

const books = await openBooks(process.env['PEER_MONGO_URL'] ?? '');

const processOrder = DBOS.registerWorkflow(
  async (order: PeerOrder): Promise<string> => {
    for (const step of STEPS) {
      await DBOS.runStep(
        async () => {
          await books.write(step, order);
          return `${step}:${order.orderId}`;
        },
        { name: step },
      );
    }
    return order.orderId;
  },
  { name: 'processOrder' },
);
DBOS.setConfig({
  name: 'crossdock-bench',
  systemDatabaseUrl: process.env['PEER_POSTGRES_URL'] ?? '',
  systemDatabasePoolSize: 32,
  logLevel: 'error',
});
await DBOS.launch();

serveBatches(
  async (order) => {
    const handle = await DBOS.startWorkflow(processOrder, { workflowID: order.orderId })(order);
    await handle.getResult();
  },
  async () => {
    await DBOS.shutdown();
    await books.close();
  },
);
