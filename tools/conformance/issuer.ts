/** Tokens for the time of a run: a key set at a URL that services trust, and a token for any tenant. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface Issuer {
  readonly url: string;
  token(tenant: string, scope: string): Promise<string>;
  close(): Promise<void>;
}

const ALGORITHM = 'ES256';
const AUDIENCE = 'crossdock';

export async function openIssuer(): Promise<Issuer> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
  const jwk = { ...(await exportJWK(publicKey)), kid: 'run', alg: ALGORITHM, use: 'sig' };
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    token: (tenant, scope) =>
      new SignJWT({ tenant, scope })
        .setProtectedHeader({ alg: ALGORITHM, kid: jwk.kid })
        .setIssuer(url)
        .setAudience(AUDIENCE)
        .setSubject('conformance')
        .setIssuedAt()
        .setExpirationTime('12h')
        .sign(privateKey),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
