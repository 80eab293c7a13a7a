/** Webhooks at a steady rate, whatever the answers take: signed, archived, kept, answered; then committed. */
import { until } from '../stack/until.ts';
import { UsageAccount } from '../start/usage.ts';
import { DoorClient, offer, type Offered } from './open-loop.ts';
import { ownService } from './own-service.ts';
import { ownStack } from './own-stack.ts';
import type { ProcessShare } from './scenario.ts';
import type { WebhookDoor } from './webhook-doors.ts';

export interface WebhookRun extends Offered {
  /** from the last webhook sent until the last one is read and committed */
  readonly behindMs: number;
  /** by process: does not depend on what else the machine does */
  readonly processes: readonly ProcessShare[];
}
type Driven = Omit<WebhookRun, 'processes'>;
const WARM_UP_S = 3;

/** Webhooks that have become what they say so far. */
const becomeAt = async (base: string, { become }: WebhookDoor): Promise<number> => {
  const text = await (await fetch(`${base}/metrics`)).text();
  return Number(
    text
      .split('\n')
      .find((line) => become.test(line))
      ?.split(' ')
      .at(-1) ?? 0,
  );
};

async function drive(base: string, of: WebhookDoor, rate: number, seconds: number, batch: number): Promise<Driven> {
  const before = await becomeAt(base, of);
  const door = new DoorClient(base);
  try {
    const send = (n: number) => of.send(door, batch, n, Math.ceil(rate * seconds));
    const { sent, taken, refused, latency, behindMs } = await offer({ rate, seconds, send });
    const answeredAt = performance.now();
    const check = async (): Promise<boolean> => (await becomeAt(base, of)) - before >= taken;
    await until({ what: 'every webhook to be read and committed', deadlineMs: 120_000, check });
    return { sent, taken, refused, latency, behindMs: behindMs + performance.now() - answeredAt };
  } finally {
    await door.close();
  }
}

/** The service as a process of its own, on servers of its own. */
export async function webhookRun(of: WebhookDoor, rate: number, seconds: number): Promise<WebhookRun> {
  const { stack, end } = await ownStack('webhooks', [of.service]);
  const starting = ownService(stack, of.service, of.settings);
  try {
    const { url, pid } = await starting;
    await drive(url, of, rate, Math.min(WARM_UP_S, seconds), 9);
    const running = () => [{ name: of.service, pid }, ...stack.pids(), { name: 'bench', pid: process.pid }];
    const usage = new UsageAccount(running);
    await usage.mark();
    const run = await drive(url, of, rate, seconds, 0);
    await usage.look();
    return { ...run, processes: usage.totals() };
  } finally {
    await starting.then((service) => service.end()).catch(() => undefined);
    await end();
  }
}
