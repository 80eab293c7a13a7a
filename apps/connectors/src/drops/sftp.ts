/** A folder of a partner's SFTP server. The server is known by the hash of its key, never taken at its word. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import type { Client, SFTPWrapper } from 'ssh2';
import type { Drop, Lying } from './drop.js';

export interface SftpPlace {
  readonly host: string;
  readonly port?: number;
  readonly user: string;
  readonly password?: string;
  /** private key, PEM or OpenSSH */
  readonly key?: string;
  /** of the server's key, as `ssh-keygen -lf` shows it: `SHA256:...` */
  readonly hostKey: string;
  readonly path: string;
}
const READY_MS = 10_000;
const FILE = 0o100000;
const KIND = 0o170000;

const connected = async ({ host, port = 22, user, password, key, hostKey }: SftpPlace): Promise<Client> => {
  // Loaded by those who use it only: it is large.
  const { default: ssh2 } = await import('ssh2');
  const client = new ssh2.Client();
  return new Promise((resolve, reject) => {
    const hostVerifier = (blob: Buffer): boolean =>
      `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}` === hostKey.replace(/=+$/, '');
    client
      .once('ready', () => resolve(client))
      .on('error', reject)
      .connect({
        host,
        port,
        username: user,
        readyTimeout: READY_MS,
        keepaliveInterval: 10_000,
        hostVerifier,
        ...(password === undefined ? {} : { password }),
        ...(key === undefined ? {} : { privateKey: key }),
      });
  });
};

const join = (...parts: readonly string[]): string => parts.join('/').replace(/\/{2,}/g, '/');

export const openSftp = async (place: SftpPlace): Promise<Drop> => {
  const client = await connected(place);
  const sftp: SFTPWrapper = await promisify<SFTPWrapper>((done) => client.sftp(done as never))();
  const readdir = promisify(sftp.readdir.bind(sftp)) as (
    path: string,
  ) => Promise<readonly { filename: string; attrs: { mode: number; size: number; mtime: number } }[]>;
  const mkdir = promisify(sftp.mkdir.bind(sftp) as (path: string, done: (error?: Error | null) => void) => void);
  const unlink = promisify(sftp.unlink.bind(sftp));
  const rename = promisify(sftp.rename.bind(sftp));
  const { path } = place;
  return {
    list: async (): Promise<readonly Lying[]> =>
      (await readdir(path))
        .filter(({ attrs }) => (attrs.mode & KIND) === FILE)
        .map(({ filename: name, attrs }) => ({ name, bytes: attrs.size, modified: attrs.mtime })),
    open: (name): Promise<Readable> => {
      const stream = sftp.createReadStream(join(path, name)) as unknown as Readable;
      // A connection that breaks after the file was read is told by the next look, not by a stream nobody reads.
      return Promise.resolve(stream.on('error', () => undefined));
    },
    move: async (name, into, as): Promise<void> => {
      const target = join(path, into, as);
      // Is it there already? If it can't be made, the rename says so.
      await mkdir(join(path, into)).catch(() => undefined);
      // Of this name and this hash there may be one already: the same file, which SFTP would not write over.
      await unlink(target).catch(() => undefined);
      await rename(join(path, name), target);
    },
    close: () => {
      client.end();
      return Promise.resolve();
    },
  };
};
