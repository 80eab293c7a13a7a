import { countryOf } from './countries.js';

describe('a country', () => {
  it.each([
    ['DE', 'DE'],
    ['de', 'DE'],
    ['TUR', 'TR'],
    ['hkg', 'HK'],
    ['ALA', 'AX'],
    ['XYZ', undefined],
    ['Germany', undefined],
    ['', undefined],
  ])('%p is %p', (sent, country) => {
    expect(countryOf(sent)).toBe(country);
  });
});
