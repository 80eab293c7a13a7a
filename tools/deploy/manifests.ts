/** The kustomize base of a service: one file per object, all of it derived from the service's definition. */
import { HTTP_PORT, labelOf, MONGO_PORT, NATS_PORT, required, type Deployed } from './deployed.ts';
import { deployment, labels, provisionJob, selects, type Component } from './pods.ts';

/** Who may call a service: pods and namespaces with this label (an ingress, a scraper, the sandbox). */
export const CALLER = { 'crossdock/caller': 'true' };

const service = ({ name }: Deployed) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, labels: labels(name, 'service') },
  spec: {
    selector: selects(name, 'service'),
    ports: [{ name: 'http', port: HTTP_PORT, targetPort: 'http', protocol: 'TCP' }],
  },
});

const serviceAccount = ({ name }: Deployed) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, labels: labels(name, 'service') },
  automountServiceAccountToken: false,
});

const disruptionBudget = ({ name }: Deployed) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name, labels: labels(name, 'service') },
  spec: { maxUnavailable: 1, selector: { matchLabels: selects(name, 'service') } },
});

export const port = (number: number, protocol: 'TCP' | 'UDP' = 'TCP') => ({ port: number, protocol });
export const toDns = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [port(53, 'UDP'), port(53)],
};
const toServer = (server: string, number: number) => ({
  to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'app.kubernetes.io/name': server } } }],
  ports: [port(number)],
});
const toBroker = toServer('nats', NATS_PORT);
const toDatabase = toServer('mongodb', MONGO_PORT);
/** The issuer of tokens, and the partners that it asks: outside of the cluster, by HTTPS only. */
const toOutside = { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [port(443)] };

export const policy = (name: string, of: string, component: Component, ingress: object[], egress: object[]) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, labels: labels(of, component) },
  spec: {
    podSelector: { matchLabels: selects(of, component) },
    policyTypes: ['Ingress', 'Egress'],
    ingress,
    egress,
  },
});

const fromCallers = {
  from: [{ podSelector: { matchLabels: CALLER } }, { namespaceSelector: { matchLabels: CALLER } }],
  ports: [port(HTTP_PORT)],
};

const networkPolicies = ({ name }: Deployed) => [
  policy(name, name, 'service', [fromCallers], [toDns, toBroker, toDatabase, toOutside]),
  policy(`${name}-provision`, name, 'provision', [], [toDns, toBroker]),
];

/** Variables whose values an environment has to give; the ConfigMap says by a label which it waits for. */
export const openVariables = (of: Deployed) => required(of).filter(({ secret }) => !secret);

const kustomization = (of: Deployed, resources: readonly string[]) => ({
  apiVersion: 'kustomize.config.k8s.io/v1beta1',
  kind: 'Kustomization',
  resources: [...resources],
  configMapGenerator: [
    {
      name: of.name,
      literals: [`CROSSDOCK_HTTP_HOST=0.0.0.0`, `CROSSDOCK_HTTP_PORT=${HTTP_PORT}`, 'CROSSDOCK_BIND_ONLY=true'],
      options: {
        labels: {
          ...labels(of.name, 'service'),
          ...Object.fromEntries(openVariables(of).map((open) => [`crossdock/needs-${labelOf(open)}`, 'true'])),
        },
      },
    },
  ],
});

/** Objects by file name; a file of several objects is a list. */
export function base(of: Deployed): Readonly<Record<string, object | readonly object[]>> {
  const objects = {
    'deployment.yaml': deployment(of),
    'service.yaml': service(of),
    'service-account.yaml': serviceAccount(of),
    'disruption-budget.yaml': disruptionBudget(of),
    'network-policies.yaml': networkPolicies(of),
    'provision-job.yaml': provisionJob(of),
  };
  return { 'kustomization.yaml': kustomization(of, Object.keys(objects)), ...objects };
}
