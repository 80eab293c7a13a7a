/** A copy of this clone that can be built and run: its own files, everybody else's packages by link. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT, SERVERS_DIR } from '../stack/files.ts';

/** What git knows or would take, so nothing that was built and no books. */
function ownFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return listed.split('\0').filter((file) => file !== '' && existsSync(join(ROOT, file)));
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
  const copy = mkdtempSync(join(tmpdir(), 'crossdock-copy-'));
  for (const file of ownFiles()) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(ROOT, file), join(copy, file));
  }
  linkPackages(copy);
  mkdirSync(join(copy, '.crossdock'));
  if (existsSync(SERVERS_DIR)) symlinkSync(SERVERS_DIR, join(copy, '.crossdock', 'servers'));
  const git = (...args: string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], { cwd: copy });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'the clone as it stands');
  return copy;
}
