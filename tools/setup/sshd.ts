/**
 * Where an SSH server for tests comes from: the machine's own, or Debian's package, downloaded and unpacked without
 * being installed. No server found is a failure that says what was tried.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { SetUpFailure, type Say } from './failure.ts';

export interface Sshd {
  readonly path: string;
  /** folders of libraries that came with it */
  readonly libraries: readonly string[];
}

const PACKAGES = ['openssh-server', 'libwrap0'];
const LIMIT_MS = 3 * 60_000;

export async function findSshd(cacheDir: string, say: Say): Promise<Sshd> {
  const places = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const own = places.map((place) => join(place, 'sshd')).find((path) => existsSync(path));
  if (own) return { path: own, libraries: [] };
  const unpacked = join(cacheDir, 'openssh-server');
  if (!existsSync(unpacked)) {
    const failed = await fetchFromDebian(cacheDir, unpacked, say);
    if (failed)
      throw new SetUpFailure(
        `No SSH server was found for the test of SFTP. Tried: sshd on PATH; ${failed}. Install openssh-server.`,
      );
  }
  const libraries = ['usr/lib', 'lib'].map((folder) => join(unpacked, folder));
  return { path: join(unpacked, 'usr', 'sbin', 'sshd'), libraries: await archesOf(libraries) };
}

const archesOf = async (folders: readonly string[]): Promise<string[]> => {
  const found = folders
    .filter((folder) => existsSync(folder))
    .map(async (folder) => {
      const names = await readdir(folder);
      return names.filter((name) => name.endsWith('-linux-gnu')).map((name) => join(folder, name));
    });
  return (await Promise.all(found)).flat();
};

/** Undefined when the packages lie unpacked in `target`, otherwise why not. */
async function fetchFromDebian(cacheDir: string, target: string, say: Say): Promise<string | undefined> {
  say('fetching openssh-server of Debian (0.5 MB, once)');
  await mkdir(cacheDir, { recursive: true });
  const work = await mkdtemp(join(cacheDir, '.openssh-'));
  try {
    const failed = (await download(work, [])) && (await downloadWithOwnLists(work));
    if (failed) return failed;
    const tree = join(work, 'tree');
    for (const name of await readdir(work)) {
      if (!name.endsWith('.deb')) continue;
      const unpacked = await execa('dpkg-deb', ['-x', join(work, name), tree], { reject: false });
      if (unpacked.exitCode !== 0) return `dpkg-deb: ${unpacked.code ?? 'failed'}`;
    }
    // Two set-ups at once each work in a folder of their own; the rename decides.
    await rename(tree, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
    return undefined;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function download(work: string, options: readonly string[]): Promise<string | undefined> {
  const done = await execa('apt-get', [...options, '-qq', 'download', ...PACKAGES], {
    cwd: work,
    reject: false,
    all: true,
    timeout: LIMIT_MS,
  });
  if (done.exitCode === 0) return undefined;
  return `apt-get download: ${done.code === 'ENOENT' ? 'not installed' : (done.all ?? '').trim().split('\n').at(-1)}`;
}

/** Images come without lists of packages; ours need no rights. */
async function downloadWithOwnLists(work: string): Promise<string | undefined> {
  const state = join(work, 'state');
  await mkdir(join(state, 'lists', 'partial'), { recursive: true });
  await mkdir(join(state, 'cache', 'archives', 'partial'), { recursive: true });
  const options = [
    '-o',
    `Dir::State=${state}`,
    '-o',
    'Dir::State::status=/var/lib/dpkg/status',
    '-o',
    `Dir::Cache=${join(state, 'cache')}`,
  ];
  await execa('apt-get', [...options, '-qq', 'update'], { reject: false, timeout: LIMIT_MS });
  return download(work, options);
}

/** A copy that another user may run: a clone may lie where only its owner can go. */
export async function copySshd(sshd: Sshd, into: string): Promise<Sshd> {
  const path = join(into, 'sshd');
  await cp(sshd.path, path);
  const libraries = sshd.libraries.map((_, at) => join(into, `lib${at}`));
  for (const [at, from] of sshd.libraries.entries())
    await cp(from, libraries[at] as string, { recursive: true, verbatimSymlinks: true });
  return { path, libraries };
}
