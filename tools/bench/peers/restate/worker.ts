/** Five durable steps per order on Restate: each is a `ctx.run`, journaled by its server before the next begins. */
import * as restate from '@restatedev/restate-sdk';
import { Pool } from 'undici';
import { serveBatches } from '../worker-loop.ts';
import { openBooks, STEPS, type PeerOrder } from '../steps.ts';

const books = await openBooks(process.env['PEER_MONGO_URL'] ?? '');
const [ingress = '', admin = '', port = ''] = ['PEER_INGRESS', 'PEER_ADMIN', 'PEER_PORT'].map(
  (name) => process.env[name],
);

const orders = restate.service({
  name: 'orders',
  handlers: {
    process: async (ctx: restate.Context, order: PeerOrder): Promise<string> => {
      for (const step of STEPS) {
        await ctx.run(step, async () => {
          await books.write(step, order);
          return `${step}:${order.orderId}`;
        });
      }
      return order.orderId;
    },
  },
});
await restate.serve({ services: [orders], port: Number(port) });
const registered = await fetch(`${admin}/deployments`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ uri: `http://127.0.0.1:${port}`, force: true }),
});
if (!registered.ok) throw new Error(`the server does not take the service: ${await registered.text()}`);

const client = new Pool(ingress, { connections: 1_024 });
serveBatches(
  async (order) => {
    const { statusCode, body } = await client.request({
      method: 'POST',
      path: '/orders/process',
      headers: { 'content-type': 'application/json', 'idempotency-key': order.orderId },
      body: JSON.stringify(order),
    });
    const answer = await body.text();
    if (statusCode !== 200) throw new Error(`${statusCode}: ${answer}`);
  },
  async () => {
    await client.close();
    await books.close();
  },
);
