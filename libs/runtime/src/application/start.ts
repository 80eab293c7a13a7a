/** `main.ts` of every service is one call of this. */
import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { Kept } from '../ask/ask.js';
import { AskRunner } from '../ask/runner.js';
import { RuntimeSettings, settingsFrom, SettingsFault } from '../config.js';
import { OpenRoute } from '../door/access-check.js';
import { withCaseRules } from '../door/case-rules.js';
import { JOBS } from '../jobs/job.js';
import type { JobRunner } from '../jobs/job-runner.js';
import { systemClock } from '../road/clock.js';
import type { ServiceDefinition } from '../service.js';
import { openLog } from '../watch/logs.js';
import { openMetrics } from '../watch/metrics.js';
import { FileExporter, openTraces } from '../watch/traces.js';
import { roadEvents } from '../watch/road-events.js';
import type { Watch } from '../watch/watch.js';
import { createApplication } from './create.js';
import { openPorts } from './open-ports.js';
import type { OpenPorts, RoadPort } from './road-port.js';
import { RoadStrategy } from './road-strategy.js';

/** The process around a service; a test brings its own. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** to standard error */
  say(text: string): void;
  exit(code: number): void;
  onSignal(listener: (signal: string) => void): void;
}
const thisProcess: Host = {
  env: process.env,
  say: (text) => process.stderr.write(`${text}\n`),
  exit: (code) => process.exit(code),
  onSignal: (listener) => {
    process.on('SIGTERM', listener);
    process.on('SIGINT', listener);
  },
};
export interface StartOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** broker, store and road; the real ones unless a test brings its own */
  readonly open?: OpenPorts;
}
export interface RunningService {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly settings: RuntimeSettings;
  /** not ready, stop pulling, finish the batch, publish, give lanes back, close */
  stop(): Promise<void>;
}
class NoSettings {}

/** Where spans go: a collector, a file, or nowhere. */
const exporterOf = ({ traceUrl, traceFile }: RuntimeSettings) => {
  if (traceUrl) return { exporter: new OTLPTraceExporter({ url: traceUrl }) };
  return traceFile ? { exporter: new FileExporter(traceFile) } : {};
};

export const openWatch = (name: string, settings: RuntimeSettings): Watch => ({
  log: openLog(name, settings.logLevel, settings.instance),
  metrics: openMetrics(name, true),
  traces: openTraces({
    service: name,
    ratio: settings.traceRatio,
    ...exporterOf(settings),
  }),
});

/** The road as the application sees it: not ready from the moment that a stop begins. */
const untilStopped = (road: RoadPort, stopping: () => boolean): RoadPort => ({
  start: () => road.start(),
  submit: (given) => road.submit(given),
  deposit: (given) => road.deposit(given),
  drain: () => road.drain(),
  answer: (lane, input, closes) => road.answer(lane, input, closes),
  postpone: (askId, at) => road.postpone(askId, at),
  gauges: () => road.gauges(),
  ready: () => (stopping() ? { ok: false, reasons: ['stopping'] } : road.ready()),
});

/** Starts a service and resolves when it takes requests. */
export const runService = async (given: ServiceDefinition, options: StartOptions = {}): Promise<RunningService> => {
  const definition = withCaseRules(given);
  const ownClass: Type<object> = definition.settings ?? NoSettings;
  const [settings, own] = settingsFrom(options.env ?? process.env, RuntimeSettings, ownClass);
  const watch = openWatch(definition.name, settings);
  const live: { road?: RoadPort; kept?: Kept; strategy?: RoadStrategy; stopping?: Promise<void> } = {};
  const roadNow = (): RoadPort => {
    if (!live.road) throw new Error('the road is not open yet');
    return live.road;
  };
  const asks = new AskRunner({
    handlers: definition.asks,
    settings: own,
    service: definition.name,
    clock: systemClock,
    watch,
    kept: () => {
      if (!live.kept) throw new Error('the store is not open yet');
      return live.kept;
    },
    road: () => ({
      answer: (lane, input, closes) => roadNow().answer(lane, input, closes),
      late: (askId, at) => roadNow().postpone(askId, at),
    }),
  });
  const opened = await (options.open ?? openPorts)({
    definition,
    settings,
    watch,
    events: roadEvents(watch, (input) => live.strategy?.decided(input)),
    opened: (pending) => asks.open(pending),
    closed: (lane) => asks.closeLane(lane),
  });
  const ports = { ...opened, road: untilStopped(opened.road, () => live.stopping !== undefined) };
  live.road = ports.road;
  live.kept = {
    archive: ports.archive,
    queries: ports.queries,
    counted: (list, isMapped) => watch.metrics.codes.inc({ list, outcome: isMapped ? 'mapped' : 'unmapped' }),
  };
  watch.metrics.onScrape(() => ({ ready: ports.road.ready().ok, lanes: ports.road.gauges() }));
  const app = await createApplication(definition, { settings, own, ports, watch, clock: systemClock });
  const transport = new RoadStrategy(ports.road, watch.log);
  live.strategy = transport;
  app.connectMicroservice({ strategy: transport });
  // The door opens first: liveness and readiness answer while the road waits for its streams.
  await app.listen(settings.httpPort, settings.httpHost);
  await app.startAllMicroservices();
  const jobs = app.get<JobRunner>(JOBS);
  jobs.run();
  const url = await app.getUrl();
  watch.log.info({ url }, 'started');
  const stop = async (): Promise<void> => {
    // Jobs put inputs in, so they end first; asks may still answer while the road finishes its batch.
    await jobs.drain();
    await transport.close();
    asks.stop();
    await app.close();
    await ports.close();
    await watch.traces.close();
  };
  return { app, url, settings, stop: () => (live.stopping ??= stop()) };
};

/** Ends the process when it is told to: cleanly within its budget, or at once when told twice. */
const endOnSignal = (name: string, { stop, settings }: RunningService, host: Host): void => {
  let ending = false;
  host.onSignal((signal) => {
    if (ending) return host.exit(1);
    ending = true;
    const over = setTimeout(() => {
      host.say(`${name}: not done within ${settings.drainMs} ms after ${signal}`);
      host.exit(1);
    }, settings.drainMs);
    void stop()
      .then(
        () => 0,
        (error: unknown) => {
          host.say(`${name}: ${(error as Error).stack ?? String(error)}`);
          return 1;
        },
      )
      .then((code) => {
        clearTimeout(over);
        host.exit(code);
      });
  });
};

/**
 * Runs a service until it is told to stop. Exit code 0: drained; 1: not in time; 2: could not start, with every fault of
 * the settings at once on standard error.
 */
export const startService = async (
  definition: ServiceDefinition,
  options: StartOptions & { readonly host?: Host } = {},
): Promise<RunningService | undefined> => {
  const host = options.host ?? thisProcess;
  try {
    const running = await runService(definition, { env: host.env, ...options });
    endOnSignal(definition.name, running, host);
    return running;
  } catch (error) {
    const known = error instanceof SettingsFault || error instanceof OpenRoute;
    host.say(`${definition.name} can't start: ${known ? error.message : ((error as Error).stack ?? String(error))}`);
    host.exit(2);
    return undefined;
  }
};
