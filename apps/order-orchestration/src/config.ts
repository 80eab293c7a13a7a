/** Settings of this service; field `erpUrl` is read from CROSSDOCK_ERP_URL. */
import { Secret } from '@crossdock/runtime';
import { IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, MinLength, ValidateBy } from 'class-validator';
import type { ShopifyConnection } from './translate/shopify.js';

const isFilled = (value: unknown): boolean => typeof value === 'string' && value.length > 0;
const isConnections = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every(
    (connection: Partial<ShopifyConnection> | null) => isFilled(connection?.tenant) && isFilled(connection?.secret),
  );
const IsConnections = (): PropertyDecorator =>
  ValidateBy(
    { name: 'isConnections', validator: { validate: isConnections } },
    { message: 'must be JSON: {"<connection>": {"tenant": "...", "secret": "..."}}' },
  );
const NO_TLD = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

export class OrderSettings {
  @IsUrl(NO_TLD) erpUrl!: string;
  /** token for the ERP, when it asks for one */
  @Secret() @IsOptional() @IsString() @MinLength(1) erpToken?: string;
  /** lines that the ERP takes in one order; a longer one is registered in parts */
  @IsInt() @Min(1) @Max(5000) erpLineLimit = 200;
  /** shops that send webhooks, by name of the connection */
  @Secret() @IsConnections() shopifyConnections: Record<string, ShopifyConnection> = {};
  /** lines that a document may have */
  @IsInt() @Min(1) @Max(5000) maxLines = 5000;
  /** days after today that a document's business date, on which its journals are posted, may lie in */
  @IsInt() @Min(0) @Max(36_500) daysAhead = 31;
  /** documents that one bulk request may have */
  @IsInt() @Min(1) @Max(10_000) bulkLimit = 1000;
  /** documents of a file that are under way at once */
  @IsInt() @Min(1) @Max(512) fileConcurrency = 64;
  /** node that files mean when they name none: where returns come in and adjustments apply */
  @IsString() @MinLength(1) fileNode = 'DC1';
  /** currency of files whose layout names none */
  @Matches(/^[A-Z]{3}$/) fileCurrency = 'GBP';
}
