/**
 * `npm run new:translation -- carrier <name>`: a folder with a mapping table, a reader and a golden file, known to the
 * list of carriers. The tests of all carriers hold it from then on: replace what it claims by what the carrier says.
 */
import { join } from 'node:path';
import { formatFiles, generateFiles, type Tree } from '@nx/devkit';

export interface Options {
  kind: string;
  name: string;
}
export const CARRIERS = 'apps/shipment-normalization/src/translate/carriers';
const FILES = join(import.meta.dirname, 'files');
const WORD = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const camel = (name: string): string => name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const title = (name: string): string =>
  name
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ');

export default async function translation(tree: Tree, { kind, name }: Options): Promise<() => void> {
  if (kind !== 'carrier') throw new Error(`"${kind}": only carriers are made so: new:translation -- carrier <name>`);
  if (!WORD.test(name)) throw new Error(`"${name}": small letters, digits and single hyphens, such as royal-mail`);
  const folder = `${CARRIERS}/${name}`;
  if (tree.exists(folder)) throw new Error(`${folder} is there already`);
  const today = new Date().toISOString().slice(0, 10);
  generateFiles(tree, join(FILES, 'carrier'), folder, { name, own: camel(name), title: title(name), today });
  announce(tree, name);
  await formatFiles(tree);
  return () =>
    process.stdout.write(
      `\nSay in ${folder}/table.ts what ${title(name)} documents, put its payloads into golden/, then: npm test -- ${CARRIERS}\n`,
    );
}

/** Into the list that `readTracking` asks. */
function announce(tree: Tree, name: string): void {
  const path = `${CARRIERS}/index.ts`;
  const source = tree.read(path, 'utf8') ?? '';
  const list = /(export const CARRIERS: readonly CarrierTranslation\[\] = \[[^\]]*?),?(\s*\];)/;
  const imports = [...source.matchAll(/^import \{ \w+ \} from '\.\/([\w-]+)\/read\.js';\n/gm)];
  const before = imports.find(([, folder]) => (folder ?? '') > name) ?? undefined;
  const last = imports.at(-1);
  if (!list.test(source) || !last) throw new Error(`${path}: no list of carriers found; add ${name} by hand`);
  const at = before?.index ?? last.index + last[0].length;
  const line = `import { ${camel(name)} } from './${name}/read.js';\n`;
  const imported = source.slice(0, at) + line + source.slice(at);
  tree.write(path, imported.replace(list, `$1, ${camel(name)}$2`));
}
