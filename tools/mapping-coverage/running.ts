/** Codes that running services were sent, as their metrics count them, and those of them that wait for a row. */
import type { Endpoints } from '../stack/endpoints.ts';

/** Of one list (units, answers ...) or one carrier, since the process started. */
export interface Counted {
  readonly list: string;
  readonly seen: number;
  readonly mapped: number;
}
const COUNTERS: Readonly<Record<string, string>> = {
  crossdock_mapped_codes_total: 'list',
  crossdock_mapped_events_total: 'system',
};
const SAMPLE = /^(?<name>\w+)\{(?<labels>[^}]*)\} (?<value>\d+(?:\.\d+)?(?:e\+?\d+)?)/gm;
const labelIn = (labels: string, name: string): string | undefined =>
  new RegExp(`(?:^|,)${name}="((?:[^"\\\\]|\\\\.)*)"`).exec(labels)?.[1];

/** From a page in the text format of Prometheus. */
export const countedIn = (metrics: string): readonly Counted[] => {
  const found = new Map<string, { seen: number; mapped: number }>();
  for (const { groups } of metrics.matchAll(SAMPLE)) {
    const { name = '', labels = '', value = '0' } = groups ?? {};
    const list = Object.hasOwn(COUNTERS, name) ? labelIn(labels, COUNTERS[name] ?? '') : undefined;
    if (list === undefined) continue;
    const { seen, mapped } = found.get(list) ?? { seen: 0, mapped: 0 };
    const isMapped = labelIn(labels, 'outcome') === 'mapped';
    found.set(list, { seen: seen + Number(value), mapped: mapped + (isMapped ? Number(value) : 0) });
  }
  return [...found].map(([list, counts]) => ({ list, ...counts })).sort((a, b) => (a.list < b.list ? -1 : 1));
};

interface Case {
  readonly keys?: readonly string[];
}
interface Aside {
  readonly faults?: readonly { readonly code: string; readonly text: string }[];
}
/** Codes named by cases (`code:ups/X1`) and by documents put aside, each with how often. */
export const waitingIn = (cases: readonly Case[], documents: readonly Aside[]): readonly string[] => {
  const names = [
    ...cases.flatMap(({ keys = [] }) => keys.filter((key) => key.startsWith('code:')).map((key) => key.slice(5))),
    ...documents.flatMap(({ faults = [] }) =>
      faults.filter(({ code }) => code === 'code-unmapped').map((one) => one.text),
    ),
  ];
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return [...times].sort(([, a], [, b]) => b - a).map(([name, count]) => `${name} (${count})`);
};

/** Services that read others' codes, and where each lists what waits for a row. */
const ASKED: Readonly<Record<string, string>> = {
  connectors: '/v1/documents?reason=code-unmapped&limit=1000',
  'shipment-normalization': '/v1/exceptions?reason=code-not-mapped&limit=1000',
};
export interface Running {
  readonly service: string;
  readonly counted: readonly Counted[];
  readonly waiting: readonly string[];
}
const DEADLINE_MS = 10_000;
const fetched = async (url: string, init: RequestInit = {}): Promise<Response> => {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(DEADLINE_MS) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response;
};

export const coverageOfRunning = async ({ services, token }: Endpoints): Promise<readonly Running[]> => {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(token.body) };
  const granted = (await (await fetched(token.url, post)).json()) as Record<string, string>;
  const headers = { authorization: `Bearer ${granted[token.field]}` };
  return Promise.all(
    Object.entries(ASKED).flatMap(([service, path]) => {
      const url = services[service]?.url;
      return url === undefined
        ? []
        : [
            (async (): Promise<Running> => {
              const metrics = await (await fetched(`${url}/metrics`)).text();
              const told = (await (await fetched(`${url}${path}`, { headers })).json()) as {
                readonly exceptions?: readonly Case[];
                readonly documents?: readonly Aside[];
              };
              const waiting = waitingIn(told.exceptions ?? [], told.documents ?? []);
              return { service, counted: countedIn(metrics), waiting };
            })(),
          ];
    }),
  );
};
