/** The end of a run as a person reads it: what came to what, the verdict, and how to look around. Pure. */
import Table from 'cli-table3';
import { DEMO } from './http.ts';
import type { Report } from './report.ts';
import { grouped } from './stages.ts';
import type { Urls } from './system.ts';

export const money = (minor: number, currency: string): string =>
  `${(minor / 100).toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} ${currency}`;

const words = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${grouped(count)} ${name}`)
    .join(', ') || '-';

export const summaryTable = ({ documents, orders, lines, money: sums, linesPerSecond, seconds }: Report): string => {
  const table = new Table({ head: ['', 'documents', 'lines', 'money'], style: { head: [], border: [] } });
  const amount = (minor: number) => money(minor, sums.currency);
  table.push(
    [
      'orders taken',
      grouped(documents.orders),
      `${grouped(lines.ordered)} (${grouped(lines.goods)} goods, ${grouped(lines.charges)} charges)`,
      `${amount(sums.invoicedNet)} invoiced net`,
    ],
    ['  of them', words(orders), `${linesPerSecond.toFixed(1)} a second`, `${amount(sums.tax)} tax`],
    ['returns', grouped(documents.returns), '', `${amount(sums.creditedNet)} credited net`],
    ['adjustments', grouped(documents.adjustments), '', ''],
    ['parked', grouped(documents.parked), '', ''],
    ['already known', grouped(documents.alreadyKnown), '', ''],
    ['journals', '', '', `${amount(sums.debits)} debits, ${amount(sums.credits)} credits`],
  );
  const times = `set-up ${seconds.setup.toFixed(1)} s, ready ${seconds.ready.toFixed(1)} s, drained ${seconds.drained.toFixed(1)} s`;
  return `${table.toString()}\n${times}`;
};

export const processTable = ({ processes }: Report): string => {
  const table = new Table({
    head: ['process', 'CPU s', 'largest MB'],
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, cpuSeconds, maxRssMb } of processes) {
    table.push([name, cpuSeconds.toFixed(1), maxRssMb.toFixed(0)]);
  }
  const sum = processes.reduce((total, { maxRssMb }) => total + maxRssMb, 0);
  table.push(['together', '', sum.toFixed(0)]);
  return table.toString();
};

const SHOWN = 5;

/** The checker's verdict, broken invariants first with what breaks them. */
export const verdictLines = ({ invariants, deadLetters, exceptions }: Report): readonly string[] => {
  const broken = invariants.filter(({ holds }) => !holds);
  const held = invariants.length - broken.length;
  const looked = invariants.reduce((sum, { checked }) => sum + checked, 0);
  return [
    broken.length === 0
      ? `Verdict: all ${held} invariants hold (${grouped(looked)} things looked at).`
      : `Verdict: ${broken.length} of ${invariants.length} invariants are broken.`,
    ...broken.flatMap(({ id, violations }) => [
      `  ${id}: ${violations.length} ${violations.length === 1 ? 'violation' : 'violations'}`,
      ...violations.slice(0, SHOWN).map((violation) => `    ${violation}`),
    ]),
    ...(deadLetters > 0 ? [`${grouped(deadLetters)} messages are in quarantine.`] : []),
    ...(Object.keys(exceptions).length > 0 ? [`Waiting for a person or with a reason: ${words(exceptions)}.`] : []),
  ];
};

export interface Example {
  readonly orderNo?: string;
  readonly item?: string;
}

/** Where everything is, and three calls to begin with. */
export const guide = (urls: Urls, { orderNo, item }: Example): string => {
  const wide = Math.max(...Object.keys(urls.services).map(({ length }) => length));
  const orders = urls.services['order-orchestration'];
  const inventory = urls.services['inventory-propagation'];
  const finance = urls.services['finance-posting'];
  const auth = '-H "authorization: Bearer $TOKEN"';
  return [
    'Look around (OpenAPI at /docs, metrics at /metrics, exceptions at /v1/exceptions):',
    ...Object.entries(urls.services).map(([name, url]) => `  ${name.padEnd(wide)}  ${url}/docs`),
    ...Object.entries(urls.outside).map(([name, url]) => `  ${`sandbox ${name}`.padEnd(wide)}  ${url}`),
    '',
    '  # a token of the sandbox, good for an hour',
    `  TOKEN=$(curl -s ${urls.outside.tokens}/oauth/token -H 'content-type: application/json' \\`,
    `    -d '${JSON.stringify(DEMO)}' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    '  # an order: its status, and per line what became of it',
    `  curl -s ${auth} ${orders}/v1/orders/${orderNo ?? '<orderNo>'}`,
    '  # what may be sold of an item, and why so much',
    `  curl -s ${auth} '${inventory}/v1/availability?items=${item ?? '<item>'}&channel=web&explain=true'`,
    '  # the trial balance of the legal entity',
    `  curl -s ${auth} '${finance}/v1/trial-balance?entity=CD-UK'`,
  ].join('\n');
};
