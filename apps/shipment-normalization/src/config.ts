/** Settings of this service; field `wmsUrl` is read from CROSSDOCK_WMS_URL. */
import { Secret } from '@crossdock/runtime';
import { IsInt, IsOptional, IsUrl, Max, Min, ValidateBy } from 'class-validator';

/** A webhook's sender: whose packages it reports, and the secret it signs with. */
export interface EasypostConnection {
  readonly tenant: string;
  readonly secret: string;
}
const isFilled = (value: unknown): boolean => typeof value === 'string' && value.length > 0;
const isConnections = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every(
    (connection: Partial<EasypostConnection> | null) => isFilled(connection?.tenant) && isFilled(connection?.secret),
  );
const IsConnections = (): PropertyDecorator =>
  ValidateBy(
    { name: 'isConnections', validator: { validate: isConnections } },
    { message: 'must be JSON: {"<connection>": {"tenant": "...", "secret": "..."}}' },
  );

const NO_TLD = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

export class ShipmentSettings {
  /** the warehouse system */
  @IsUrl(NO_TLD) wmsUrl!: string;
  /** where the warehouse reaches us, when it can't know; told to it with each request */
  @IsOptional() @IsUrl(NO_TLD) publicUrl?: string;
  /** senders of EasyPost webhooks by name of the connection */
  @Secret() @IsConnections() easypostConnections: Record<string, EasypostConnection> = {};
  /** a package under way of which nothing was heard for so long is shown as degraded */
  @IsInt() @Min(1_000) @Max(90 * 86_400_000) trackingStaleAfterMs = 24 * 3_600_000;
}
