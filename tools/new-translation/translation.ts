/** What the generator knows of each kind of translation, and how it adds one to a list in code. */
import type { Tree } from '@nx/devkit';

export interface Kind {
  /** names that are legal, and the same in words */
  readonly legal: RegExp;
  readonly named: string;
  /** where its files go */
  readonly folder: (name: string) => string;
  /** what stands for the words of its files */
  readonly words: (name: string) => Readonly<Record<string, string>>;
  /** what has the name already */
  readonly taken: (tree: Tree, name: string) => string | undefined;
  readonly announce: (tree: Tree, name: string) => void;
  /** what is to be done now */
  readonly next: (name: string) => string;
}

export interface Listed {
  readonly path: string;
  /** the declaration of the list, up to its bracket */
  readonly list: string;
  /** the imports of the list's parts; what they are sorted by is captured */
  readonly imports: RegExp;
  readonly name: string;
  readonly own: string;
  readonly from: string;
}

/** Its import among the others, by name, and itself at the end of the list. */
export function addToList(tree: Tree, { path, list, imports, name, own, from }: Listed): void {
  const source = tree.read(path, 'utf8') ?? '';
  const start = source.indexOf(list);
  const end = source.indexOf(']', start + list.length);
  const others = [...source.matchAll(imports)];
  const last = others.at(-1);
  if (start < 0 || end < 0 || !last) throw new Error(`${path}: no list found; add ${name} by hand`);
  const before = others.find(([, other]) => (other ?? '') > name);
  const at = before?.index ?? last.index + last[0].length;
  const listed = source.slice(start, end).replace(/,?\s*$/, `, ${own}`);
  const line = `import { ${own} } from '${from}';\n`;
  tree.write(path, source.slice(0, at) + line + source.slice(at, start) + listed + source.slice(end));
}
