/** Signing keys, kept on disk: tokens stay good over a restart. Old keys still verify after a rotation. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';

const ALGORITHM = 'RS256';
/** Keys that still verify: the newest and those before it. */
const KEPT = 4;

export interface SigningKey {
  readonly kid: string;
  readonly key: CryptoKey;
}

const freshKey = async (): Promise<JWK> => {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: ALGORITHM, use: 'sig' };
};

const publicPart = ({ kty, n, e, kid, alg, use }: JWK): JWK => ({ kty, n, e, kid, alg, use }) as JWK;

export class Keys {
  private constructor(
    private readonly file: string,
    /** newest first */
    private kept: readonly JWK[],
  ) {}

  static async open(file: string): Promise<Keys> {
    const kept = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as JWK[]) : [];
    const keys = new Keys(file, kept);
    if (kept.length === 0) await keys.rotate();
    return keys;
  }

  /** A new key signs from now on. Answers its id. */
  async rotate(): Promise<string> {
    const fresh = await freshKey();
    this.kept = [fresh, ...this.kept].slice(0, KEPT);
    await mkdir(dirname(this.file), { recursive: true });
    const half = `${this.file}.half`;
    await writeFile(half, JSON.stringify(this.kept), { mode: 0o600 });
    await rename(half, this.file);
    return fresh.kid as string;
  }

  async signing(): Promise<SigningKey> {
    const [newest] = this.kept as [JWK];
    return { kid: newest.kid as string, key: (await importJWK(newest, ALGORITHM)) as CryptoKey };
  }

  jwks(): { keys: JWK[] } {
    return { keys: this.kept.map(publicPart) };
  }
}
