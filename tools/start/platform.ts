/** Everything that runs, brought up and taken down in order: servers, streams, services, the sandbox. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpFailure, type Say } from '../setup/failure.ts';
import { removeEndpoints, writeEndpoints, type Endpoints } from '../stack/endpoints.ts';
import { keepPorts } from '../stack/files.ts';
import { startStack, type Stack, type StackOptions } from '../stack/stack.ts';
import { emptyFolder, emptyGivenServers } from './books.ts';
import { Fleet, inherit } from './fleet.ts';
import { Api, DEMO } from './http.ts';
import { Broker } from './broker.ts';
import { provisionStreams } from './streams.ts';
import { builtServices, OUTSIDE, portNames, type Place } from './system.ts';
import { UsageAccount } from './usage.ts';
import { Databases } from './waiting.ts';

export interface Platform {
  readonly dir: string;
  readonly stack: Stack;
  readonly services: readonly string[];
  readonly fleet: Fleet;
  readonly api: Api;
  readonly broker: Broker;
  readonly databases: Databases;
  readonly usage: UsageAccount;
  /** by service: milliseconds that its clock is off, where somebody set it so */
  readonly clocks: Readonly<Record<string, number>>;
  provision(): Promise<void>;
  stop(): Promise<void>;
}

export interface Timing {
  /** servers and databases are there */
  onServers(): void;
  /** services reach their servers by these URLs instead of the servers' own */
  readonly links?: ((stack: Stack, services: readonly string[]) => Promise<Links>) | undefined;
  /** more servers than one of a kind */
  readonly servers?: Servers | undefined;
  readonly clocks?: Platform['clocks'] | undefined;
}
export type Servers = Pick<StackOptions, 'members' | 'natsRoute'>;
export type Links = Pick<Place, 'natsUrl' | 'mongoUrl'>;

/** mongod's own standard is half of the machine. */
const MONGO_CACHE_GB = 0.5;

export async function startPlatform(dir: string, fresh: boolean, say: Say, timing: Timing): Promise<Platform> {
  mkdirSync(dir, { recursive: true });
  const services = builtServices();
  await inherit(dir);
  if (fresh) await emptyFolder(dir, say);
  const stack = await startStack({
    dir,
    keepData: true,
    services,
    mongoCacheGb: MONGO_CACHE_GB,
    say,
    ...timing.servers,
  });
  try {
    if (fresh) await emptyGivenServers(stack, services);
    const provision = () => provisionStreams(stack.nats.url, services, say);
    timing.onServers();
    const links: Links = (await timing.links?.(stack, services)) ?? {
      natsUrl: () => stack.nats.url,
      mongoUrl: (name) => stack.mongo.url(name),
    };
    const running = await startServices({ dir, services, ...links }, stack, provision, say);
    return { ...running, clocks: timing.clocks ?? {} };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

async function startServices(
  seat: Omit<Place, 'ports'>,
  stack: Stack,
  provision: () => Promise<void>,
  say: Say,
): Promise<Omit<Platform, 'clocks'>> {
  const { dir, services } = seat;
  const place: Place = { ...seat, ports: await keepPorts(dir, portNames(services)) };
  const fleet = new Fleet(place);
  const own = { name: 'npm start', pid: process.pid };
  const usage = new UsageAccount(() => [...fleet.running(), ...stack.pids(), own]);
  usage.start();
  say(`starting ${services.length} services and the sandbox`);
  try {
    // Services wait for what they miss, so both may go on at once.
    await Promise.all([provision(), fleet.start()]);
  } catch (error) {
    await fleet.stop();
    throw error instanceof SetUpFailure ? error : new SetUpFailure(String(error), { cause: error });
  }
  writeEndpoints(dir, endpointsOf(stack, fleet));
  const broker = new Broker(stack.nats.url);
  const databases = new Databases(stack.mongo.adminUrl, services);
  const stop = async () => {
    removeEndpoints(dir);
    usage.stop();
    await fleet.stop();
    await Promise.all([broker.close(), databases.close()]);
    await stack.stop();
  };
  const api = new Api(fleet.urls.outside.tokens);
  return { dir, stack, services, fleet, api, broker, databases, usage, provision, stop };
}

export const endpointsOf = (stack: Pick<Stack, 'nats'>, { urls }: Pick<Fleet, 'urls'>): Endpoints => {
  const services = Object.entries(urls.services).map(([name, url]) => [
    name,
    { url, docs: `${url}/docs`, health: `${url}/health/ready`, metrics: `${url}/metrics` },
  ]);
  const outside = OUTSIDE.map((system) => [`sandbox-${system}`, { url: urls.outside[system] }]);
  return {
    version: 1,
    pid: process.pid,
    nats: { url: stack.nats.url, ...(stack.nats.monitorUrl ? { monitorUrl: stack.nats.monitorUrl } : {}) },
    services: Object.fromEntries([...services, ...outside]),
    token: { url: `${urls.outside.tokens}/oauth/token`, body: { ...DEMO }, field: 'access_token' },
  };
};

export const logsIn = (dir: string): string => join(dir, 'logs');
