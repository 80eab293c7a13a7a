/**
 * Settings: classes with class-validator decorators, read from the environment. Field `erpUrl` is CROSSDOCK_ERP_URL.
 * Everything is checked at start, and all faults are told at once.
 */
import 'reflect-metadata';
import { hostname } from 'node:os';
import type { Type } from '@nestjs/common';
import {
  getMetadataStorage,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
  validateSync,
  type ValidationError,
} from 'class-validator';
import { IsArchiveDays } from './archive/retention.js';

export interface SettingFault {
  readonly field: string;
  /** the variable to set */
  readonly env: string;
  readonly rule: string;
  /** as given; masked when secret; undefined when nothing was given */
  readonly value?: string;
}

/** The environment does not hold what the service needs. */
export class SettingsFault extends Error {
  constructor(readonly faults: readonly SettingFault[]) {
    super(
      [
        `${faults.length === 1 ? 'One setting is' : `${faults.length} settings are`} wrong:`,
        ...faults.map(
          ({ env, rule, value }) => `  ${env}: ${rule}${value === undefined ? ' (not set)' : ` (is ${value})`}`,
        ),
      ].join('\n'),
    );
  }
}

const SECRETS = Symbol('crossdock:secrets');
/** Never shown: passwords, keys, connections that hold them. */
export const Secret = (): PropertyDecorator => (target, property) => {
  const own = (Reflect.getOwnMetadata(SECRETS, target) as string[] | undefined) ?? [];
  Reflect.defineMetadata(SECRETS, [...own, String(property)], target);
};
const isSecret = (settings: object, field: string): boolean => {
  for (let own: object | null = settings; own; own = Object.getPrototypeOf(own) as object | null)
    if ((Reflect.getOwnMetadata(SECRETS, own) as string[] | undefined)?.includes(field)) return true;
  return false;
};

export const envOf = (field: string): string =>
  `CROSSDOCK_${field.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()}`;

/** URL of a server; several, comma-separated, are possible for clusters. */
const SERVER_URLS = /^(nats|tls|ws|wss):\/\/[^\s,]+(,(nats|tls|ws|wss):\/\/[^\s,]+)*$/;
const NO_TLD = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

/** What every service needs to run. */
export class RuntimeSettings {
  @Secret()
  @Matches(SERVER_URLS, { message: 'must be nats://host:port, several separated by commas' })
  natsUrl!: string;
  /** with user, password and database */
  @Secret()
  @Matches(/^mongodb(\+srv)?:\/\/[^\s/]+\/[^\s/?]+/, { message: 'must be mongodb://user:password@host:port/database' })
  mongoUrl!: string;
  @IsString() @MinLength(1) httpHost = '127.0.0.1';
  /** 0: any free one */
  @IsInt() @Min(0) @Max(65_535) httpPort = 3000;
  /** who issues tokens: the `iss` claim */
  @IsUrl(NO_TLD) issuerUrl!: string;
  /** where its keys are; by default beneath the issuer */
  @IsOptional() @IsUrl(NO_TLD) jwksUrl?: string;
  @IsString() @MinLength(1) audience = 'crossdock';
  @IsInt() @Min(200) @Max(60_000) leaseMs = 3_000;
  /** how long the broker waits for an acknowledgement before it delivers again; any time is safe, a short one is waste */
  @IsInt() @Min(100) @Max(86_400_000) ackWaitMs = 600_000;
  /** how often a lane looks whether the broker is still the one it knew */
  @IsInt() @Min(1_000) @Max(3_600_000) checkMs = 60_000;
  /** what a stop may take */
  @IsInt() @Min(100) @Max(300_000) drainMs = 10_000;
  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'silent']) logLevel = 'info';
  /** streams and consumers are provisioned by somebody else: wait for them, make none */
  @IsBoolean() bindOnly = false;
  /** copies of each stream that is provisioned: 3 in production */
  @IsInt() @Min(1) @Max(5) streamReplicas = 1;
  @IsInt() @Min(1_024) @Max(64 * 1024 * 1024) bodyLimitBytes = 16 * 1024 * 1024;
  @IsInt() @Min(1_024) @Max(4 * 1024 * 1024 * 1024) uploadLimitBytes = 512 * 1024 * 1024;
  /** lanes per decider, JSON: {"orders":2}; 1 unless said */
  @IsObject() lanes: Record<string, number> = {};
  /** how many days the archive keeps what, JSON: {"webhook":90}; see `archive/retention.ts` for kinds and days unless said */
  @IsArchiveDays() archiveDays: Record<string, number> = {};
  /** name of this replica among its like */
  @IsString() @MinLength(1) instance = `${hostname()}-${process.pid}-${Date.now().toString(36)}`;
  /** share of requests that are traced, 0 to 1; a caller's own sampled trace is always followed */
  @IsNumber() @Min(0) @Max(1) traceRatio = 0;
  /** OTLP/HTTP collector that spans are sent to, such as http://collector:4318/v1/traces */
  @IsOptional() @IsUrl(NO_TLD) traceUrl?: string;
  /** file that spans are appended to, a JSON line each */
  @IsOptional() @IsString() traceFile?: string;
  /** requests a second and caller, with a burst of as many; 0: no limit */
  @IsInt() @Min(0) requestsPerSecond = 0;
}

