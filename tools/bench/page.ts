/** Results as one page that needs nothing else: tables, and charts as SVG inside it. */
import * as echarts from 'echarts';
import { shown } from './figures.ts';
import type { Results } from './results.ts';
import { bound, type Chart, type Outcome, type Row } from './scenario.ts';
import { processRows, verdictOn } from './show.ts';

const WIDTH = 760;
const HEIGHT = 320;
const MARGIN = { left: 80, right: 220, top: 40, bottom: 45 };

const svgOf = (option: echarts.EChartsCoreOption, height = HEIGHT): string => {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption({ animation: false, grid: MARGIN, ...option });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
};

/** Percentiles are names, not distances: 99 and 99.9 would otherwise be one point. */
const lineChart = ({ title, x, y, logarithmic, series }: Chart): string => {
  const names = x === 'percentile' ? (series[0]?.points.map(([at]) => String(at)) ?? []) : undefined;
  return svgOf({
    title: { text: title, textStyle: { fontSize: 14 } },
    legend: { orient: 'vertical', right: 0, top: 30 },
    xAxis: {
      name: x,
      nameLocation: 'middle',
      nameGap: 28,
      ...(names ? { type: 'category', data: names } : { type: 'value' }),
    },
    yAxis: { name: y, nameLocation: 'middle', nameGap: 55, type: logarithmic ? 'log' : 'value' },
    series: series.map(({ name, points }) => ({
      name,
      type: 'line',
      showSymbol: names !== undefined,
      data: names ? points.map(([, value]) => value) : points.map((point) => [...point]),
    })),
  });
};

/** CPU per unit of work by process, one bar per side. */
const shareChart = ({ sides }: Outcome): string => {
  const bars = sides.filter(({ runs }) => runs.length > 0);
  const rows = bars.flatMap(processRows);
  const processes = [...new Set(rows.map(({ process }) => process))];
  if (processes.length === 0) return '';
  return svgOf(
    {
      title: { text: `CPU, microseconds a ${bars[0]?.per ?? ''}`, textStyle: { fontSize: 14 } },
      legend: { orient: 'vertical', right: 0, top: 30, type: 'plain' },
      xAxis: { type: 'value' },
      grid: { ...MARGIN, left: 130 },
      yAxis: { type: 'category', data: bars.map(({ name }) => name) },
      series: processes.map((process) => ({
        name: process,
        type: 'bar',
        stack: 'cpu',
        data: bars.map(({ name }) => rows.find((row) => row.side === name && row.process === process)?.cpuMicros ?? 0),
      })),
    },
    Math.max(240, 120 + 40 * bars.length),
  );
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const cells = (tag: 'th' | 'td', values: readonly string[]): string =>
  `<tr>${values.map((value) => `<${tag}>${escaped(value)}</${tag}>`).join('')}</tr>`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? ''
    : `<table><thead>${cells('th', head)}</thead><tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table>`;

const figureCells = (row: Row, isVoid: boolean): readonly string[] => [
  row.what,
  shown(row.figure, row.digits),
  row.must ? bound(row.must) : '',
  row.aim ? bound(row.aim) : '',
  isVoid ? 'VOID' : verdictOn(row),
];

const section = (name: string, about: string, outcome: Outcome): string => {
  const { rows, sides, charts = [], notes = [], faults } = outcome;
  const isVoid = faults.length > 0;
  const processes = sides
    .flatMap((side) => processRows(side))
    .map(({ side, process, cpuMicros, maxRssMb, loopDelayMs }) => [
      side,
      process,
      cpuMicros.toFixed(0),
      maxRssMb.toFixed(0),
      loopDelayMs?.toFixed(1) ?? '',
    ]);
  return [
    `<section id="${escaped(name)}"><h2>${escaped(name)}</h2><p>${escaped(about)}</p>`,
    ...faults.map((fault) => `<p class="void">VOID: ${escaped(fault)}</p>`),
    table(
      ['figure', 'median (min to max)', 'must', 'aim', ''],
      rows.map((row) => figureCells(row, isVoid)),
    ),
    ...notes.map((note) => `<p>${escaped(note)}</p>`),
    shareChart(outcome),
    ...charts.filter(({ series }) => series.some(({ points }) => points.length > 0)).map(lineChart),
    table(['side', 'process', 'CPU, microseconds', 'largest memory, MB', 'event loop p99, ms'], processes),
    '</section>',
  ].join('\n');
};

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:900px;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;margin:1rem 0}td,th{border-bottom:1px solid #ddd;padding:.2rem .8rem .2rem 0;text-align:left}
.void{color:#b00;font-weight:bold}svg{max-width:100%;height:auto}`;

export const pageOf = ({ at, machine, scenarios }: Results): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Crossdock bench, ${escaped(at)}</title><style>${STYLE}</style>
<h1>Crossdock bench</h1>
<p>${escaped(at)}, ${machine.cores} cores (${escaped(machine.cpu)}), ${machine.memoryGb} GB, Node ${escaped(machine.node)}.
Medians with minimum and maximum; a figure of a run that broke an invariant is VOID.</p>
${scenarios.map(({ name, about, outcome }) => section(name, about, outcome)).join('\n')}
</html>
`;
