/** What kustomize makes of k8s/, against the schemas of Kubernetes, Pod Security and the services' own settings. */
import { RuntimeSettings, settingsFrom, variablesOf, type ServiceDefinition } from '@crossdock/runtime';
import { definitionsFromSource } from './definitions.ts';
import { PASSWORD, mongoUrl } from './development.ts';
import { findKustomize, render } from './kustomize.ts';
import { environmentOf, objectsIn, podsIn, type Pod } from './rendered.ts';
import { restricted } from './restricted.ts';
import { checker, findSchemas, type KubernetesObject } from './schemas.ts';

const OVERLAYS = ['dev', 'production'] as const;
const say = (line: string): void => void process.stderr.write(`${line}\n`);

let definitions: ServiceDefinition[];
let check: (object: KubernetesObject) => string[];
let kustomize: string;
const rendered: Record<string, KubernetesObject[]> = {};
const names = (): string[] => definitions.map(({ name }) => name);
const of = (overlay: string): KubernetesObject[] => rendered[overlay] ?? [];
const servicePods = (overlay: string): Pod[] => podsIn(of(overlay)).filter(({ name }) => names().includes(name));
const classesOf = (name: string) => {
  const own = definitions.find((definition) => definition.name === name)?.settings;
  return [RuntimeSettings, ...(own ? [own] : [])];
};

beforeAll(async () => {
  definitions = await definitionsFromSource();
  kustomize = await findKustomize(undefined, say);
  check = checker(await findSchemas(undefined, say));
  for (const overlay of OVERLAYS) rendered[overlay] = objectsIn(await render(kustomize, `k8s/overlays/${overlay}`));
}, 300_000);