export const jwksUrlOf = (settings: RuntimeSettings): string =>
  settings.jwksUrl ?? `${settings.issuerUrl.replace(/\/$/, '')}/.well-known/jwks.json`;

type Environment = Readonly<Record<string, string | undefined>>;

/** Text of a variable as the type that the field has: by its default, else by its declared type. */
const typed = (text: string, fallback: unknown, declared: unknown): unknown => {
  const kind = fallback === undefined ? declared : (fallback as object).constructor;
  if (kind === Number) return text.trim() === '' ? NaN : Number(text);
  if (kind === Boolean) return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text;
  if (kind === String) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

/** Fields with decorators, whether they have a default or not. */
const fieldsOf = (settings: object): readonly string[] => {
  const marked = getMetadataStorage().getTargetValidationMetadatas(settings.constructor, '', false, false);
  return [...new Set([...Object.keys(settings), ...marked.map(({ propertyName }) => propertyName)])];
};

const rulesOf = (error: ValidationError): readonly string[] => {
  const own = Object.values(error.constraints ?? {}).map((text) => text.replace(new RegExp(`^${error.property} `), ''));
  const nested = (error.children ?? []).flatMap((child) => rulesOf(child).map((rule) => `${child.property}: ${rule}`));
  return [...own, ...nested];
};

/** Names that give away a secret even where its field is not marked. */
const TELLING = /secret|password|token|credential|connections$/i;
const masked = (settings: object, field: string, text: string | undefined): string | undefined => {
  if (text === undefined || text === '') return undefined;
  if (isSecret(settings, field) || TELLING.test(field)) return '***';
  return JSON.stringify(text.slice(0, 200).replace(/\/\/[^@/\s]*@/g, '//***@'));
};

/** Reads one class from the environment. Faults are added to the list, so that several classes are told together. */
const read = <T extends object>(settingsClass: Type<T>, env: Environment, faults: SettingFault[]): T => {
  const settings = new settingsClass();
  for (const field of fieldsOf(settings)) {
    const text = env[envOf(field)];
    if (text === undefined || text === '') continue;
    const declared: unknown = Reflect.getMetadata('design:type', settings, field);
    (settings as Record<string, unknown>)[field] = typed(text, (settings as Record<string, unknown>)[field], declared);
  }
  for (const error of validateSync(settings, { forbidUnknownValues: false })) {
    const env_ = envOf(error.property);
    const value = masked(settings, error.property, env[env_]);
    const fault = { field: error.property, env: env_, rule: rulesOf(error).join('; ') };
    faults.push(value === undefined ? fault : { ...fault, value });
  }
  return settings;
};

/** Reads all classes, or throws `SettingsFault` with every fault of every one. */
export const settingsFrom = <const C extends readonly Type<object>[]>(
  env: Environment,
  ...classes: C
): { readonly [N in keyof C]: InstanceType<C[N]> } => {
  const faults: SettingFault[] = [];
  const found = classes.map((settingsClass) => read(settingsClass, env, faults));
  if (faults.length > 0) throw new SettingsFault(faults);
  return found as unknown as { readonly [N in keyof C]: InstanceType<C[N]> };
};

/** A variable of the environment as a settings class has it: for those who write down how a service is deployed. */
export interface Variable {
  readonly env: string;
  readonly field: string;
  /** without it the service does not start */
  readonly required: boolean;
  readonly secret: boolean;
  /** what it is when nothing is given */
  readonly standard?: unknown;
}

export const variablesOf = (settingsClass: Type<object>): readonly Variable[] => {
  const faults: SettingFault[] = [];
  const settings = read(settingsClass, {}, faults);
  return fieldsOf(settings).map((field) => {
    const standard = (settings as Record<string, unknown>)[field];
    const required = faults.some((fault) => fault.field === field);
    const secret = isSecret(settings, field) || TELLING.test(field);
    return { env: envOf(field), field, required, secret, ...(standard === undefined ? {} : { standard }) };
  });
};
