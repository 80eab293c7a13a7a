/** The token issuer: OAuth 2 client credentials, its keys, and their rotation. */
import type { FastifyInstance } from 'fastify';
import { Refused } from '../web/problem.js';
import { PARTNER } from '../web/server.js';
import type { Issuer } from './issuer.js';
import type { Keys } from './keys.js';

interface TokenRequest {
  readonly grant_type?: string;
  readonly client_id?: string;
  readonly client_secret?: string;
  readonly scope?: string;
}

/** Id and secret as HTTP Basic has them (RFC 6749, 2.3.1). */
const basicCredentials = (header: string | undefined): TokenRequest => {
  const match = /^Basic (.+)$/i.exec(header ?? '');
  if (!match) return {};
  const [id = '', ...secret] = Buffer.from(match[1] as string, 'base64')
    .toString()
    .split(':');
  return { client_id: decodeURIComponent(id), client_secret: decodeURIComponent(secret.join(':')) };
};

export const openTokens = (app: FastifyInstance, issuer: Issuer, keys: Keys, url: () => string): void => {
  app.post<{ Body: TokenRequest | undefined }>('/oauth/token', PARTNER, async ({ body, headers }, reply) => {
    const asked = { ...basicCredentials(headers.authorization), ...body };
    if (asked.grant_type !== undefined && asked.grant_type !== 'client_credentials') {
      throw new Refused(400, 'unsupported_grant_type', 'only client_credentials');
    }
    void reply.header('cache-control', 'no-store');
    return issuer.issue(asked.client_id, asked.client_secret, asked.scope);
  });
  app.get('/.well-known/jwks.json', PARTNER, () => keys.jwks());
  app.get('/.well-known/openid-configuration', PARTNER, () => ({
    issuer: url(),
    token_endpoint: `${url()}/oauth/token`,
    jwks_uri: `${url()}/.well-known/jwks.json`,
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['token'],
    subject_types_supported: ['public'],
  }));
  app.post('/rotate', async () => {
    const kid = await keys.rotate();
    issuer.forget();
    return { kid };
  });
};
