import { whyStale } from './pre.mjs';

const locked = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0', optionalDependencies: { 'a-darwin': '1' } },
    'node_modules/a/node_modules/a-darwin': { version: '1.0.0' },
    'node_modules/b-win': { version: '2.0.0', optional: true },
    'libs/kernel': { version: '0.1.0' },
  },
};
const installed = (packages: Record<string, { version: string }>) => ({ packages });

describe('the packages of a clone', () => {
  it('are in step when all but the binaries of other platforms are there', () => {
    const found = installed({ 'node_modules/a': { version: '1.0.0' }, 'libs/kernel': { version: '0.1.0' } });
    expect(whyStale(locked, found)).toBeUndefined();
  });

  it('are installed again when one has another version than the lock names', () => {
    const found = installed({ 'node_modules/a': { version: '0.9.0' }, 'libs/kernel': { version: '0.1.0' } });
    expect(whyStale(locked, found)).toBe('node_modules/a is 0.9.0, locked is 1.0.0');
  });

  it('are installed again when one is missing', () => {
    expect(whyStale(locked, installed({ 'node_modules/a': { version: '1.0.0' } }))).toBe('libs/kernel is missing');
  });
});
