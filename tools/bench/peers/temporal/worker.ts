/** Temporal's worker and client in one process, as on every other side. */
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { fileURLToPath } from 'node:url';
import { until } from '../../../stack/until.ts';
import { serveBatches } from '../worker-loop.ts';
import { openBooks, type PeerOrder, type Step } from '../steps.ts';

const NAMESPACE = 'bench';
const QUEUE = 'orders';
const READY_MS = 90_000;
const DAY_SECONDS = 86_400;

const address = process.env['PEER_TEMPORAL'] ?? '';
const books = await openBooks(process.env['PEER_MONGO_URL'] ?? '');
// Its standard handlers end the worker before the last answer is told.
Runtime.install({ shutdownSignals: [] });
const connection = await Connection.connect({ address });
await connection.workflowService
  .registerNamespace({ namespace: NAMESPACE, workflowExecutionRetentionPeriod: { seconds: DAY_SECONDS } as never })
  .catch((error: unknown) => {
    if (!String(error).includes('already')) throw error;
  });
// Every part of the server has to have heard of it, which takes seconds.
await until({
  what: 'the namespace',
  deadlineMs: READY_MS,
  check: async () => connection.workflowService.describeNamespace({ namespace: NAMESPACE }),
});
const native = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection: native,
  namespace: NAMESPACE,
  taskQueue: QUEUE,
  workflowsPath: fileURLToPath(new URL('workflows.ts', import.meta.url)),
  activities: {
    step: async (step: Step, order: PeerOrder): Promise<string> => {
      await books.write(step, order);
      return `${step}:${order.orderId}`;
    },
  },
  maxConcurrentActivityTaskExecutions: 500,
  maxConcurrentWorkflowTaskExecutions: 200,
  maxConcurrentActivityTaskPolls: 16,
  maxConcurrentWorkflowTaskPolls: 16,
});
const running = worker.run();
const { workflow } = new Client({ connection, namespace: NAMESPACE });

const one = async (order: PeerOrder): Promise<void> => {
  await workflow.execute('processOrder', { workflowId: order.orderId, taskQueue: QUEUE, args: [order] });
};
const first: PeerOrder = { orderId: 'first', account: 'first', lines: [] };
await until({ what: 'a first workflow', deadlineMs: READY_MS, check: () => one(first).then(() => true) });

serveBatches(one, async () => {
  worker.shutdown();
  await running;
  await native.close();
  await connection.close();
  await books.close();
});
