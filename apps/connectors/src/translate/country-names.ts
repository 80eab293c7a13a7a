/** ISO 3166 codes of English country names, also as NetSuite enumerates them (`_unitedStates`). */
const REGIONS = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/&/g, 'and')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();

/** Where senders' names are not those of CLDR. */
const OTHERWISE: Readonly<Record<string, string>> = {
  czechrepublic: 'CZ',
  hongkong: 'HK',
  macau: 'MO',
  macedonia: 'MK',
  koreasouth: 'KR',
  korearepublicof: 'KR',
  vietnam: 'VN',
  russianfederation: 'RU',
  turkey: 'TR',
};
let byName: ReadonlyMap<string, string> | undefined;
const names = (): ReadonlyMap<string, string> => {
  const found = LETTERS.flatMap((a) => LETTERS.map((b) => `${a}${b}`)).flatMap((code): [string, string][] => {
    const name = REGIONS.of(code);
    return name === undefined ? [] : [[plain(name), code]];
  });
  return new Map([...found.reverse(), ...Object.entries(OTHERWISE)]);
};

export const countryNamed = (sent: string | undefined): string | undefined => {
  if (sent === undefined) return undefined;
  byName ??= names();
  return byName.get(plain(sent));
};