describe.each(OVERLAYS)('the overlay %s', (overlay) => {
  it('is what Kubernetes takes, without a field that it does not know', () => {
    const wrong = of(overlay).flatMap((object) =>
      check(object).map((fault) => `${object.kind} ${object.metadata.name}${fault}`),
    );
    expect(wrong).toEqual([]);
    expect(of(overlay).length).toBeGreaterThan(8 * names().length);
  });

  it('has everything of every service', () => {
    const kinds = (name: string) =>
      of(overlay)
        .filter(({ metadata, kind }) => metadata.labels?.['app.kubernetes.io/name'] === name && kind !== 'Secret')
        .map(({ kind }) => kind)
        .sort();
    const whole = ['ConfigMap', 'Deployment', 'Job', 'NetworkPolicy', 'NetworkPolicy', 'PodDisruptionBudget'];
    for (const name of names()) expect([name, kinds(name)]).toEqual([name, [...whole, 'Service', 'ServiceAccount']]);
  });

  it('makes pods only that Pod Security "restricted" admits, on a read-only root, in a namespace that enforces it', () => {
    const refused = podsIn(of(overlay)).flatMap(({ name, spec }) => restricted(spec).map((why) => `${name}: ${why}`));
    expect(refused).toEqual([]);
    for (const { spec } of podsIn(of(overlay))) {
      expect(spec.containers[0]?.securityContext?.readOnlyRootFilesystem).toBe(true);
      expect(spec['automountServiceAccountToken']).toBe(false);
    }
    const [namespace] = of(overlay).filter(({ kind }) => kind === 'Namespace');
    expect(namespace?.metadata.labels?.['pod-security.kubernetes.io/enforce']).toBe('restricted');
    const astray = of(overlay).filter(
      ({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== namespace?.metadata.name,
    );
    expect(astray).toEqual([]);
  });

  it('asks every service whether it lives and whether it is ready, and bounds what it takes', () => {
    for (const { spec } of servicePods(overlay).filter(({ kind }) => kind === 'Deployment'))
      expect(spec.containers[0]).toMatchObject({
        livenessProbe: { httpGet: { path: '/health/live' } },
        readinessProbe: { httpGet: { path: '/health/ready' } },
        resources: { requests: { memory: expect.any(String) }, limits: { memory: expect.any(String) } },
      });
  });

  it('gives every service a complete set of settings, and no variable that it does not read', () => {
    const inSecret = (name: string, key: string): string | undefined =>
      ({ CROSSDOCK_NATS_URL: 'nats://nats:4222', CROSSDOCK_MONGO_URL: mongoUrl(name, { mongo: PASSWORD }) })[key];
    for (const pod of servicePods(overlay)) {
      const env = environmentOf(pod, of(overlay), overlay === 'production' ? inSecret : undefined);
      const known = classesOf(pod.name).flatMap((settings) => variablesOf(settings).map((variable) => variable.env));
      expect([pod.name, Object.keys(env).filter((name) => !known.includes(name))]).toEqual([pod.name, []]);
      const [settings] = settingsFrom(env, ...classesOf(pod.name)) as unknown as [RuntimeSettings];
      expect(settings).toMatchObject({ bindOnly: true, httpHost: '0.0.0.0' });
      expect(pod.spec.containers[0]?.ports).toMatchObject([{ containerPort: settings.httpPort }]);
    }
  });

  it('provisions streams as the services expect them', () => {
    for (const name of names()) {
      const [service] = servicePods(overlay).filter((pod) => pod.name === name);
      const [job] = podsIn(of(overlay)).filter((pod) => pod.name === `${name}-provision`);
      expect(job?.spec.containers[0]).toMatchObject({
        args: ['provision.js'],
        image: service?.spec.containers[0]?.['image'],
        envFrom: service?.spec.containers[0]?.['envFrom'],
      });
    }
  });

  it('lets traffic flow only where a policy says from whom and to whom', () => {
    interface Policy {
      spec: {
        podSelector: { matchLabels?: Record<string, string> };
        policyTypes: string[];
        ingress?: { from?: object[]; ports?: object[] }[];
        egress?: { to?: object[]; ports?: object[] }[];
      };
    }
    const policies = of(overlay).filter(({ kind }) => kind === 'NetworkPolicy') as unknown as Policy[];
    for (const { spec } of policies) {
      expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
      for (const rule of spec.ingress ?? [])
        expect(rule).toMatchObject({ from: expect.anything(), ports: expect.anything() });
      for (const rule of spec.egress ?? [])
        expect(rule).toMatchObject({ to: expect.anything(), ports: expect.anything() });
    }
    const selected = ({ labels }: Pod) =>
      policies.some(({ spec: { podSelector } }) => {
        const wanted = Object.entries(podSelector.matchLabels ?? {});
        return wanted.length > 0 && wanted.every(([label, value]) => labels[label] === value);
      });
    expect(podsIn(of(overlay)).filter((pod) => !selected(pod))).toEqual([]);
    // The first is the rule for whoever has none of its own.
    expect(policies.some(({ spec }) => Object.keys(spec.podSelector).length === 0)).toBe(true);
  });
});

describe('production', () => {
  it('never has the sandbox, nor servers and passwords of development', () => {
    const foreign = of('production').filter(
      ({ kind, metadata }) => kind === 'Secret' || kind === 'StatefulSet' || /sandbox|mongodb|nats/.test(metadata.name),
    );
    expect(foreign).toEqual([]);
    expect(JSON.stringify(of('production'))).not.toMatch(/sandbox|development/);
  });

  it('keeps three copies of each stream, and two of each service on different nodes', () => {
    for (const deployment of of('production').filter(({ kind }) => kind === 'Deployment'))
      expect(deployment['spec']).toMatchObject({
        replicas: 2,
        template: {
          spec: {
            topologySpreadConstraints: expect.arrayContaining([
              expect.objectContaining({ topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule' }),
            ]),
          },
        },
      });
    for (const config of of('production').filter(({ kind }) => kind === 'ConfigMap'))
      expect(config['data']).toMatchObject({ CROSSDOCK_STREAM_REPLICAS: '3' });
  });

  it('lets a team deploy its service alone, the same as with the others', async () => {
    for (const name of names()) {
      const alone = objectsIn(await render(kustomize, `k8s/overlays/production/${name}`));
      expect(of('production')).toEqual(expect.arrayContaining(alone));
      expect(alone.flatMap(check)).toEqual([]);
    }
  }, 60_000);
});

describe('the checks themselves', () => {
  const deployment = () => of('production').find(({ kind }) => kind === 'Deployment') as KubernetesObject;
  const podOf = (object: KubernetesObject) => podsIn([object])[0]?.spec ?? { containers: [] };

  it('tell a misspelt field, a missing one, a wrong type and an unknown kind', () => {
    expect(check({ ...deployment(), sepc: {} }).join()).toContain('sepc');
    expect(check({ ...deployment(), spec: { template: {} } }).join()).toContain("required property 'selector'");
    expect(check({ ...deployment(), metadata: { name: 1 as unknown as string } }).join()).toContain('must be string');
    expect(check({ ...deployment(), kind: 'Deploiment' })).toEqual(['apps/v1 Deploiment is unknown to Kubernetes']);
  });

  it('tell a pod that may be more than a plain process', () => {
    const pod = podOf(deployment());
    expect(restricted(pod)).toEqual([]);
    expect(restricted({ ...pod, hostNetwork: true })).toEqual(['it shares a namespace of its node']);
    expect(restricted({ ...pod, securityContext: {} })).toEqual([
      'it has no seccomp profile',
      'service: runAsNonRoot is not true',
      'service: it runs as root, or as nobody knows whom',
    ]);
    expect(restricted({ ...pod, volumes: [{ name: 'x', hostPath: { path: '/' } }] })).toHaveLength(1);
    const bare = pod.containers.map((container) => ({ ...container, securityContext: {} }));
    expect(restricted({ ...pod, containers: bare })).toHaveLength(2);
  });
});
