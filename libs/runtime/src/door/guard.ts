/** Who may come in: every route names its scopes or says that it is public; who calls comes from the token alone. */
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { RuntimeSettings } from '../config.js';
import { ACCESS, TAKES_BYTES, type Access } from './decorators.js';
import type { Caller } from './door.js';
import { headerOf, pathOf, type HttpRequest } from './http.js';
import { bodyHashOf, idempotencyKeyOf } from './identity.js';
import { Problem } from './problem.js';
import { TOKENS, type Claims, type Tokens } from './tokens.js';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const NOBODY: Claims = { tenant: '', actor: { kind: 'system', id: 'anonymous' }, scopes: [], expiresAtMs: 0 };

/** Requests a second per caller, with a burst of as many. */
export class Allowance {
  private readonly callers = new Map<string, { left: number; atMs: number }>();
  constructor(
    private readonly perSecond: number,
    private readonly now: () => number = Date.now,
  ) {}
  take(caller: string): boolean {
    if (this.perSecond === 0) return true;
    const now = this.now();
    if (this.callers.size > 10_000) this.callers.clear();
    const before = this.callers.get(caller) ?? { left: this.perSecond, atMs: now };
    const left = Math.min(this.perSecond, before.left + ((now - before.atMs) / 1000) * this.perSecond);
    this.callers.set(caller, { left: left >= 1 ? left - 1 : left, atMs: now });
    return left >= 1;
  }
}

@Injectable()
export class AccessGuard implements CanActivate {
  private readonly allowance: Allowance;
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(TOKENS) private readonly tokens: Tokens,
    @Inject(RuntimeSettings) settings: RuntimeSettings,
  ) {
    this.allowance = new Allowance(settings.requestsPerSecond);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!access) throw new Problem(403, 'scope-missing');
    const open = access.kind === 'public' || (access.kind === 'loopback' && LOOPBACK.has(request.ip));
    const claims = open ? NOBODY : await this.tokens.claims(bearerOf(request));
    if (!open) {
      const missing = access.scopes.filter((scope) => !claims.scopes.includes(scope));
      if (missing.length > 0)
        throw new Problem(403, 'scope-missing', { detail: `the token lacks ${missing.join(', ')}` });
      if (!this.allowance.take(`${claims.tenant}|${claims.actor.id}`))
        throw new Problem(429, 'too-many-requests', { retryAfterSeconds: 1 });
    }
    if (request.broken && !this.reflector.get<boolean | undefined>(TAKES_BYTES, context.getHandler()))
      throw request.broken;
    request.caller = callerOf(request, claims);
    return true;
  }
}

const bearerOf = (request: HttpRequest): string => {
  const match = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(headerOf(request, 'authorization') ?? '');
  if (!match?.[1]) throw new Problem(401, 'token-missing');
  return match[1];
};

const callerOf = (request: HttpRequest, claims: Claims): Caller => {
  const key = idempotencyKeyOf(headerOf(request, 'idempotency-key'));
  const bodyHash = bodyHashOf(request.rawBody);
  return {
    tenant: claims.tenant,
    actor: claims.actor,
    scopes: claims.scopes,
    correlationId: request.correlationId ?? '',
    ...(key ? { idempotencyKey: key } : {}),
    request: {
      route: `${request.method} ${pathOf(request)}`,
      ...(bodyHash ? { bodyHash } : {}),
      ...(request.traceparent ? { traceparent: request.traceparent } : {}),
    },
  };
};
