/** A rendered overlay as objects, and what its pods read from it. */
import { parseAllDocuments } from 'yaml';
import type { PodSpec } from './restricted.ts';
import type { KubernetesObject } from './schemas.ts';

export const objectsIn = (text: string): KubernetesObject[] =>
  parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject);

interface Template {
  readonly spec: { readonly template: { readonly metadata: KubernetesObject['metadata']; readonly spec: PodSpec } };
}
/** Pods of every object that makes some. */
export const podsIn = (objects: readonly KubernetesObject[]) =>
  objects
    .filter(({ kind }) => ['Deployment', 'StatefulSet', 'Job'].includes(kind))
    .map((object) => {
      const { metadata, spec } = (object as unknown as Template).spec.template;
      return { kind: object.kind, name: object.metadata.name, labels: metadata.labels ?? {}, spec };
    });
export type Pod = ReturnType<typeof podsIn>[number];

interface Source {
  readonly name: string;
  readonly key: string;
  readonly optional?: boolean;
}
interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: Source };
}
interface Environment {
  readonly env?: readonly Variable[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
}

const decoded = (data: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(data).map(([name, text]) => [name, Buffer.from(text, 'base64').toString()]));

/** What the first container of a pod finds in its environment. `secretOf` stands in for Secrets that are made elsewhere. */
export function environmentOf(
  pod: Pod,
  objects: readonly KubernetesObject[],
  secretOf: (name: string, key: string) => string | undefined = () => undefined,
): Record<string, string> {
  const dataOf = (kind: string, name: string): Record<string, string> | undefined => {
    const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
    return found && (found['data'] as Record<string, string>);
  };
  const { env = [], envFrom = [] } = pod.spec.containers[0] as unknown as Environment;
  const shared = envFrom.map(({ configMapRef: { name } }) => {
    const data = dataOf('ConfigMap', name);
    if (!data) throw new Error(`${pod.name} reads ConfigMap ${name}, which is not there`);
    return data;
  });
  const own = env.flatMap(({ name, value, valueFrom }) => {
    if (!valueFrom) return [[name, value ?? '']];
    const { name: secret, key, optional } = valueFrom.secretKeyRef;
    const found = decoded(dataOf('Secret', secret) ?? {})[key] ?? secretOf(secret, key);
    if (found === undefined && !optional) throw new Error(`${pod.name} needs ${key} of Secret ${secret}`);
    return found === undefined ? [] : [[name, found]];
  });
  return Object.assign({}, ...shared, Object.fromEntries(own)) as Record<string, string>;
}
