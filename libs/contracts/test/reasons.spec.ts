import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { REASONS } from '../src/index.js';

const FOLDER = join(import.meta.dirname, '..', 'src', 'reasons');

describe('the reason catalogue', () => {
  it('is all of its parts, and no code stands in two of them', async () => {
    const parts = await Promise.all(
      readdirSync(FOLDER)
        .filter((file) => file !== 'reason.ts')
        .map((file) => import(join(FOLDER, file)) as Promise<Record<string, object>>),
    );
    const codes = parts.flatMap((part) => Object.values(part).flatMap((codesOfPart) => Object.keys(codesOfPart)));
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    expect(codes.sort()).toEqual(Object.keys(REASONS).sort());
  });

  it('names codes in small letters with hyphens', () => {
    expect(Object.keys(REASONS).filter((code) => !/^[a-z]+(-[a-z]+)*$/.test(code))).toEqual([]);
  });
});
