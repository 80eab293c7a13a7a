/**
 * `npm run new:service -- <name>`: a service that compiles, has tests, provisions its stream and starts. It takes one
 * kind of document at its door, keeps it and says so: replace that by what it is for.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { formatFiles, generateFiles, type Tree } from '@nx/devkit';
import { announce } from './announce.ts';
import { namesOf, type Names, type Options } from './names.ts';

const FILES = join(import.meta.dirname, 'files');

export default async function service(tree: Tree, options: Options): Promise<() => void> {
  const names = namesOf(options);
  refuseWhatIsThere(tree, names);
  generateFiles(tree, join(FILES, 'app'), `apps/${names.name}`, names);
  generateFiles(tree, join(FILES, 'contract'), 'libs/contracts', names);
  announce(tree, names);
  await formatFiles(tree);
  return () => derive(tree.root, names);
}

function refuseWhatIsThere(tree: Tree, { name, domain }: Names): void {
  if (tree.exists(`apps/${name}`)) throw new Error(`apps/${name} is there already`);
  if (tree.exists(`libs/contracts/src/${domain}`))
    throw new Error(`the domain ${domain} belongs to another service; choose one: --domain <name>`);
}

/** Builds, and writes what derives from the definitions: schemas, catalogue, CODEOWNERS, README sections. */
function derive(root: string, { name }: Names): void {
  const typescript = createRequire(import.meta.url).resolve('@typescript/native/package.json');
  run(root, 'npm run build', join(dirname(typescript), 'bin', 'tsc'), '-b');
  run(root, 'npm run sync', join(root, 'tools', 'sync', 'main.ts'));
  process.stdout.write(`\nStart reading at apps/${name}/src/${name}.service.ts; its tests: npm test -- apps/${name}\n`);
}

/** What a step said stands above; its failure is one line that says which step, how it ended and how to go on. */
function run(root: string, what: string, ...args: string[]): void {
  const { status, signal, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  const how = error?.message ?? (signal ? `killed by ${signal}` : `exit code ${status}`);
  throw new Error(`The files are written, but \`${what}\` failed (${how}). Mend what it says, then run it again.`);
}
