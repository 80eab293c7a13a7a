/** An X12 transaction set or EDIFACT message: its file in messages/, its line in messages.ts, a golden document. */
import type { Tree } from '@nx/devkit';
import { addToList, type Kind } from './translation.ts';

export const TRANSLATE = 'apps/connectors/src/translate';
const README = 'apps/connectors/README.md';

interface Syntax {
  readonly folder: 'x12' | 'edifact';
  readonly legal: RegExp;
  readonly named: string;
  /** TypeScript type of a message */
  readonly of: string;
  readonly own: (type: string) => string;
  readonly file: (type: string) => string;
  /** the segment that begins a message of the type */
  readonly begins: (type: string) => RegExp;
  /** first cell of its row in the table of what is read and written */
  readonly family: string;
}

/** The golden document that holds one of the type; there is one of every message, whatever its file is called. */
const goldenOf = (tree: Tree, { folder, begins }: Syntax, type: string): string | undefined => {
  const golden = `${TRANSLATE}/${folder}/golden`;
  const name = tree
    .children(golden)
    .find((file) => file.endsWith('.edi') && begins(type).test(tree.read(`${golden}/${file}`, 'utf8') ?? ''));
  return name && `${golden}/${name}`;
};

/** Among the types that the README says are read, which stand in order; acknowledgements of X12 have letters and stay last. */
function tell(tree: Tree, family: string, type: string): void {
  const source = tree.read(README, 'utf8') ?? '';
  const start = `| ${family} | `;
  const at = source.indexOf(start);
  const end = source.indexOf(' | ', at + start.length);
  if (at < 0 || end < 0) throw new Error(`${README}: no row of ${family} found; add ${type} by hand`);
  const types = source.slice(at + start.length, end).split(', ');
  const told = [...new Set([...types, type])].sort().join(', ');
  tree.write(README, source.slice(0, at + start.length) + told + source.slice(end));
}

const messageOf = (syntax: Syntax): Kind => {
  const { folder, legal, named, of, own, file, family } = syntax;
  const home = `${TRANSLATE}/${folder}`;
  const path = (type: string): string => `${home}/messages/${file(type)}.ts`;
  return {
    legal,
    named,
    folder: () => home,
    words: (type) => ({ type, own: own(type), file: file(type) }),
    taken: (tree, type) => (tree.exists(path(type)) ? path(type) : goldenOf(tree, syntax, type)),
    announce: (tree, type) => {
      addToList(tree, {
        path: `${home}/messages.ts`,
        list: `const MESSAGES: readonly ${of}[] = [`,
        imports: /^import \{[^}]+\} from '\.\/messages\/([\w-]+)\.js';\n/gm,
        name: file(type),
        own: own(type),
        from: `./messages/${file(type)}.js`,
      });
      tell(tree, family, type);
    },
    next: (type) =>
      `Say in ${path(type)} what ${type} is, put its documents into ${home}/golden/, then: npm test -- ${home}`,
  };
};

export const x12 = messageOf({
  folder: 'x12',
  legal: /^[1-9]\d{2}$/,
  named: 'a transaction set identifier code (ST01) of three digits, such as 204',
  of: 'X12Message',
  own: (type) => `set${type}`,
  file: (type) => type,
  begins: (type) => new RegExp(`\\bST[^\\w\\s]${type}\\b`),
  family: 'X12 4010 and newer',
});
export const edifact = messageOf({
  folder: 'edifact',
  legal: /^[A-Z]{6}$/,
  named: 'a message type (UNH02-1) of six capitals, such as IFTMBF',
  of: 'EdifactMessageType',
  own: (type) => type.toLowerCase(),
  file: (type) => type.toLowerCase(),
  begins: (type) => new RegExp(`\\bUNH[^\\w\\s]\\w+[^\\w\\s]${type}\\b`),
  family: 'EDIFACT, EANCOM',
});
