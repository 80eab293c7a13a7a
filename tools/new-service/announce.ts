/** Makes a new service known where all are listed: the domains, the contracts' index, the build, the lock file. */
import { updateJson, type Tree } from '@nx/devkit';
import type { Names } from './names.ts';

export function announce(tree: Tree, names: Names): void {
  insert(tree, 'libs/contracts/src/language/define.ts', '} as const;\nexport type Domain', domainLine(names));
  insert(tree, 'libs/contracts/src/index.ts', "export * from './cases.js';", exportLine(names));
  addToBuild(tree, names);
  addToLock(tree, names);
}

const domainLine = ({ domain, stream, name }: Names): string =>
  `  ${domain}: { stream: '${stream}', owner: '${name}', team: '@crossdock/${domain}' },\n`;

const exportLine = ({ domain, entity }: Names): string => `export * from './${domain}/${entity}.v1.js';\n`;

function insert(tree: Tree, path: string, before: string, line: string): void {
  const text = tree.read(path, 'utf8') ?? '';
  const at = text.indexOf(before);
  if (at < 0) throw new Error(`${path} no longer holds "${before}": mend tools/new-service/announce.ts`);
  tree.write(path, text.slice(0, at) + line + text.slice(at));
}

interface Build {
  references: { path: string }[];
}

function addToBuild(tree: Tree, { name }: Names): void {
  updateJson<Build>(tree, 'tsconfig.json', (build) => {
    const last = build.references.findLastIndex(({ path }) => path.startsWith('./apps/') && !path.endsWith('.json'));
    return { ...build, references: build.references.toSpliced(last + 1, 0, { path: `./apps/${name}` }) };
  });
}

interface Lock {
  packages: Record<string, object>;
}

/** As npm writes it for a workspace without packages of its own, so `npm ci` goes on working. */
function addToLock(tree: Tree, { name }: Names): void {
  updateJson<Lock>(tree, 'package-lock.json', (lock) => {
    const dependencies = { '@crossdock/contracts': '*', '@crossdock/kernel': '*', '@crossdock/runtime': '*' };
    const packages = {
      ...lock.packages,
      [`apps/${name}`]: { name: `@crossdock/${name}`, version: '0.1.0', license: 'Apache-2.0', dependencies },
      [`node_modules/@crossdock/${name}`]: { resolved: `apps/${name}`, link: true },
    };
    const inOrder = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
    return { ...lock, packages: Object.fromEntries(inOrder) };
  });
}
