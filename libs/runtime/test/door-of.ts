/** A service's door on real HTTP over a road that only writes down what it is given. */
import { Writable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  createApplication,
  MemoryArchive,
  MemoryJobStore,
  openLog,
  openMetrics,
  openTraces,
  RuntimeSettings,
  systemClock,
  type Deposit,
  type DoorAnswer,
  type Quarantine,
  type Queries,
  type RoadPort,
  type RoadSubmission,
  type ServiceDefinition,
  type ServicePorts,
  type Tokens,
  type Watch,
} from '../src/index.js';
import type { SpanExporter } from '@opentelemetry/sdk-trace';

export class NotedRoad implements RoadPort {
  readonly given: RoadSubmission[] = [];
  readonly deposited: Deposit[] = [];
  answerWith: (given: RoadSubmission) => DoorAnswer | Promise<DoorAnswer> = ({ input }) => ({
    kind: 'accept',
    answer: { id: input.id },
  });
  standing: { ok: boolean; reasons: string[] } = { ok: true, reasons: [] };
  start = () => Promise.resolve();
  drain = () => Promise.resolve();
  answer = () => Promise.resolve(true);
  postpone = () => Promise.resolve();
  gauges = () => [];
  ready = () => this.standing;
  deposit(given: Deposit): Promise<void> {
    this.deposited.push(given);
    return Promise.resolve();
  }
  submit(given: RoadSubmission): Promise<DoorAnswer> {
    this.given.push(given);
    return Promise.resolve(this.answerWith(given));
  }
}
const noStates: Queries = {
  get: () => Promise.resolve(undefined),
  many: () => Promise.resolve([]),
  byKey: () => Promise.resolve([]),
  scan: async function* () {
    // there is nothing
  },
  count: () => Promise.resolve(0),
  totals: () => Promise.resolve([]),
};

const nothingPut: Quarantine = {
  list: () => Promise.resolve([]),
  get: () => Promise.resolve(undefined),
  keep: () => Promise.resolve(),
};

export interface DoorWish {
  readonly settings?: Partial<RuntimeSettings>;
  readonly own?: object;
  readonly tokens?: Tokens;
  readonly queries?: Partial<Queries>;
  readonly quarantine?: Partial<Quarantine>;
  readonly spans?: SpanExporter;
  readonly traceRatio?: number;
}
export interface OpenDoor {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly road: NotedRoad;
  readonly jobs: MemoryJobStore;
  readonly lines: string[];
  readonly watch: Watch;
  stop(): Promise<void>;
}

export const openDoor = async (definition: ServiceDefinition, wish: DoorWish = {}): Promise<OpenDoor> => {
  const settings = Object.assign(new RuntimeSettings(), { issuerUrl: 'http://issuer.test', ...wish.settings });
  const road = new NotedRoad();
  const jobs = new MemoryJobStore();
  const lines: string[] = [];
  const to = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const watch: Watch = {
    log: openLog(definition.name, 'debug', undefined, to),
    metrics: openMetrics(definition.name),
    traces: openTraces({
      service: definition.name,
      ratio: wish.traceRatio ?? 0,
      ...(wish.spans ? { exporter: wish.spans, delayMs: 10 } : {}),
    }),
  };
  const ports: ServicePorts = {
    road,
    queries: { ...noStates, ...wish.queries },
    jobs,
    archive: new MemoryArchive(),
    quarantine: { ...nothingPut, ...wish.quarantine },
    close: () => Promise.resolve(),
  };
  const parts = {
    settings,
    own: wish.own ?? {},
    ports,
    watch,
    clock: systemClock,
    ...(wish.tokens ? { tokens: wish.tokens } : {}),
  };
  const app = await createApplication(definition, parts);
  await app.listen(0, '127.0.0.1');
  const stop = async (): Promise<void> => {
    await app.close();
    await watch.traces.close();
  };
  return { app, url: await app.getUrl(), road, jobs, lines, watch, stop };
};

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown> & {
    readonly code?: string;
    readonly errors?: readonly Record<string, unknown>[];
  };
}
export const callTo =
  (door: () => OpenDoor, token: () => string | undefined) =>
  async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answered> => {
    const bearer = token();
    const bytes =
      body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
    const response = await fetch(`${door().url}${path}`, {
      method,
      headers: {
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(bytes === undefined ? {} : { body: bytes as string }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text ? (JSON.parse(text) as Answered['body']) : {},
    };
  };
