/** Bearer tokens: JWTs of one issuer for one audience. Tenant and rights come from here and from nowhere else. */
import { createHash } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { Actor } from '@crossdock/kernel';
import { Problem } from './problem.js';

export interface Claims {
  readonly tenant: string;
  readonly actor: Actor;
  readonly scopes: readonly string[];
  readonly expiresAtMs: number;
}
export interface Tokens {
  /** `Problem` 401 `token-missing` when it is not valid, 503 `keys-unreachable` when that can't be known */
  claims(token: string): Promise<Claims>;
}
export const TOKENS = Symbol('crossdock:tokens');

export interface TokenOptions {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly now?: () => number;
  /** least time between two fetches of the keys */
  readonly cooldownMs?: number;
  /** where keys come from; the issuer's JWKS unless said */
  readonly keys?: JWTVerifyGetKey;
}
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const CLOCK_TOLERANCE_S = 5;
const COOLDOWN_MS = 5_000;
/** A verified token is believed without verifying again for this long; a withdrawn key counts no longer than that. */
const BELIEVED_MS = 10_000;
const BELIEVED_MOST = 2_000;
/** Tenants stand within ids, keys and subjects. */
const TENANT = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;

/** What is not a fault of the token: the keys could not be fetched, or the answer was none. */
const UNREACHABLE = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']);
const unreachable = (error: unknown): boolean => !(error instanceof errors.JOSEError) || UNREACHABLE.has(error.code);

const claimsOf = (payload: Record<string, unknown>): Claims => {
  const { tenant, sub, scope, exp, kind } = payload;
  if (typeof tenant !== 'string' || !TENANT.test(tenant))
    throw new Problem(401, 'token-missing', { detail: 'the token names no tenant' });
  if (typeof sub !== 'string' || sub === '' || sub.length > 200)
    throw new Problem(401, 'token-missing', { detail: 'the token names no subject' });
  const scopes = typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [];
  return {
    tenant,
    actor: { kind: kind === 'user' ? 'user' : 'system', id: sub },
    scopes,
    expiresAtMs: Number(exp) * 1000,
  };
};

export const openTokens = ({
  jwksUrl,
  issuer,
  audience,
  now = Date.now,
  cooldownMs = COOLDOWN_MS,
  keys,
}: TokenOptions): Tokens => {
  // An unknown key id fetches again at once (rotation), though not more often than the cooldown (tokens made up).
  const from =
    keys ??
    createRemoteJWKSet(new URL(jwksUrl), {
      cooldownDuration: cooldownMs,
      cacheMaxAge: 600_000,
      timeoutDuration: 5_000,
    });
  const believed = new Map<string, { readonly claims: Claims; readonly untilMs: number }>();
  const verify = async (token: string): Promise<Claims> => {
    try {
      const { payload } = await jwtVerify(token, from, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ['exp', 'sub', 'tenant'],
        currentDate: new Date(now()),
      });
      return claimsOf(payload);
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (unreachable(error)) throw new Problem(503, 'keys-unreachable', { retryAfterSeconds: 5 });
      const expired = error instanceof errors.JWTExpired;
      throw new Problem(401, 'token-missing', { detail: expired ? 'the token has expired' : 'the token is not valid' });
    }
  };
  return {
    claims: async (token) => {
      const key = createHash('sha256').update(token).digest('base64');
      const known = believed.get(key);
      if (known && known.untilMs > now()) return known.claims;
      const claims = await verify(token);
      if (believed.size >= BELIEVED_MOST) believed.clear();
      believed.set(key, { claims, untilMs: Math.min(now() + BELIEVED_MS, claims.expiresAtMs) });
      return claims;
    },
  };
};
