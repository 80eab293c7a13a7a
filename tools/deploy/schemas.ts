/** What Kubernetes says of its objects, as JSON Schema that refuses unknown fields; from a PyPI wheel, kept in the clone. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
// `2020` is the draft of these schemas.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { execa } from 'execa';
import { SetUpFailure, type Say } from '../setup/failure.ts';
import { downloadInto } from '../setup/wheel.ts';
import { SERVERS_DIR } from '../stack/files.ts';

/** The Kubernetes that k8s/ is written for. */
export const KUBERNETES = '1.35.0';
const WHEEL = {
  package: 'kubernetes-validate',
  version: '1.37.0',
  sha256: ['85136d018a27b50ec7fc049d902bfa5193f5976807e6c0f408e3ab6fe078cad9'],
};
const FOLDER = `kubernetes_validate/kubernetes-json-schema/v${KUBERNETES}-local-strict`;
const UNPACK = `import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
wheel.extractall('.', [name for name in wheel.namelist() if name.startswith('${FOLDER}/')])`;

/** Folder of the schemas, fetched once. */
export async function findSchemas(cacheDir = SERVERS_DIR, say: Say = () => {}): Promise<string> {
  const target = join(cacheDir, `kubernetes-schemas-${KUBERNETES}`);
  if (existsSync(join(target, '_definitions.json'))) return target;
  say(`fetching the schemas of Kubernetes ${KUBERNETES} (23 MB, once)`);
  await mkdir(cacheDir, { recursive: true });
  const work = await mkdtemp(join(cacheDir, '.schemas-'));
  try {
    const failed = (await downloadInto(work, WHEEL)) ?? (await unpack(work));
    if (failed) {
      throw new SetUpFailure(
        `The schemas of Kubernetes were not found: ${failed}\nWhat to do: install Python 3 with pip, or put the folder ` +
          `${FOLDER} of the wheel ${WHEEL.package} ${WHEEL.version} at ${target}`,
      );
    }
    await rename(join(work, FOLDER), target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
    return target;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function unpack(work: string): Promise<string | undefined> {
  const wheel = (await readdir(work)).find((name) => name.endsWith('.whl'));
  if (!wheel) return 'pip brought no wheel';
  for (const python of ['python3', 'python']) {
    const result = await execa(python, ['-c', UNPACK, wheel], { cwd: work, reject: false });
    if (result.exitCode === 0) return undefined;
  }
  return `no python here unpacks ${wheel}`;
}

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  readonly [field: string]: unknown;
}

/** `Deployment` of `apps/v1` is described in `deployment-apps-v1.json`. */
const fileOf = ({ apiVersion, kind }: KubernetesObject): string => {
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  return `${[kind.toLowerCase(), group.split('.')[0], version].filter(Boolean).join('-')}.json`;
};

/** Says of an object what is wrong with it: nothing when it is as Kubernetes wants it. */
export function checker(folder: string): (object: KubernetesObject) => string[] {
  const read = (file: string): object => JSON.parse(readFileSync(join(folder, file), 'utf8')) as object;
  // Keywords of OpenAPI and formats of Go stand among those of JSON Schema.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, inlineRefs: false });
  ajv.addSchema(read('_definitions.json'), '/api/_definitions.json');
  const known = new Map<string, ValidateFunction>();
  const validatorOf = (file: string): ValidateFunction => {
    const found = known.get(file) ?? ajv.compile({ ...read(file), $id: `/api/${file}` });
    known.set(file, found);
    return found;
  };
  return (object) => {
    const file = fileOf(object);
    if (!existsSync(join(folder, file))) return [`${object.apiVersion} ${object.kind} is unknown to Kubernetes`];
    const validate = validatorOf(file);
    if (validate(object)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath}: ${message} ${JSON.stringify(params)}`,
    );
  };
}
