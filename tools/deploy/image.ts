/**
 * What a service's image holds besides its packages, as the Dockerfile lays it out: `node tools/deploy/image.ts
 * <service> <folder>` writes the built files of the service and of our libraries it stands on, and a manifest that names
 * the packages which those files import; npm then keeps these and drops all others.
 */
import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../stack/files.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}
const OURS = '@crossdock/';

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as Manifest;

/** The app and our libraries that it stands on, as folders. */
export function foldersOf(app: string): string[] {
  const found: string[] = [];
  const visit = (folder: string): void => {
    if (found.includes(folder)) return;
    found.push(folder);
    const names = Object.keys(manifestOf(folder).dependencies ?? {}).filter((name) => name.startsWith(OURS));
    for (const name of names) visit(`libs/${name.slice(OURS.length)}`);
  };
  visit(`apps/${app}`);
  return found;
}

/** Built files that run: no types, no tests, none of their data. */
export const builtIn = (folder: string): string[] => {
  const found = globSync('dist/src/**/*.js', {
    cwd: join(ROOT, folder),
    exclude: ['**/*.builders.js', '**/*.spec.js'],
  });
  if (found.length === 0) throw new Error(`${folder} is not built: tsc -b ${folder}/tsconfig.lib.json`);
  return found.map((file) => join(folder, file)).sort();
};

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Packages that a folder's built files import. */
const importedBy = (folder: string): string[] =>
  builtIn(folder).flatMap((file) =>
    ts
      .preProcessFile(readFileSync(join(ROOT, file), 'utf8'), true, true)
      .importedFiles.map(({ fileName }) => fileName)
      .filter((name) => !name.startsWith('.') && !name.startsWith(OURS) && !isBuiltin(name))
      .map(packageOf),
  );

/** The manifest of an image. An import that the whole does not declare for production is a defect, told by its name. */
export function productionManifest(app: string, folders = foldersOf(app)): object {
  const declared = manifestOf('.').dependencies ?? {};
  const imported = [...new Set(folders.flatMap(importedBy))].sort();
  const missing = imported.filter((name) => declared[name] === undefined);
  if (missing.length > 0) {
    throw new Error(`${app} imports ${missing.join(', ')}, which package.json does not name under "dependencies"`);
  }
  const { name, version } = manifestOf(`apps/${app}`);
  return {
    name: `${name}-image`,
    version,
    private: true,
    type: 'module',
    workspaces: folders,
    dependencies: Object.fromEntries(imported.map((each) => [each, declared[each]])),
  };
}

const mainOf = (app: string): string => `import './apps/${app}/dist/src/main.js';\n`;
const provisionOf = (app: string): string =>
  [
    "import { provision } from './libs/runtime/dist/src/provision/main.js';",
    '',
    `const args = [...process.argv.slice(2), 'apps/${app}/dist/src/${app}.service.js'];`,
    'const say = (line) => process.stdout.write(`${line}\\n`);',
    'process.exitCode = await provision({ args, env: process.env, say });',
    '',
  ].join('\n');

export function layOut(app: string, into: string): void {
  const folders = foldersOf(app);
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(into, file)), { recursive: true });
    writeFileSync(join(into, file), text);
  };
  write('package.json', `${JSON.stringify(productionManifest(app, folders), null, 2)}\n`);
  cpSync(join(ROOT, 'package-lock.json'), join(into, 'package-lock.json'));
  write('main.js', mainOf(app));
  if (folders.includes('libs/runtime')) write('provision.js', provisionOf(app));
  for (const folder of folders) {
    for (const file of [`${folder}/package.json`, ...builtIn(folder).flatMap((built) => [built, `${built}.map`])]) {
      mkdirSync(dirname(join(into, file)), { recursive: true });
      cpSync(join(ROOT, file), join(into, file));
    }
  }
}

const [script, app, into] = process.argv.slice(1);
if (script === import.meta.filename && app && into) layOut(app, into);
