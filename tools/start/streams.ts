/** Streams, consumers and buckets of all services, made by the runtime's own command in a process of its own. */
import { join } from 'node:path';
import { execa } from 'execa';
import { SetUpFailure, type Say } from '../setup/failure.ts';
import { ROOT } from '../stack/files.ts';

const COMMAND = join(ROOT, 'libs', 'runtime', 'dist', 'src', 'provision', 'main.js');
const PROVISION_MS = 60_000;

export async function provisionStreams(natsUrl: string, services: readonly string[], say: Say): Promise<void> {
  const definitions = services.map((name) => join(ROOT, 'apps', name, 'dist', 'src', `${name}.service.js`));
  const ended = await execa(process.execPath, [COMMAND, ...definitions], {
    env: { CROSSDOCK_NATS_URL: natsUrl },
    reject: false,
    all: true,
    timeout: PROVISION_MS,
  });
  if (ended.exitCode !== 0) throw new SetUpFailure(`Streams could not be provisioned:\n${ended.all}`);
  const made = /^made or changed: (\d+)$/m.exec(ended.stdout)?.[1];
  if (made) say(`${made} streams, consumers and buckets made or changed`);
}
