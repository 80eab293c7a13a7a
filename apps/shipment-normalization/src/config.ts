/** Settings of this service; field `wmsUrl` is read from CROSSDOCK_WMS_URL. */
import { Secret, type WebhookSigning } from '@crossdock/runtime';
import { IsInt, IsOptional, IsUrl, Max, Min, ValidateBy } from 'class-validator';
import { accountFault } from './ask/polls/index.js';

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

/** A carrier's or aggregator's webhook: whose packages it reports, which carrier it is, and how its sender is told. */
export interface CarrierConnection {
  readonly tenant: string;
  /** as our dispatches name it; told by the payload when left out */
  readonly carrier?: string;
  readonly signing: WebhookSigning;
}
const HEADER_NAME = /^[a-z0-9-]{1,64}$/;
const isSigning = (signing: Partial<Record<string, unknown>> | undefined): boolean => {
  if (!signing || !isFilled(signing['secret'])) return false;
  const { scheme, header, encoding = 'hex', prefix = '', deliveryHeader = 'x', toleranceMs = 1 } = signing;
  if (scheme === 'standard-webhooks') return typeof toleranceMs === 'number' && toleranceMs > 0;
  if (scheme !== 'hmac-sha256' && scheme !== 'token') return false;
  const areHeaders = [header, deliveryHeader].every((name) => typeof name === 'string' && HEADER_NAME.test(name));
  return areHeaders && (encoding === 'hex' || encoding === 'base64') && typeof prefix === 'string';
};
const isCarrierConnections = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value as Record<string, Partial<CarrierConnection> | null>).every(
    (connection) =>
      isFilled(connection?.tenant) &&
      (connection?.carrier === undefined || isFilled(connection.carrier)) &&
      isSigning(connection?.signing as never),
  );
const IsCarrierConnections = (): PropertyDecorator =>
  ValidateBy(
    { name: 'isCarrierConnections', validator: { validate: isCarrierConnections } },
    {
      message:
        'must be JSON: {"<connection>": {"tenant": "...", "carrier": "ups", "signing": {"scheme": "hmac-sha256", "secret": "...", "header": "x-signature", "encoding": "hex"}}}; scheme hmac-sha256, standard-webhooks or token',
    },
  );

/** Where and how a carrier is asked for tracking: base URL, and what proves us, in headers or in the request. */
export interface CarrierAccount {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** by the carrier's names: `clientId`, `userToken`, `delisId` ... (`ask/polls/`) */
  readonly credentials?: Readonly<Record<string, string>>;
}
const ACCOUNTS_SHAPE =
  'must be JSON: {"<carrier, small letters and digits>": {"url": "https://...", "headers": {"authorization": "..."}, "credentials": {"clientId": "..."}}}';
const areTexts = (texts: unknown): boolean =>
  texts === undefined || (typeof texts === 'object' && texts !== null && Object.values(texts).every(isFilled));
const faultOfAccount = (carrier: string, account: Partial<CarrierAccount> | null): string | undefined => {
  if (typeof account !== 'object' || account === null) return ACCOUNTS_SHAPE;
  const { url, headers, credentials } = account;
  const isShaped = /^https?:\/\/[^\s]+$/.test(url ?? '') && areTexts(headers) && areTexts(credentials);
  if (!isShaped || (!headers && !credentials)) return ACCOUNTS_SHAPE;
  return accountFault(carrier, account);
};
const faultOfAccounts = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ACCOUNTS_SHAPE;
  const faults = Object.entries(value).flatMap(([carrier, account]) => faultOfAccount(carrier, account as never) ?? []);
  return faults.length > 0 ? faults.join('; ') : undefined;
};
const IsAccounts = (): PropertyDecorator =>
  ValidateBy({
    name: 'isAccounts',
    validator: {
      validate: (value: unknown) => faultOfAccounts(value) === undefined,
      defaultMessage: (about) => faultOfAccounts(about?.value) ?? ACCOUNTS_SHAPE,
    },
  });

const NO_TLD = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

export class ShipmentSettings {
  /** the warehouse system */
  @IsUrl(NO_TLD) wmsUrl!: string;
  /** where the warehouse reaches us, when it can't know; told to it with each request */
  @IsOptional() @IsUrl(NO_TLD) publicUrl?: string;
  /** senders of EasyPost webhooks by name of the connection */
  @Secret() @IsConnections() easypostConnections: Record<string, EasypostConnection> = {};
  /** senders of other carriers' webhooks by name of the connection */
  @Secret() @IsCarrierConnections() carrierConnections: Record<string, CarrierConnection> = {};
  /** carriers that are asked for tracking, by name */
  @Secret() @IsAccounts() carrierAccounts: Record<string, CarrierAccount> = {};
  /** a package under way of which nothing was heard for so long is shown as degraded */
  @IsInt() @Min(1_000) @Max(90 * 86_400_000) trackingStaleAfterMs = 24 * 3_600_000;
}
