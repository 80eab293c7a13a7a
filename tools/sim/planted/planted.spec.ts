import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { patched } from '../load/patch.ts';
import { ROOT } from '../../stack/files.ts';
import { PLANTED } from './index.ts';

describe('planted bugs', () => {
  it('are at least forty, each with a name of its own', () => {
    expect(PLANTED.length).toBeGreaterThanOrEqual(40);
    expect(new Set(PLANTED.map(({ name }) => name)).size).toBe(PLANTED.length);
  });
  it.each(PLANTED.map((bug) => [bug.name, bug] as const))(
    'have their place in the sources, and compile: %s',
    (_, { patches }) => {
      for (const { file } of patches) {
        const source = readFileSync(join(ROOT, file), 'utf8');
        const planted = patched(file, source, patches);
        expect(planted).not.toBe(source);
        expect(() =>
          transformSync(planted, { jsc: { parser: { syntax: 'typescript', decorators: true } } }),
        ).not.toThrow();
      }
    },
  );
});
