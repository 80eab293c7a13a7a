/** The translations alone, as built: no server, no door, no store. For work on one of them, for fuzzing and for the bench. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../stack/files.ts';
import { unreadable, type Fault, type ReadDocument, type Reader, type ReadFile } from './reading.ts';

/** As much of apps/connectors/src/translate as is used here; apps are loaded as built, not imported. */
interface Interchange {
  readonly documents: readonly ReadDocument[];
  readonly faults: readonly Fault[];
}
interface Translated {
  readonly standard?: string;
  readonly interchanges: readonly Interchange[];
  readonly faults: readonly Fault[];
}
export type Translate = (bytes: Uint8Array) => Translated;

/** As much of apps/shipment-normalization/src/translate as is used here. */
interface TrackingTold {
  readonly status: string;
  readonly events: readonly unknown[];
  readonly faults?: readonly Fault[];
}
/** `hint` names the carrier: the payload's path. */
export type ReadTracking = (hint: string, payload: Uint8Array) => TrackingTold;

const built = async <T>(app: string, ...path: string[]): Promise<T> => {
  const file = join(ROOT, 'apps', app, 'dist', 'src', 'translate', ...path);
  if (!existsSync(file)) throw new Error(`${file} is missing: build first (npm run build)`);
  return (await import(pathToFileURL(file).href)) as T;
};

export const loadTranslate = async (): Promise<Translate> => {
  const { translateBytes } = await built<{ translateBytes: (bytes: Uint8Array, context: unknown) => Translated }>(
    'connectors',
    'translate-bytes.js',
  );
  const { NO_CONTEXT } = await built<{ NO_CONTEXT: unknown }>('connectors', 'translation.js');
  return (bytes) => translateBytes(bytes, NO_CONTEXT);
};

export const loadReadTracking = async (): Promise<ReadTracking> =>
  (await built<{ readTracking: ReadTracking }>('shipment-normalization', 'carriers', 'index.js')).readTracking;

const fileOf = ({ standard, interchanges, faults }: Translated): ReadFile => ({
  ...(standard === undefined ? {} : { standard }),
  documents: interchanges.flatMap(({ documents }) => documents),
  faults: [...faults, ...interchanges.flatMap((one) => one.faults)],
});

export const translationsReader = (translate: Translate, readTracking: ReadTracking): Reader => ({
  document: async ({ path }) => {
    try {
      return fileOf(translate(readFileSync(path)));
    } catch (error) {
      return unreadable(error);
    }
  },
  trackings: async (sent, onRead) =>
    sent.map((one) => {
      const { status, events, faults = [] } = readTracking(one.file, readFileSync(one.path));
      onRead(one);
      return { status, events: events.length, faults };
    }),
});
