/** The verdict of the invariant checker, which lies in the testing kit and is loaded when the day is over. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../stack/files.ts';
import type { Invariant } from './report.ts';

/** Where the checker looks: streams, the services' databases and the books of the outside. */
export interface Sources {
  readonly natsUrl: string;
  /** by service; the database is the service's */
  readonly mongoUrls: Readonly<Record<string, string>>;
  readonly erpUrl: string;
  readonly wmsUrl: string;
  readonly clocks: Readonly<Record<string, number>>;
}
type Check = (sources: Sources) => Promise<readonly Invariant[]>;

/** The testing kit drives this command too, so it is found by its place and not by a reference that would go in a circle. */
const CHECKER = join(ROOT, 'libs', 'testing', 'dist', 'src', 'index.js');

const isCheck = (value: unknown): value is Check => typeof value === 'function';

export async function checkAll(sources: Sources): Promise<readonly Invariant[]> {
  if (!existsSync(CHECKER)) throw new Error(`the invariant checker is not built: ${CHECKER} is missing`);
  const kit = (await import(pathToFileURL(CHECKER).href)) as Record<string, unknown>;
  const check = kit['checkInvariants'];
  if (!isCheck(check)) throw new Error('@crossdock/testing has no checkInvariants');
  return check(sources);
}
