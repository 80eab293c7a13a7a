import { missingFromLock } from './lock.ts';

describe('the lock check', () => {
  it('accepts an optional dependency that lies beside the package, above it or inside it', () => {
    const lock = {
      packages: {
        '': { optionalDependencies: { top: '1' } },
        'node_modules/top': {},
        'node_modules/a': { optionalDependencies: { inside: '1', top: '1' } },
        'node_modules/a/node_modules/inside': {},
        'node_modules/a/node_modules/b': { optionalDependencies: { inside: '1' } },
      },
    };
    expect(missingFromLock(lock)).toEqual([]);
  });

  it('names who wants what the lock lacks, also when another package has a copy of its own', () => {
    const lock = {
      packages: {
        'node_modules/a': { optionalDependencies: { binding: '1' } },
        'node_modules/b/node_modules/binding': {},
      },
    };
    expect(missingFromLock(lock)).toEqual(['node_modules/a names binding, which package-lock.json lacks']);
  });
});
