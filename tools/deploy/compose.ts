/** The services in docker/compose.yaml: everything between its markers. The servers above them are written by hand. */
import { HTTP_PORT, type Deployed } from './deployed.ts';
import { given, SANDBOX_PORTS, sandboxValues } from './development.ts';
import { imageOf } from './pods.ts';

/** First port of this machine that a service has; the next services have the next ones. */
const FIRST_PORT = 3001;
/** Of every user of the database; the prepare script makes the users with the same one. */
export const COMPOSE_PASSWORD = '${CROSSDOCK_PASSWORD:-development}';

const alive = (path: string, port: number): string[] => [
  'CMD',
  'node',
  '-e',
  `fetch('http://127.0.0.1:${port}${path}').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`,
];
const healthcheck = (path: string, port: number) => ({
  test: alive(path, port),
  interval: '5s',
  timeout: '3s',
  retries: 12,
  start_period: '20s',
});

/** What each of our containers may do: nothing but its work. */
const confined = {
  read_only: true,
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
  restart: 'unless-stopped',
};
const build = (name: string) => ({ context: '..', dockerfile: 'docker/Dockerfile', args: { SERVICE: name } });
/** Reachable from this machine only. */
const published = (outside: number, inside: number): string => `127.0.0.1:${outside}:${inside}`;
const after = (...names: readonly [string, string][]) =>
  Object.fromEntries(names.map(([name, condition]) => [name, { condition }]));

const service = (of: Deployed, place: number) => ({
  image: imageOf(of),
  build: build(of.name),
  environment: given(of, { mongo: COMPOSE_PASSWORD }).values,
  ports: [published(FIRST_PORT + place, HTTP_PORT)],
  depends_on: after(['nats', 'service_healthy'], ['mongodb-prepare', 'service_completed_successfully']),
  healthcheck: healthcheck('/health/ready', HTTP_PORT),
  // A drain takes ten seconds at most.
  stop_grace_period: '15s',
  ...confined,
});

const sandbox = (version: string) => ({
  image: imageOf({ name: 'sandbox', version }),
  build: build('sandbox'),
  environment: sandboxValues('/data'),
  ports: Object.values(SANDBOX_PORTS).map((port) => published(port, port)),
  volumes: ['sandbox:/data'],
  depends_on: after(['nats', 'service_healthy']),
  healthcheck: healthcheck('/health/live', SANDBOX_PORTS.tokens),
  ...confined,
});

/** Lines of YAML for each section of the file, by its name. */
export const composeSections = (services: readonly Deployed[]): Readonly<Record<string, object>> => ({
  databases: { CROSSDOCK_DATABASES: services.map(({ name }) => name).join(',') },
  services: {
    ...Object.fromEntries(services.map((of, place) => [of.name, service(of, place)])),
    sandbox: sandbox(services[0]?.version ?? '0.1.0'),
  },
});
