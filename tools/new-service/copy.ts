/**
 * A copy of this clone that can be built and run: its own files, everybody else's packages by link. It does not ask
 * git what those are: a copy comes out the same from a shallow clone, somebody else's checkout or within a git hook.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, SERVERS_DIR } from '../stack/files.ts';

/** What is fetched, built or kept here; the folders of .gitignore. */
const NOT_OURS = new Set(['.git', '.nx', '.crossdock', 'node_modules', 'dist', 'coverage']);

function copyFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (NOT_OURS.has(entry.name) || entry.name.endsWith('.tsbuildinfo')) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyFolder(source, target);
    else if (entry.isFile() && existsSync(source)) copyFileSync(source, target);
  }
}

/** node_modules by link, but for our own packages: those must be the copy's. */
function linkPackages(copy: string): void {
  const from = join(ROOT, 'node_modules');
  const to = join(copy, 'node_modules');
  mkdirSync(join(to, '@crossdock'), { recursive: true });
  for (const name of readdirSync(from)) if (name !== '@crossdock') symlinkSync(join(from, name), join(to, name));
  for (const folder of ['libs/kernel', 'libs/contracts', 'libs/runtime', 'libs/testing', 'tools'])
    symlinkSync(join(copy, folder), join(to, '@crossdock', folder.slice(folder.lastIndexOf('/') + 1)));
}

/** Its folder, below the system's temporary one: within this clone Nx would see both as one workspace. */
export function copyOfClone(): string {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'crossdock-copy-')));
  copyFolder(ROOT, copy);
  linkPackages(copy);
  mkdirSync(join(copy, '.crossdock'));
  if (existsSync(SERVERS_DIR)) symlinkSync(SERVERS_DIR, join(copy, '.crossdock', 'servers'));
  commitAll(copy);
  return copy;
}

/** The checks of the published language compare with what was committed last. */
function commitAll(copy: string): void {
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@localhost'];
  const git = (...args: string[]): unknown =>
    execFileSync('git', [...who, ...args], { cwd: copy, env: environmentOf(copy) });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'the clone as it stands');
}

/** Of who runs the test, what would lead its tools to another clone, or change what they say. */
const FOREIGN = /^(npm_|INIT_CWD$|GIT_|NX_|JEST_|FORCE_COLOR$|CI$|NODE_ENV$|TS_NODE_)/;

/** The environment for commands in a copy: with its own node_modules first, without what belongs to this clone. */
export function environmentOf(copy: string): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name) && name !== 'PATH');
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    PATH: [join(copy, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(':'),
    // Signatures, hooks and identities of a person or a machine are none of the copy's.
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    NODE_OPTIONS: '--experimental-vm-modules --no-warnings',
    NO_COLOR: '1',
    NX_DAEMON: 'false',
    NX_NO_CLOUD: 'true',
    NX_ISOLATE_PLUGINS: 'false',
  };
}
