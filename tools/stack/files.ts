/** What a clone keeps below `.crossdock/`: where it lies, and how it is written so that a crash leaves no half file. */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import getPort from 'get-port';

/** The root of this clone. */
export const ROOT = dirname(dirname(import.meta.dirname));
export const CLONE_DIR = join(ROOT, '.crossdock');
export const SERVERS_DIR = join(CLONE_DIR, 'servers');

/** Below the range from which operating systems hand out ports to outgoing connections. */
const PORT_MIN = 15_000;
const PORT_MAX = 32_000;

/** Every folder below `apps/` is a service (or the sandbox) with a database of its own. */
export function serviceNames(): string[] {
  const entries = readdirSync(join(ROOT, 'apps'), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

export const filesOf = (dir: string) => ({
  data: join(dir, 'data'),
  natsStore: join(dir, 'data', 'nats'),
  mongoBooks: join(dir, 'data', 'mongo'),
  secrets: join(dir, 'data', 'secrets'),
  run: join(dir, 'run'),
  stack: join(dir, 'run', 'stack.json'),
  natsConfig: (server: string) => join(dir, 'run', `${server}.conf`),
  log: (server: string) => join(dir, 'logs', `${server}.log`),
  ports: join(dir, 'ports.json'),
  endpoints: join(dir, 'endpoints.json'),
});

/** What every server of a stack is made from. */
export interface Place {
  dir: string;
  files: ReturnType<typeof filesOf>;
  ports: Partial<Record<StackPort, number>>;
  members: Members;
  secrets: Secrets;
  mongoCacheGb: number;
  natsRoute?: NatsRoute | undefined;
}

/** The port by which one broker of a cluster reaches another that listens on `port`: its own, or that of a proxy. */
export type NatsRoute = (from: MemberNumber, to: MemberNumber, port: number) => Promise<number>;

export const portOf = ({ ports }: Pick<Place, 'ports'>, name: StackPort): number => {
  const port = ports[name];
  if (port === undefined) throw new Error(`no port is kept for ${name}`);
  return port;
};

/** How many servers of each kind a stack has: one, or three that hold copies of the same. */
export interface Members {
  nats: 1 | 3;
  mongo: 1 | 3;
}
export const ALONE: Members = { nats: 1, mongo: 1 };
const NUMBERS = [1, 2, 3] as const;
export type MemberNumber = (typeof NUMBERS)[number];
export const membersOf = (count: 1 | 3): readonly MemberNumber[] => NUMBERS.slice(0, count);

type Numbered<Name extends string> = Name | `${Name}-2` | `${Name}-3`;
/** The first of its kind has no number. */
export const numbered = <Name extends string>(name: Name, member: MemberNumber): Numbered<Name> =>
  member === 1 ? name : `${name}-${member}`;

export type StackPort = Numbered<'nats' | 'natsMonitor' | 'natsRoute' | 'mongo'>;
/** Ports by name; a broker alone has no routes. */
export const stackPorts = ({ nats, mongo }: Members): readonly StackPort[] => [
  ...membersOf(nats).flatMap((member) => [numbered('nats', member), numbered('natsMonitor', member)]),
  ...(nats === 1 ? [] : membersOf(nats).map((member) => numbered('natsRoute', member))),
  ...membersOf(mongo).map((member) => numbered('mongo', member)),
];

export function readJson<T>(file: string): T | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

export function writeWhole(file: string, content: string, mode = 0o644): void {
  mkdirSync(dirname(file), { recursive: true });
  const half = `${file}.${process.pid}.half`;
  writeFileSync(half, content, { mode });
  renameSync(half, file);
}

/**
 * Ports by name, the same at every start while they are free, so that bookmarks and other programs stay right.
 * `wanted` ports are taken as they are: whoever asks for a number means it.
 */
export async function keepPorts<Name extends string>(
  dir: string,
  names: readonly Name[],
  wanted: Partial<Record<Name, number | undefined>> = {},
): Promise<Record<Name, number>> {
  const file = filesOf(dir).ports;
  const kept = readJson<Record<string, number>>(file) ?? {};
  const taken = new Set<number>();
  const ports: Record<string, number> = {};
  for (const name of names) {
    const port = wanted[name] ?? (await freePort(kept[name], taken));
    taken.add(port);
    ports[name] = port;
  }
  writeWhole(file, `${JSON.stringify({ ...kept, ...ports }, null, 2)}\n`);
  return ports as Record<Name, number>;
}

/** The ports of servers that run: free is what they are not. */
export function portsAsKept<Name extends string>(dir: string, names: readonly Name[]): Record<Name, number> {
  const kept = readJson<Record<string, number>>(filesOf(dir).ports) ?? {};
  const missing = names.filter((name) => kept[name] === undefined);
  if (missing.length > 0) throw new Error(`no port is kept for ${missing.join(', ')} in ${filesOf(dir).ports}`);
  return kept as Record<Name, number>;
}

async function freePort(preferred: number | undefined, taken: Set<number>): Promise<number> {
  // A random start keeps two clones that begin in the same second apart.
  const start = PORT_MIN + Math.floor(Math.random() * (PORT_MAX - PORT_MIN - 500));
  const candidates = Array.from({ length: 500 }, (_, step) => start + step);
  const wished = preferred && !taken.has(preferred) ? [preferred, ...candidates] : candidates;
  return getPort({ port: wished, host: '127.0.0.1', exclude: [...taken] });
}

/** Passwords of this clone's servers: derived from one random seed that lies beside the books and is wiped with them. */
export class Secrets {
  readonly keyFile: string;
  readonly #seed: string;

  constructor(dir: string) {
    const folder = filesOf(dir).secrets;
    const seedFile = join(folder, 'seed');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!existsSync(seedFile)) writeWhole(seedFile, randomBytes(32).toString('hex'), 0o600);
    this.#seed = readFileSync(seedFile, 'utf8');
    this.keyFile = join(folder, 'mongod.key');
    if (!existsSync(this.keyFile)) writeWhole(this.keyFile, this.password('replica set key'), 0o600);
  }

  password(of: string): string {
    return createHmac('sha256', this.#seed).update(of).digest('hex').slice(0, 40);
  }
}
