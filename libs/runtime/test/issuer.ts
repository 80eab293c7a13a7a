/** A token issuer of the test's own: an HTTP server with a JWKS whose keys can be changed. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

export interface TokenWish {
  readonly tenant?: string | undefined;
  readonly scope?: string;
  readonly sub?: string;
  readonly audience?: string;
  readonly issuer?: string;
  readonly expiresIn?: string | number;
}

export class Issuer {
  private keys: { readonly kid: string; readonly key: CryptoKey; readonly jwk: JWK }[] = [];
  /** how often the keys were fetched */
  fetched = 0;
  /** status that the key endpoint answers with */
  status = 200;

  private constructor(private readonly server: Server) {
    server.on('request', (_request, response) => {
      this.fetched++;
      response.writeHead(this.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ keys: this.keys.map(({ jwk }) => jwk) }));
    });
  }

  static async start(): Promise<Issuer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = new Issuer(server);
    await issuer.rotate();
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  get jwksUrl(): string {
    return `${this.url}/.well-known/jwks.json`;
  }

  /** A new key; the old ones are withdrawn. */
  async rotate(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const kid = `key-${Date.now()}-${Math.random()}`;
    this.keys = [{ kid, key: privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } }];
  }

  async token(wish: TokenWish = {}): Promise<string> {
    const [first] = this.keys;
    if (!first) throw new Error('no key');
    const { kid, key } = first;
    const tenant = 'tenant' in wish ? wish.tenant : 'acme';
    const claims = {
      ...(tenant === undefined ? {} : { tenant }),
      scope: wish.scope ?? 'notes:read notes:write exceptions:read exceptions:write',
    };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid })
      .setSubject(wish.sub ?? 'tester')
      .setIssuer(wish.issuer ?? this.url)
      .setAudience(wish.audience ?? 'crossdock')
      .setIssuedAt()
      .setExpirationTime(wish.expiresIn ?? '5m')
      .sign(key);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
