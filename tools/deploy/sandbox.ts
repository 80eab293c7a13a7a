/** The sandbox in the development overlay: one pod that keeps its books. Nothing of production names it. */
import { HTTP_PORT, NATS_PORT, type Deployed } from './deployed.ts';
import { SANDBOX_PORTS, sandboxValues } from './development.ts';
import { CALLER, port, policy, toDns } from './manifests.ts';
import { container, imageOf, labels, pod, probe, selects, USER } from './pods.ts';

const NAME = 'sandbox';
const ports = Object.entries(SANDBOX_PORTS);

const inNamespace = (label: Record<string, string>, ...numbers: readonly number[]) => ({
  pods: [{ podSelector: { matchLabels: label } }],
  ports: numbers.map((number) => port(number)),
});

const networkPolicy = () => {
  const services = inNamespace({ 'app.kubernetes.io/component': 'service' }, ...Object.values(SANDBOX_PORTS));
  const broker = inNamespace({ 'app.kubernetes.io/name': 'nats' }, NATS_PORT);
  const back = inNamespace({ 'app.kubernetes.io/component': 'service' }, HTTP_PORT);
  return policy(
    NAME,
    NAME,
    'service',
    [{ from: services.pods, ports: services.ports }],
    [toDns, { to: broker.pods, ports: broker.ports }, { to: back.pods, ports: back.ports }],
  );
};

const statefulSet = (version: string) => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: NAME, labels: labels(NAME, 'service') },
  spec: {
    serviceName: NAME,
    replicas: 1,
    selector: { matchLabels: selects(NAME, 'service') },
    template: {
      // It calls services back, as warehouses and carriers do.
      metadata: { labels: { ...labels(NAME, 'service'), ...CALLER } },
      spec: {
        ...pod('default'),
        securityContext: { ...pod('default').securityContext, fsGroup: USER },
        containers: [
          {
            ...container('service', imageOf({ name: NAME, version })),
            env: Object.entries(sandboxValues('/data')).map(([name, value]) => ({ name, value })),
            ports: ports.map(([name, containerPort]) => ({ name, containerPort, protocol: 'TCP' })),
            startupProbe: probe('/health/live', 'tokens', { periodSeconds: 2, failureThreshold: 30 }),
            livenessProbe: probe('/health/live', 'tokens', { periodSeconds: 10, failureThreshold: 3 }),
            readinessProbe: probe('/health/live', 'tokens', { periodSeconds: 5, failureThreshold: 2 }),
            resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
            volumeMounts: [{ name: 'data', mountPath: '/data' }],
          },
        ],
      },
    },
    volumeClaimTemplates: [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    ],
  },
});

const service = () => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: NAME, labels: labels(NAME, 'service') },
  spec: {
    selector: selects(NAME, 'service'),
    ports: ports.map(([name, number]) => ({ name, port: number, targetPort: name, protocol: 'TCP' })),
  },
});

/** Objects by file name. */
export const sandboxBase = (version: Deployed['version']): Readonly<Record<string, object>> => ({
  'kustomization.yaml': {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: ['stateful-set.yaml', 'service.yaml', 'network-policy.yaml'],
  },
  'stateful-set.yaml': statefulSet(version),
  'service.yaml': service(),
  'network-policy.yaml': networkPolicy(),
});
