/** Servers of a run's own, with nothing in them, in a folder that goes with them. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack, type Stack } from '../stack/stack.ts';
import { Held } from './held.ts';

export interface OwnStack {
  readonly dir: string;
  readonly stack: Stack;
  end(): Promise<void>;
}

/** Databases for these services; the administrator's alone when there are none. */
export async function ownStack(purpose: string, services: readonly string[] = []): Promise<OwnStack> {
  const dir = mkdtempSync(join(tmpdir(), `crossdock-${purpose}-`));
  // A server that refuses to run as root runs as another user, and has to get to its folder below.
  chmodSync(dir, 0o755);
  const starting = startStack({ dir: join(dir, 'stack'), keepData: false, services });
  const held = new Held(async () => {
    await starting.then((stack) => stack.stop()).catch(() => undefined);
    rmSync(dir, { recursive: true, force: true });
  });
  try {
    return { dir, stack: await starting, end: () => held.end() };
  } catch (error) {
    await held.end();
    throw error;
  }
}
