/** Settings of this service; field `translateLimitBytes` is read from CROSSDOCK_TRANSLATE_LIMIT_BYTES. */
import { Secret, type WebhookSigning } from '@crossdock/runtime';
import { IsInt, Max, Min, ValidateBy } from 'class-validator';
import type { SftpPlace } from './drops/sftp.js';
import { isShopConnection, type ShopConnection } from './shops/connection.js';

/** Who sends webhooks by a connection, and how they sign. */
export interface WebhookConnection {
  readonly tenant: string;
  readonly partner: string;
  readonly signing: WebhookSigning;
}

/** Whose files lie in a place. */
export interface DropConnection {
  readonly tenant: string;
  /** the partner when all files are of one; else their envelopes tell */
  readonly partner?: string;
}
/** `in` is watched; documents for the partner are put into `out`. */
export interface FolderConnection extends DropConnection {
  readonly in?: string;
  readonly out?: string;
}
export type SftpConnection = DropConnection & SftpPlace;

const isFilled = (value: unknown): boolean => typeof value === 'string' && value.length > 0;
const holds = (value: unknown, fits: (connection: Record<string, unknown>) => boolean): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((one: unknown) => typeof one === 'object' && one !== null && fits(one as never));
const IsConnections = (fits: (connection: Record<string, unknown>) => boolean, example: string): PropertyDecorator =>
  ValidateBy(
    { name: 'isConnections', validator: { validate: (value: unknown) => holds(value, fits) } },
    { message: `must be JSON: {"<connection>": ${example}}` },
  );

export class ConnectorsSettings {
  /** bytes of one file that a door takes and archives */
  @IsInt() @Min(1_024) @Max(1024 * 1024 * 1024) fileLimitBytes = 128 * 1024 * 1024;
  /** bytes of one file that are read as a whole; a larger one is archived and waits in quarantine, unless it is EDI, which is a stream */
  @IsInt() @Min(1_024) @Max(1024 * 1024 * 1024) translateLimitBytes = 32 * 1024 * 1024;
  /** documents that are replayed while the caller waits; more are a job, by pages of so many */
  @IsInt() @Min(1) @Max(10_000) replayLimit = 1_000;
  /** bytes of one webhook, all of which its signature covers */
  @IsInt() @Min(1_024) @Max(64 * 1024 * 1024) webhookLimitBytes = 8 * 1024 * 1024;
  /** partners that send webhooks, by name of the connection */
  @Secret()
  @IsConnections(
    ({ tenant, partner, signing }) =>
      isFilled(tenant) && isFilled(partner) && isFilled((signing as { secret?: unknown } | null)?.secret),
    '{"tenant": "...", "partner": "...", "signing": {"scheme": "standard-webhooks", "secret": "whsec_..."}}',
  )
  webhookConnections: Record<string, WebhookConnection> = {};
  /** folders where partners put files down, by name of the connection */
  @IsConnections(
    ({ tenant, in: given, out }) => isFilled(tenant) && (isFilled(given) || isFilled(out)),
    '{"tenant": "...", "in": "/path", "out": "/path"}',
  )
  folders: Record<string, FolderConnection> = {};
  /** SFTP servers where partners put files down, by name of the connection */
  @Secret()
  @IsConnections(
    ({ tenant, host, user, hostKey, path, password, key }) =>
      [tenant, host, user, hostKey, path].every(isFilled) && (isFilled(password) || isFilled(key)),
    '{"tenant": "...", "host": "...", "user": "...", "key": "...", "hostKey": "SHA256:...", "path": "/"}',
  )
  sftpConnections: Record<string, SftpConnection> = {};
  /** between two looks at a place */
  @IsInt() @Min(20) @Max(3_600_000) dropLookMs = 2_000;
  /** how long a file must lie unchanged before it is taken */
  @IsInt() @Min(0) @Max(3_600_000) dropSettleMs = 5_000;
  /** shops whose API is asked for orders, and told of fulfilments and stock, by name of the connection */
  @Secret()
  @IsConnections(
    isShopConnection,
    '{"tenant": "...", "shop": "bigcommerce | amazon | shopify | woocommerce", "url": "https://...", "token": "..."}',
  )
  shopConnections: Record<string, ShopConnection> = {};
  /** secrets that sign webhooks to partners, by name of the connection that their delivery names */
  @Secret()
  @IsConnections(
    ({ tenant, secret }) => isFilled(tenant) && isFilled(secret),
    '{"tenant": "...", "secret": "whsec_..."}',
  )
  deliverySecrets: Record<string, { readonly tenant: string; readonly secret: string }> = {};
}
