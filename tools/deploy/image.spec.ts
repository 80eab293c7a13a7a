/** What goes into images: the Dockerfile, its context, and the packages of each service. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { execa } from 'execa';
import ts from 'typescript';
import { planOf } from '../start/system.ts';
import { ROOT, serviceNames } from '../stack/files.ts';
import { NODE_ARGS, NODE_ENVIRONMENT } from '../stack/nodeArgs.ts';
import { HTTP_PORT } from './deployed.ts';
import { builtIn, foldersOf, layOut, productionManifest } from './image.ts';
import { USER } from './pods.ts';

interface Manifest {
  dependencies: Record<string, string>;
  workspaces: string[];
}
const root = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  devDependencies: object;
  optionalDependencies: Record<string, string>;
};

describe('the packages of an image', () => {
  // Reads what is built; errors of the build are told by the build.
  beforeAll(() => execa('tsc', ['-b'], { cwd: ROOT, preferLocal: true, reject: false }), 120_000);

  it.each(serviceNames())('of %s are those that it imports: none of tests and tools', (app) => {
    const { dependencies, workspaces } = productionManifest(app) as Manifest;
    expect(Object.keys(dependencies).length).toBeGreaterThan(3);
    for (const name of ['testcontainers', 'execa', 'commander', ...Object.keys(root.devDependencies)])
      expect(dependencies).not.toHaveProperty([name]);
    expect(workspaces).toContain(`apps/${app}`);
    expect(workspaces).not.toContain('libs/testing');
  });

  it.each(serviceNames())('%s imports no file that its image leaves out', (app) => {
    const files = new Set(foldersOf(app).flatMap(builtIn));
    const missing = [...files].flatMap((file) =>
      ts
        .preProcessFile(readFileSync(join(ROOT, file), 'utf8'), true, true)
        .importedFiles.map(({ fileName }) => fileName)
        .filter((name) => name.startsWith('.'))
        .map((name) => resolve('/', dirname(file), name).slice(1))
        .filter((imported) => !files.has(imported)),
    );
    expect(missing).toEqual([]);
  });

  it('lie beside what runs, what provisions, and built files only', () => {
    const into = mkdtempSync(join(tmpdir(), 'crossdock-image-'));
    try {
      const [app = ''] = serviceNames();
      layOut(app, into);
      for (const script of ['main.js', 'provision.js']) {
        const [, imported = ''] = /'(\.\/[^']+)'/.exec(readFileSync(join(into, script), 'utf8')) ?? [];
        expect([script, existsSync(join(into, imported))]).toEqual([script, true]);
      }
      const laid = readdirSync(into, { recursive: true, encoding: 'utf8' });
      expect(laid.filter((file) => /\.ts$|spec|builders|\.env|secret/.test(file))).toEqual([]);
    } finally {
      rmSync(into, { recursive: true, force: true });
    }
  });
});

/** Instructions of a Dockerfile by stage: comments gone, continued lines joined. */
const stages = (): { from: string; instructions: { name: string; text: string }[] }[] => {
  const text = readFileSync(join(ROOT, 'docker', 'Dockerfile'), 'utf8');
  const lines = text.replace(/^\s*#.*\n/gm, '').replace(/\\\n\s*/g, ' ');
  const instructions = lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ name: line.split(' ')[0] ?? '', text: line.slice(line.indexOf(' ') + 1).trim() }));
  const starts = instructions.flatMap(({ name }, place) => (name === 'FROM' ? [place] : []));
  return starts.map((start, place) => ({
    from: instructions[start]?.text ?? '',
    instructions: instructions.slice(start + 1, starts[place + 1]),
  }));
};
const last = () => stages().at(-1)?.instructions ?? [];
const texts = (name: string) => last().flatMap((each) => (each.name === name ? [each.text] : []));

describe('the Dockerfile', () => {
  it('builds in stages and keeps of them only what is laid out for the service', () => {
    expect(stages().length).toBeGreaterThan(2);
    expect(texts('COPY')).toEqual(['--from=built /image ./']);
    expect(last().some(({ name }) => name === 'ADD')).toBe(false);
    expect(texts('RUN').join()).not.toMatch(/npm (ci|install|i)\b|apt|curl|wget/);
  });

  it('runs as a user that is a number and not root, the one of the pods', () => {
    expect(texts('USER')).toEqual([`${USER}:${USER}`]);
    expect(USER).toBeGreaterThan(0);
    const names = last().map(({ name }) => name);
    expect(names.indexOf('USER')).toBeGreaterThan(names.lastIndexOf('COPY'));
  });

  it('leaves signals to the service, and opens its port', () => {
    expect(texts('ENTRYPOINT')).toEqual(['["node"]']);
    expect(texts('CMD')).toEqual(['["main.js"]']);
    expect(texts('EXPOSE')).toEqual([String(HTTP_PORT)]);
  });

  it('installs by the lock file, without scripts of packages', () => {
    const installs = stages().flatMap(({ instructions }) =>
      instructions.filter(({ name, text }) => name === 'RUN' && /npm (ci|install|prune)/.test(text)),
    );
    expect(installs).toHaveLength(2);
    for (const { text } of installs) expect(text).toMatch(/npm (ci|prune) .*--ignore-scripts/);
  });

  it('holds no secret: none is given to the build, none is set', () => {
    const given = stages().flatMap(({ instructions }) =>
      instructions.filter(({ name }) => name === 'ARG' || name === 'ENV').map(({ text }) => text),
    );
    expect(given.filter((text) => /password|secret|token|credential|_url/i.test(text))).toEqual([]);
  });

  it('gives Node the flags that npm start gives it', () => {
    expect(texts('ENV').join()).toContain(`NODE_OPTIONS="--enable-source-maps ${NODE_ARGS.join(' ')}"`);
    const [service] = serviceNames() as [string];
    const place = { dir: 'books', services: [service], ports: {}, natsUrl: () => '', mongoUrl: () => '' };
    expect(planOf(place, service).args.slice(0, NODE_ARGS.length)).toEqual(NODE_ARGS);
    expect(planOf(place, service).env).toMatchObject(NODE_ENVIRONMENT);
    for (const [name, value] of Object.entries(NODE_ENVIRONMENT))
      expect(texts('ENV').join()).toContain(`${name}=${value}`);
  });

  it('runs on the Node that the packages name', () => {
    const [version] = Object.values(root.optionalDependencies);
    expect(readFileSync(join(ROOT, 'docker', 'Dockerfile'), 'utf8')).toContain(
      `ARG NODE_IMAGE=node:${version}-bookworm-slim\n`,
    );
  });
});

describe('the context of a build', () => {
  const rules = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

  it('takes in what is named, and nothing else', () => {
    expect(rules[0]).toBe('**');
    const taken = rules.filter((rule) => rule.startsWith('!')).map((rule) => rule.slice(1));
    expect(taken).toEqual([
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'tsconfig.base.json',
      'apps',
      'libs',
      'tools',
    ]);
    for (const name of taken) expect([name, existsSync(join(ROOT, name))]).toEqual([name, true]);
  });

  it('leaves out what was built, tests, and files that hold secrets', () => {
    for (const rule of ['**/node_modules', '**/dist', '**/test', '**/*.spec.ts', '**/.env*', '**/*.key', '**/*.pem'])
      expect(rules.indexOf(rule)).toBeGreaterThan(rules.lastIndexOf('!tools'));
  });
});
