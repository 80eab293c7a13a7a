/** A real SSH server for a test, with one user, one folder and keys of its own. */
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import ssh2 from 'ssh2';
import { copySshd, findSshd } from '../setup/sshd.ts';
import { SERVERS_DIR } from './files.ts';
import { endProcess } from './process.ts';
import { until } from './until.ts';

export interface SshServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** the user's private key */
  readonly key: string;
  /** hash of the server's key, as `ssh-keygen -lf` shows it */
  readonly hostKey: string;
  /** a folder that the user may write to */
  readonly folder: string;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
/** sshd wants a user of its own where it runs as root, and none where it does not. */
const NOBODY = { name: 'nobody', uid: 65_534, gid: 65_534 };

const hashOf = (publicKey: string): string => {
  const blob = Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
};

const configOf = (dir: string, port: number): string =>
  [
    `Port ${port}`,
    `ListenAddress ${HOST}`,
    `HostKey ${join(dir, 'host')}`,
    'PidFile none',
    'StrictModes no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    // A user without a password counts as locked otherwise.
    'UsePAM yes',
    `AuthorizedKeysFile ${join(dir, 'user.pub')}`,
    'Subsystem sftp internal-sftp',
  ].join('\n');

export async function startSshd(say: (line: string) => void = () => undefined): Promise<SshServer> {
  const found = await findSshd(SERVERS_DIR, say);
  const isRoot = process.getuid?.() === 0;
  const dir = await mkdtemp(join(tmpdir(), 'crossdock-sshd-'));
  await chmod(dir, 0o755);
  const folder = join(dir, 'files');
  await mkdir(folder);
  const [host, user] = [ssh2.utils.generateKeyPairSync('ed25519'), ssh2.utils.generateKeyPairSync('ed25519')];
  const port = await getPort();
  await writeFile(join(dir, 'host'), host.private, { mode: 0o600 });
  await writeFile(join(dir, 'user.pub'), `${user.public}\n`);
  await writeFile(join(dir, 'sshd_config'), configOf(dir, port));
  if (isRoot) for (const own of [join(dir, 'host'), folder]) await chown(own, NOBODY.uid, NOBODY.gid);
  const sshd = await copySshd(found, dir);
  const child = spawn(sshd.path, ['-D', '-E', join(folder, '.log'), '-f', join(dir, 'sshd_config')], {
    stdio: 'ignore',
    env: { ...process.env, LD_LIBRARY_PATH: sshd.libraries.join(':') },
    ...(isRoot ? { uid: NOBODY.uid, gid: NOBODY.gid } : {}),
  });
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  const stop = async (): Promise<void> => {
    if (child.pid) await endProcess(child.pid, 'SIGTERM');
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const giveUp = (): string | undefined => (ended ? 'the process has ended' : undefined);
    await until({ what: 'sshd to answer', deadlineMs: 15_000, check: () => answers(port), giveUp });
  } catch (error) {
    const words = await readFile(join(folder, '.log'), 'utf8').catch(() => '');
    await stop();
    throw new Error(`sshd did not come up: ${(error as Error).message}\n${words}`, { cause: error });
  }
  const name = isRoot ? NOBODY.name : userInfo().username;
  return { host: HOST, port, user: name, key: user.private, hostKey: hashOf(host.public), folder, stop };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host: HOST, port });
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
    socket.setTimeout(1_000, () => {
      socket.destroy();
      resolve(false);
    });
  });
