/** `.crossdock/endpoints.json`: where other programs find what runs in this clone. Written by `npm start`. */
import { rmSync } from 'node:fs';
import { filesOf, readJson, writeWhole } from './files.ts';

export interface Endpoints {
  version: 1;
  /** Process that keeps everything up; the file is stale when it has ended. */
  pid: number;
  nats: { url: string; monitorUrl?: string };
  /** Base URLs by name of service, e.g. `order-orchestration`, and of the sandbox's parts, e.g. `sandbox-erp`. */
  services: Record<string, { url: string; docs?: string; health?: string; metrics?: string }>;
  /** How to get a token: a POST to `url` with `body` as JSON answers with it under `field`. */
  token: { url: string; body: Record<string, unknown>; field: string };
}

/** Readable for this user only: the broker's URL may hold a password. */
export function writeEndpoints(dir: string, endpoints: Endpoints): void {
  writeWhole(filesOf(dir).endpoints, `${JSON.stringify(endpoints, null, 2)}\n`, 0o600);
}

export const readEndpoints = (dir: string): Endpoints | undefined => readJson<Endpoints>(filesOf(dir).endpoints);

export const removeEndpoints = (dir: string): void => rmSync(filesOf(dir).endpoints, { force: true });
