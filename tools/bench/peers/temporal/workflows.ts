/** Five durable steps per order: each is an activity, its result in the workflow's history before the next begins. */
import { proxyActivities } from '@temporalio/workflow';
import type { PeerOrder, Step } from '../steps.ts';

// Not imported as a value: a workflow's bundle may hold nothing that reaches a network.
const STEPS: readonly Step[] = ['reserve', 'ship', 'invoice', 'journal', 'post'];

interface Activities {
  step(step: Step, order: PeerOrder): Promise<string>;
}
const { step } = proxyActivities<Activities>({ startToCloseTimeout: '1 minute' });

export async function processOrder(order: PeerOrder): Promise<string> {
  for (const name of STEPS) await step(name, order);
  return order.orderId;
}
