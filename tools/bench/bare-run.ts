/** The bare loop as a process of its own, on a fresh pair of servers. */
import { join } from 'node:path';
import { execa } from 'execa';
import { WARM_UP } from './ground.ts';
import { LINES } from './orders.ts';
import { ownStack } from './own-stack.ts';
import type { Run } from './scenario.ts';

export async function bareRun(orders: number): Promise<Run> {
  const { stack, end } = await ownStack('bare');
  try {
    const script = join(import.meta.dirname, 'bare-loop.ts');
    const { stdout } = await execa(process.execPath, [
      script,
      stack.nats.url,
      stack.mongo.adminUrl,
      String(orders),
      String(WARM_UP),
    ]);
    const { seconds, cpuSeconds } = JSON.parse(stdout) as { seconds: number; cpuSeconds: number };
    return { work: orders * LINES, seconds, processes: [{ name: 'loop', cpuSeconds, maxRssMb: 0 }] };
  } finally {
    await end();
  }
}
