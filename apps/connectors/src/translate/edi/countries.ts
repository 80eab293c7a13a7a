/** ISO 3166 alpha-3 codes that senders write where alpha-2 belongs. */
const ALPHA_2: Readonly<Record<string, string>> = {
  USA: 'US',
  CAN: 'CA',
  MEX: 'MX',
  GBR: 'GB',
  IRL: 'IE',
  DEU: 'DE',
  FRA: 'FR',
  NLD: 'NL',
  BEL: 'BE',
  LUX: 'LU',
  CHE: 'CH',
  AUT: 'AT',
  ITA: 'IT',
  ESP: 'ES',
  PRT: 'PT',
  DNK: 'DK',
  SWE: 'SE',
  NOR: 'NO',
  FIN: 'FI',
  POL: 'PL',
  CZE: 'CZ',
  AUS: 'AU',
  NZL: 'NZ',
  JPN: 'JP',
  CHN: 'CN',
  IND: 'IN',
  BRA: 'BR',
};
/** Alpha-2 of a country as sent; undefined when it can't be told. */
export const countryOf = (sent: string | undefined): string | undefined => {
  const code = sent?.toUpperCase();
  if (code === undefined) return undefined;
  return /^[A-Z]{2}$/.test(code) ? code : Object.hasOwn(ALPHA_2, code) ? ALPHA_2[code] : undefined;
};
