/** The two ways a server of ours runs: as a process of this machine, or in a container. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { ServerOrigin } from '../setup/servers.ts';
import { endProcess, isOurs, lastLines, launch } from './process.ts';

/** What is kept about a running server, so that another command of this clone finds it again. */
export interface Handle {
  pid: number;
  container?: string;
}

export interface Host {
  start(): Promise<Handle>;
  /** The end of what the server has printed. */
  lastWords(): Promise<string>;
}

export interface HostPlan {
  origin: Exclude<ServerOrigin, { kind: 'url' }>;
  /** Program of the image; for a binary its path is in the origin. */
  program: string;
  args: string[];
  /** Folder of this clone's state: stands in the arguments, which makes a process recognisable as ours. */
  dir: string;
  logFile: string;
  ports: number[];
}

export const hostFor = (plan: HostPlan): Host =>
  plan.origin.kind === 'docker' ? containerHost(plan, plan.origin.image) : processHost(plan, plan.origin.path);

/** `dir` as in the plan of the server's start. */
export async function lives(handle: Handle | undefined, dir: string): Promise<boolean> {
  if (!handle?.container) return isOurs(handle?.pid, dir);
  const found = await (await dockerode()).getContainer(handle.container).inspect().catch(unlessGone);
  return found?.State.Running === true;
}

/** `handles` by any name. */
export async function livesAny(handles: Readonly<Record<string, Handle>>, dir: string): Promise<boolean> {
  for (const handle of Object.values(handles)) if (await lives(handle, dir)) return true;
  return false;
}

export async function end(handle: Handle | undefined, dir: string, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (!handle) return;
  if (!handle.container) {
    if (await isOurs(handle.pid, dir)) await endProcess(handle.pid, signal);
    return;
  }
  const container = (await dockerode()).getContainer(handle.container);
  if (signal === 'SIGTERM') await container.stop({ t: 15 }).catch(unlessGone);
  await container.remove({ force: true }).catch(unlessGone);
}

function processHost(plan: HostPlan, command: string): Host {
  return {
    start: async () => ({ pid: await launch({ command, args: plan.args, logFile: plan.logFile }) }),
    lastWords: async () => lastLines(plan.logFile),
  };
}

/**
 * The container sees this clone's folder under the same path and runs as this user, so the configuration, the books
 * and their owner are the same as without a container.
 */
function containerHost(plan: HostPlan, image: string): Host {
  const clone = createHash('sha256').update(plan.dir).digest('hex').slice(0, 10);
  const name = `crossdock-${clone}-${basename(plan.logFile, '.log')}`;
  return {
    start: async () => {
      const docker = await dockerode();
      await docker.getContainer(name).remove({ force: true }).catch(unlessGone);
      const published = plan.ports.map((port) => [`${port}/tcp`, [{ HostIp: '127.0.0.1', HostPort: String(port) }]]);
      const container = await docker.createContainer({
        name,
        Image: image,
        Entrypoint: [plan.program],
        Cmd: plan.args,
        User: process.getuid ? `${process.getuid()}:${process.getgid?.() ?? 0}` : '',
        ExposedPorts: Object.fromEntries(plan.ports.map((port) => [`${port}/tcp`, {}])),
        HostConfig: { Binds: [`${plan.dir}:${plan.dir}`], PortBindings: Object.fromEntries(published) },
      });
      await container.start();
      return { pid: (await container.inspect()).State.Pid, container: name };
    },
    lastWords: async () => {
      const container = (await dockerode()).getContainer(name);
      const log = await container.logs({ stdout: true, stderr: true, tail: 8 }).catch(unlessGone);
      return plainText(log);
    },
  };
}

/** Without a terminal, Docker puts eight bytes before every piece of a log: stream, three zeros, length. */
function plainText(log: Buffer | undefined): string {
  let text = '';
  for (let at = 0; log && at + 8 <= log.length; at += 8 + log.readUInt32BE(at + 4)) {
    text += log.toString('utf8', at + 8, at + 8 + log.readUInt32BE(at + 4));
  }
  return text.trimEnd();
}

async function dockerode() {
  const { getContainerRuntimeClient } = await import('testcontainers');
  return (await getContainerRuntimeClient()).container.dockerode;
}

/** 304: already stopped, 404: already removed, 409: being removed. */
function unlessGone(error: { statusCode?: number }): undefined {
  if ([304, 404, 409].includes(error.statusCode ?? 0)) return undefined;
  throw error;
}
