/**
 * Makes streams, consumers and buckets what service definitions declare, for services that run bind-only:
 * `node main.js [--show] FILE...`, each FILE a built `<name>.service.js`. It reads CROSSDOCK_NATS_URL,
 * CROSSDOCK_STREAM_REPLICAS, CROSSDOCK_LANES and CROSSDOCK_ACK_WAIT_MS as the services do. `--show` prints what differs and changes nothing.
 * Exit code 0: all is as declared now; 1: something differs (with `--show`); 2: it could not be looked at or changed.
 */
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { PickType } from '@nestjs/swagger';
import { JetStreamBroker } from '../broker/jetstream-broker.js';
import { RuntimeSettings, settingsFrom, SettingsFault } from '../config.js';
import type { ServiceDefinition } from '../service.js';
import { applyBuckets, planBuckets } from './buckets.js';
import { applyPlan, developmentOptions, needed, plan, show } from './provision.js';

/** What is needed of a service's own settings: the very same variables. */
class ProvisionSettings extends PickType(RuntimeSettings, [
  'natsUrl',
  'streamReplicas',
  'lanes',
  'ackWaitMs',
] as const) {}

/** The process around it; a test brings its own. */
export interface ProvisionHost {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** one line for people */
  say(line: string): void;
}

const USAGE = 'use: node main.js [--show] FILE..., each FILE a built <name>.service.js';

const isDefinition = (value: unknown): value is ServiceDefinition =>
  typeof value === 'object' && value !== null && 'decides' in value && 'says' in value && 'name' in value;

const definitionIn = async (file: string): Promise<ServiceDefinition> => {
  const found = Object.values((await import(pathToFileURL(resolve(file)).href)) as object).find(isDefinition);
  if (!found) throw new Error(`${file} exports no service definition (defineService)`);
  return found;
};

const provisionWith = async (
  broker: JetStreamBroker,
  services: readonly ServiceDefinition[],
  { streamReplicas, lanes, ackWaitMs }: ProvisionSettings,
  showOnly: boolean,
  say: (line: string) => void,
): Promise<number> => {
  const options = { ...developmentOptions, replicas: streamReplicas, lanes, ackWaitMs };
  const found = await plan(broker.manager, services, options);
  const buckets = await planBuckets(broker.connection, services, streamReplicas);
  const apart = buckets.filter(({ difference }) => difference !== 'same');
  const lines = [
    ...(needed(found) ? show(found).split('\n') : []),
    ...apart.map(({ bucket, difference }) => `bucket ${bucket}: ${difference}`),
  ];
  for (const line of lines) say(line);
  const names = services.map(({ name }) => name).join(', ');
  if (lines.length === 0) say(`everything is there for ${names}`);
  if (lines.length === 0 || showOnly) return lines.length === 0 ? 0 : 1;
  await applyPlan(broker.manager, found);
  await applyBuckets(broker.connection, buckets);
  say(`made or changed: ${lines.length}`);
  return 0;
};

/** The whole command; gives its exit code. */
export const provision = async ({ args, env, say }: ProvisionHost): Promise<number> => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { show: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    if (positionals.length === 0) throw new Error(USAGE);
    const [settings] = settingsFrom(env, ProvisionSettings);
    const services = await Promise.all(positionals.map(definitionIn));
    const broker = await JetStreamBroker.open(settings.natsUrl, 'provision');
    try {
      return await provisionWith(broker, services, settings, values.show, say);
    } finally {
      await broker.close();
    }
  } catch (error) {
    say(error instanceof SettingsFault || error instanceof TypeError ? error.message : String(error));
    return 2;
  }
};

const script = process.argv[1];
if (script && import.meta.url === pathToFileURL(realpathSync(script)).href) {
  process.exitCode = await provision({
    args: process.argv.slice(2),
    env: process.env,
    say: (line) => process.stdout.write(`${line}\n`),
  });
}
