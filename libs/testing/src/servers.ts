/** Real nats-server and mongod for a test that kills, wipes or freezes them: its own pair, deleted at the end. */
import { join } from 'node:path';
import { startStack, testDir, type Stack } from '@crossdock/tools/stack';

export { startSshd, type SshServer, type Stack } from '@crossdock/tools/stack';

export interface OwnServers extends Stack {
  /** where the broker keeps its streams: to be copied and put back while it is down */
  readonly natsStore: string;
}
export const ownServers = async (purpose: string, services: readonly string[]): Promise<OwnServers> => {
  const dir = await testDir(purpose);
  const stack = await startStack({ dir, keepData: false, mongoCacheGb: 0.25, services });
  return Object.assign(stack, { natsStore: join(dir, 'data', 'nats') });
};

/** Waits for a condition with a deadline; what it was waiting for stands in the error. */
export const eventually = async <T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  deadlineMs = 20_000,
): Promise<T> => {
  const until = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > until) throw new Error(`not within ${deadlineMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
