import { kindOfCode } from './charge-codes.js';
import { countryOf } from './countries.js';

describe('codes and countries', () => {
  it.each([
    ['POST', 'freight'],
    ['DOT', 'freight'],
    ['C2', 'freight'],
    ['M', 'charge'],
    ['m', 'charge'],
    ['D', 'charge'],
    ['BANK CHARGES', 'charge'],
    ['AMAZONFEE', 'charge'],
    ['CRUK', 'charge'],
    ['S', 'charge'],
    ['B', 'charge'],
    ['PADS', 'goods'],
    ['15056bl', 'goods'],
    ['gift_0001_20', 'goods'],
    ['DCGSSGIRL', 'goods'],
    ['constructor', 'goods'],
  ])('%s is %s', (code, kind) => {
    expect(kindOfCode(code)).toBe(kind);
  });
  it.each([
    ['United Kingdom', 'GB'],
    ['EIRE', 'IE'],
    ['RSA', 'ZA'],
    ['USA', 'US'],
    ['Channel Islands', 'GG'],
    ['European Community', 'ZZ'],
    ['Unspecified', 'ZZ'],
    ['Atlantis', 'ZZ'],
    ['', 'ZZ'],
    ['constructor', 'ZZ'],
  ])('%s is %s', (name, country) => {
    expect(countryOf(name)).toBe(country);
  });
  it('know every country of the wholesaler', () => {
    const names =
      'Australia,Austria,Bahrain,Belgium,Brazil,Canada,Cyprus,Czech Republic,Denmark,EIRE,Finland,France,Germany,Greece,Hong Kong,Iceland,Israel,Italy,Japan,Lebanon,Lithuania,Malta,Netherlands,Norway,Poland,Portugal,RSA,Saudi Arabia,Singapore,Spain,Sweden,Switzerland,USA,United Arab Emirates,United Kingdom';
    expect(names.split(',').filter((name) => countryOf(name) === 'ZZ')).toEqual([]);
  });
});
