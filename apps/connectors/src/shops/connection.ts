/** A shop's API: where it is, and what it wants to see. Secrets are settings; a partner's delivery names the connection. */
export const SHOPS = ['bigcommerce', 'amazon', 'shopify', 'woocommerce'] as const;
export type ShopKind = (typeof SHOPS)[number];

export interface ShopConnection {
  readonly tenant: string;
  readonly shop: ShopKind;
  /**
   * root of the API: `https://api.bigcommerce.com/stores/<hash>`, `https://sellingpartnerapi-eu.amazon.com`,
   * `https://<shop>.myshopify.com/admin/api/<version>`, `https://<shop>/wp-json/wc/v3`
   */
  readonly url: string;
  /** BigCommerce: X-Auth-Token; Shopify: X-Shopify-Access-Token */
  readonly token?: string;
  /** WooCommerce: consumer key and secret */
  readonly user?: string;
  readonly password?: string;
  /** Amazon: Login with Amazon, from whose refresh token an access token of an hour is had */
  readonly tokenUrl?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly refreshToken?: string;
  /** Shopify: id of the location whose stock we keep; needed where the shop has several */
  readonly location?: string;
}

const NEEDED: Readonly<Record<ShopKind, readonly (keyof ShopConnection)[]>> = {
  bigcommerce: ['token'],
  amazon: ['tokenUrl', 'clientId', 'clientSecret', 'refreshToken'],
  shopify: ['token'],
  woocommerce: ['user', 'password'],
};
const isFilled = (value: unknown): boolean => typeof value === 'string' && value.length > 0;
export const isShopConnection = (connection: Readonly<Record<string, unknown>>): boolean => {
  const needed = NEEDED[connection['shop'] as ShopKind] as readonly string[] | undefined;
  return needed !== undefined && ['tenant', 'url', ...needed].every((name) => isFilled(connection[name]));
};

export const rootOf = ({ url }: ShopConnection): string => url.replace(/\/+$/, '');
