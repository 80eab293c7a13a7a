/**
 * `npm run new:translation -- carrier <name>`, `-- x12 <set>`, `-- edifact <message>`: a translation that compiles, stands
 * in its list and has a golden file. The tests of all carriers or messages hold it from then on: replace what it claims
 * by what the carrier or the directory says.
 */
import { join } from 'node:path';
import { formatFiles, generateFiles, type Tree } from '@nx/devkit';
import { carrier } from './carrier.ts';
import { edifact, x12 } from './message.ts';
import type { Kind } from './translation.ts';

export interface Options {
  kind: string;
  /** Nx makes a number of 204 */
  name: string | number;
}
const FILES = join(import.meta.dirname, 'files');
const KINDS: Readonly<Record<string, Kind>> = { carrier, x12, edifact };

export default async function translation(tree: Tree, { kind, name: said }: Options): Promise<() => void> {
  const name = String(said);
  const made = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (!made)
    throw new Error(`"${kind}": ${Object.keys(KINDS).join(', ')} can be made: new:translation -- carrier <name>`);
  if (!made.legal.test(name)) throw new Error(`"${name}": ${made.named}`);
  const taken = made.taken(tree, name);
  if (taken !== undefined) throw new Error(`${taken} is there already`);
  generateFiles(tree, join(FILES, kind), made.folder(name), made.words(name));
  made.announce(tree, name);
  await formatFiles(tree);
  return () => process.stdout.write(`\n${made.next(name)}\n`);
}
