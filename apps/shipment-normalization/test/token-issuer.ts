/** A token issuer for this test: an HTTP server with a key set, and tokens signed with its key. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
export const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${portOf(server)}`;
};
export const closed = (server: Server | undefined): Promise<void> =>
  new Promise((resolve) => {
    server?.closeAllConnections();
    if (server) server.close(() => resolve());
    else resolve();
  });

export interface TokenIssuer {
  readonly url: string;
  readonly server: Server;
  token(scope: string, tenant?: string): Promise<string>;
}
export const startIssuer = async (): Promise<TokenIssuer> => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  const server = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] })));
  const url = await listening(server);
  const sign = (key: CryptoKey, scope: string, tenant: string): Promise<string> =>
    new SignJWT({ tenant, scope })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setIssuer(url)
      .setAudience('crossdock')
      .setSubject('wms')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(key);
  return { url, server, token: (scope, tenant = 'acme') => sign(privateKey, scope, tenant) };
};
