/** What came out, for a person at a terminal: figures with their dues, shares by process, what makes it void. */
import Table from 'cli-table3';
import { figureOf, shown } from './figures.ts';
import { bound, met, type Outcome, type Row, type Side } from './scenario.ts';

const PLAIN = { head: [], border: [] };

/** Met, aim met, or not; nothing where no due stands. */
export const verdictOn = ({ figure, must, aim }: Row): string => {
  if (!must) return '';
  if (!met(figure.median, must)) return 'NOT MET';
  return aim && met(figure.median, aim) ? 'met, aim too' : 'met';
};
export const isMet = ({ figure, must }: Row): boolean => !must || met(figure.median, must);

const duesOf = ({ must, aim }: Row): string =>
  [...(must ? [bound(must)] : []), ...(aim ? [`aim ${bound(aim)}`] : [])].join(', ');

export interface ProcessRow {
  readonly side: string;
  readonly process: string;
  readonly cpuMicros: number;
  readonly maxRssMb: number;
  readonly loopDelayMs: number | undefined;
}
/** Per process of a side: CPU per unit of work in the median, the largest memory and event-loop delay of its runs. */
export const processRows = ({ name, runs }: Side): readonly ProcessRow[] =>
  (runs[0]?.processes ?? []).map(({ name: process }) => {
    const each = runs.map((run) => ({ work: run.work, share: run.processes.find((one) => one.name === process) }));
    const delays = each.flatMap(({ share }) => (share?.loopDelayMs === undefined ? [] : [share.loopDelayMs]));
    return {
      side: name,
      process,
      cpuMicros: figureOf(each.map(({ work, share }) => ((share?.cpuSeconds ?? 0) * 1e6) / work)).median,
      maxRssMb: Math.max(...each.map(({ share }) => share?.maxRssMb ?? 0)),
      loopDelayMs: delays.length > 0 ? Math.max(...delays) : undefined,
    };
  });

export function textOf(scenario: string, outcome: Outcome): string {
  const { rows, sides, notes = [], faults } = outcome;
  const isVoid = faults.length > 0;
  const figures = new Table({ head: [scenario, 'median (min to max)', 'due', ''], style: PLAIN });
  for (const row of rows)
    figures.push([row.what, shown(row.figure, row.digits), duesOf(row), isVoid ? 'VOID' : verdictOn(row)]);
  const parts = [figures.toString()];
  const processes = sides.flatMap((side) => processRows(side).map((row) => ({ ...row, per: side.per })));
  if (processes.length > 0) {
    const table = new Table({
      head: ['process', 'CPU, microseconds', 'largest memory, MB', 'event loop p99, ms'],
      colAligns: ['left', 'right', 'right', 'right'],
      style: { ...PLAIN, compact: true },
    });
    for (const { side, process, per, cpuMicros, maxRssMb, loopDelayMs } of processes)
      table.push([
        `${side}: ${process}`,
        `${cpuMicros.toFixed(0)} a ${per}`,
        maxRssMb.toFixed(0),
        loopDelayMs?.toFixed(1) ?? '',
      ]);
    parts.push(table.toString());
  }
  return [...parts, ...notes, ...faults.map((fault) => `VOID: ${fault}`)].join('\n');
}
