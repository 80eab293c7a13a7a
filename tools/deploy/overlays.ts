/** Overlays: development whole, with values and passwords; production as a first draft that its team then owns. */
import type { Deployed } from './deployed.ts';
import { given } from './development.ts';
import { openVariables } from './manifests.ts';
import { imageOf, provisionSecret } from './pods.ts';

const kustomization = {
  apiVersion: 'kustomize.config.k8s.io/v1beta1',
  kind: 'Kustomization',
};
const literals = (values: Readonly<Record<string, string>>, names: readonly string[]): string[] =>
  names.flatMap((name) => (values[name] === undefined ? [] : [`${name}=${values[name]}`]));

export const developmentOf = (of: Deployed): object => {
  const { values } = given(of);
  const secret = of.variables.filter((variable) => variable.secret).map(({ env }) => env);
  const open = openVariables(of).map(({ env }) => env);
  return {
    ...kustomization,
    namespace: 'crossdock-dev',
    resources: [`../../../base/${of.name}`],
    components: ['../../../components/development'],
    configMapGenerator: [{ name: of.name, behavior: 'merge', literals: literals(values, open) }],
    secretGenerator: [
      { name: of.name, literals: literals(values, secret) },
      { name: provisionSecret(of), literals: literals(values, ['CROSSDOCK_NATS_URL']) },
    ],
  };
};

export const productionOf = (of: Deployed): object => ({
  ...kustomization,
  namespace: 'crossdock',
  resources: [`../../../base/${of.name}`],
  components: ['../../../components/production'],
  images: [
    {
      name: imageOf(of).split(':')[0],
      newName: `registry.example.com/${imageOf(of).split(':')[0]}`,
      newTag: of.version,
    },
  ],
});

export const together = (namespace: string, resources: readonly string[]): object => ({
  ...kustomization,
  namespace,
  resources: [...resources],
});
