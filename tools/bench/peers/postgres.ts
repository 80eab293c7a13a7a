/** A PostgreSQL server of our own, from the machine's packages, with its standard durability (fsync, synchronous commit). */
import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import getPort from 'get-port';
import { until } from '../../stack/until.ts';
import { childOf, type Child } from './peer.ts';

const DEBIAN = '/usr/lib/postgresql';
const READY_MS = 30_000;
const MISSING = 'PostgreSQL is not installed (`apt-get install postgresql`)';
const USER = 'bench';

/** The newest one that Debian's packages have put there. */
const programs = (): string | undefined => {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(DEBIAN, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
};

/** It refuses to run as root: then it runs as the user that its package has made. */
async function identity(): Promise<{ uid: number; gid: number } | Record<string, never>> {
  if (process.getuid?.() !== 0) return {};
  const id = async (flag: string) => Number((await execa('id', [flag, 'postgres'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

export const missingPostgres = async (): Promise<string | undefined> => (programs() ? undefined : MISSING);

export interface Postgres {
  readonly child: Child;
  readonly port: number;
  readonly user: string;
  url(database: string): string;
}

export async function startPostgres(dir: string, databases: readonly string[]): Promise<Postgres> {
  const bin = programs();
  if (!bin) throw new Error(MISSING);
  const as = await identity();
  const seat = join(dir, 'postgres');
  mkdirSync(seat, { recursive: true });
  if ('uid' in as) chownSync(seat, as.uid as number, as.gid as number);
  const data = join(seat, 'data');
  await execa(join(bin, 'initdb'), ['-D', data, '-U', USER, '--auth=trust', '--encoding=UTF8', '--no-locale'], {
    ...as,
    cwd: seat,
  });
  const port = await getPort();
  const settings = [
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `unix_socket_directories=${seat}`,
    '-c',
    'max_connections=200',
  ];
  const child = childOf(
    spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...settings], { ...as, cwd: seat }),
    join(dir, 'postgres.log'),
  );
  try {
    const given = ['-h', '127.0.0.1', '-p', String(port), '-U', USER];
    const check = async () => (await execa(join(bin, 'pg_isready'), given, { reject: false })).exitCode === 0;
    await until({ what: 'PostgreSQL to be ready', deadlineMs: READY_MS, check });
    for (const database of databases) await execa(join(bin, 'createdb'), [...given, database]);
  } catch (error) {
    await child.end();
    throw error;
  }
  return { child, port, user: USER, url: (database) => `postgresql://${USER}@127.0.0.1:${port}/${database}` };
}
