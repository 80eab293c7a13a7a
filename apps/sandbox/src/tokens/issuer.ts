/** Issues tokens by client credentials (RFC 6749, 4.4) as signed JWTs (RFC 9068 claims, plus `tenant`). */
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { Refused } from '../web/problem.js';
import { CLIENTS, grantedScopes, type Client } from './clients.js';
import type { Keys } from './keys.js';

export interface IssuerSettings {
  /** known only when the server listens */
  readonly issuer: () => string;
  readonly audience: string;
  readonly tenant: string;
  readonly tokenSeconds: number;
}
export interface Token {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly scope: string;
}

export class Issuer {
  private readonly own = new Map<string, { readonly token: string; readonly goodUntil: number }>();

  constructor(
    private readonly keys: Keys,
    private readonly settings: IssuerSettings,
  ) {}

  async issue(id: string | undefined, secret: string | undefined, scope?: string): Promise<Token> {
    const client = CLIENTS.find((candidate) => candidate.id === id && candidate.secret === secret);
    if (!client) throw new Refused(401, 'invalid_client', 'no such client, or another secret');
    const scopes = grantedScopes(client, scope);
    if (!scopes) throw new Refused(400, 'invalid_scope', `${client.id} may have: ${client.scopes.join(' ')}`);
    return this.sign(client, scopes);
  }

  /** A token for a system of the sandbox itself, kept while it is good. */
  async tokenOf(id: string): Promise<string> {
    const kept = this.own.get(id);
    if (kept && kept.goodUntil > Date.now()) return kept.token;
    const client = CLIENTS.find((candidate) => candidate.id === id) as Client;
    const { access_token: token, expires_in: seconds } = await this.sign(client, client.scopes);
    this.own.set(id, { token, goodUntil: Date.now() + seconds * 800 });
    return token;
  }

  /** Own tokens are asked for anew, as after a 401. */
  forget(): void {
    this.own.clear();
  }

  private async sign(client: Client, scopes: readonly string[]): Promise<Token> {
    const { issuer, audience, tenant, tokenSeconds } = this.settings;
    const { kid, key } = await this.keys.signing();
    const scope = scopes.join(' ');
    const token = await new SignJWT({ tenant: client.tenant ?? tenant, scope, client_id: client.id })
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt' })
      .setIssuer(issuer())
      .setAudience(audience)
      .setSubject(client.id)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${tokenSeconds}s`)
      .sign(key);
    return { access_token: token, token_type: 'Bearer', expires_in: tokenSeconds, scope };
  }
}
