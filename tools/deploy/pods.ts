/** Pods of a service: what runs it, and what provisions for it. Both are admitted by Pod Security "restricted". */
import { HTTP_PORT, secrets, type Deployed } from './deployed.ts';

/** As the image says; a number, so that Kubernetes can see that it is not root. */
export const USER = 10_001;
export const PART_OF = 'crossdock';
export const imageOf = ({ name, version }: Pick<Deployed, 'name' | 'version'>): string =>
  `crossdock/${name}:${version}`;

export type Component = 'service' | 'provision';
export const selects = (name: string, component: Component): Record<string, string> => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/component': component,
});
export const labels = (name: string, component: Component): Record<string, string> => ({
  ...selects(name, component),
  'app.kubernetes.io/part-of': PART_OF,
});

const podSecurity = {
  runAsNonRoot: true,
  runAsUser: USER,
  runAsGroup: USER,
  seccompProfile: { type: 'RuntimeDefault' },
};
const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

const settings = ({ name }: Deployed) => [{ configMapRef: { name } }];
const fromSecret = (secret: string, key: string, optional: boolean) => ({
  name: key,
  valueFrom: { secretKeyRef: { name: secret, key, ...(optional ? { optional } : {}) } },
});

export const container = (name: Component, image: string) => ({
  name,
  image,
  imagePullPolicy: 'IfNotPresent',
  securityContext: containerSecurity,
});
export const pod = (serviceAccountName: string) => ({
  serviceAccountName,
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  securityContext: podSecurity,
});

export const probe = (path: string, port: string, every: object) => ({
  httpGet: { path, port },
  timeoutSeconds: 2,
  ...every,
});

/** Evenly over zones and nodes as far as they go; production insists on nodes. */
const spread = (name: string) =>
  ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selects(name, 'service') },
  }));

const servicePod = (service: Deployed) => ({
  ...pod(service.name),
  // Five seconds until nobody sends requests here any more, ten to drain.
  terminationGracePeriodSeconds: 30,
  topologySpreadConstraints: spread(service.name),
  containers: [
    {
      ...container('service', imageOf(service)),
      envFrom: settings(service),
      env: secrets(service).map(({ env, required }) => fromSecret(service.name, env, !required)),
      ports: [{ name: 'http', containerPort: HTTP_PORT, protocol: 'TCP' }],
      startupProbe: probe('/health/live', 'http', { periodSeconds: 2, failureThreshold: 30 }),
      livenessProbe: probe('/health/live', 'http', { periodSeconds: 10, failureThreshold: 3 }),
      readinessProbe: probe('/health/ready', 'http', { periodSeconds: 5, failureThreshold: 2 }),
      lifecycle: { preStop: { sleep: { seconds: 5 } } },
      resources: {
        // Nothing is written but logs, and the node keeps those.
        requests: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '64Mi' },
        limits: { memory: '512Mi', 'ephemeral-storage': '1Gi' },
      },
    },
  ],
});

export const deployment = (service: Deployed) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: service.name,
    labels: labels(service.name, 'service'),
    annotations: { 'crossdock/about': service.about, 'crossdock/streams': service.streams.join(',') },
  },
  spec: {
    replicas: 1,
    revisionHistoryLimit: 3,
    selector: { matchLabels: selects(service.name, 'service') },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    template: { metadata: { labels: labels(service.name, 'service') }, spec: servicePod(service) },
  },
});

/** The right to make streams is its own: its Secret may hold another user of the broker than the service's. */
export const provisionSecret = ({ name }: Pick<Deployed, 'name'>): string => `${name}-provision`;

export const provisionJob = (service: Deployed) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: `${service.name}-provision`, labels: labels(service.name, 'provision') },
  spec: {
    backoffLimit: 10,
    activeDeadlineSeconds: 900,
    ttlSecondsAfterFinished: 86_400,
    template: {
      metadata: { labels: labels(service.name, 'provision') },
      spec: {
        ...pod(service.name),
        restartPolicy: 'OnFailure',
        containers: [
          {
            ...container('provision', imageOf(service)),
            envFrom: settings(service),
            args: ['provision.js'],
            env: [fromSecret(provisionSecret(service), 'CROSSDOCK_NATS_URL', false)],
            resources: {
              requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
              limits: { memory: '256Mi', 'ephemeral-storage': '1Gi' },
            },
          },
        ],
      },
    },
  },
});
