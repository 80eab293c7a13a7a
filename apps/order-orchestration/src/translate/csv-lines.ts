/**
 * Rows of a CSV text, one physical line each, so that a stray quote spoils its own row and not the rest of the file. A
 * quoted line break is put together again when the parts make a whole row; csv-parse reads the quotes.
 */
import { parse } from 'csv-parse/sync';
import type { FoundRow } from './uci.js';

/** Rows that one quoted cell may run over. */
const MOST_LINES_OF_A_ROW = 20;

/** A spreadsheet that writes a comma in numbers puts semicolons between cells. */
export type Separator = ',' | ';';

const split = (line: string, separator: Separator): readonly string[] | undefined => {
  if (!line.includes('"')) return line.split(separator);
  try {
    const [cells] = parse(line, { delimiter: separator, relax_column_count: true, relax_quotes: true }) as string[][];
    return cells;
  } catch {
    return undefined;
  }
};
interface Line {
  readonly row: number;
  readonly text: string;
}
interface Layout {
  readonly columns: number;
  readonly separator: Separator;
}
/** The separator with which the first line has all columns. */
const layoutOf = (header: string, columns: number): Layout => ({
  columns,
  separator: split(header, ',')?.length !== columns && split(header, ';')?.length === columns ? ';' : ',',
});

/** Rows with their cells, from physical lines. `columns` tells which lines make a whole row. */
export async function* csvRows(lines: AsyncIterable<string>, columns: number): AsyncGenerator<FoundRow> {
  let open: Line[] = [];
  let row = 0;
  let layout: Layout | undefined;
  for await (const text of lines) {
    row += 1;
    const own = (layout ??= text.trim() ? layoutOf(text, columns) : undefined);
    if (!own) continue;
    if (open.length > 0 && !startsRow(text, own)) {
      open.push({ row, text });
      const whole = joined(open, own);
      if (whole) yield whole;
      else if (open.length < MOST_LINES_OF_A_ROW) continue;
      else yield* open.map((line) => alone(line, own));
      open = [];
      continue;
    }
    yield* open.map((line) => alone(line, own));
    open = [];
    if (isOpen(text, own)) open.push({ row, text });
    else if (text.trim()) yield alone({ row, text }, own);
  }
  if (layout) for (const line of open) yield alone(line, layout);
}

/**
 * True for a line that is a row of its own although a quote is open: it begins with a document number and a separator, and
 * is whole, or its first quote opens a cell. A line of a quoted cell may begin so, too (`6, RED AND`); it is not whole,
 * and the first quote in it closes the cell.
 */
const startsRow = (text: string, layout: Layout): boolean => {
  const { begins, opens } = ROWS[layout.separator];
  return begins.test(text) && (isWhole(text, layout) || opens.test(text));
};
const ROWS = {
  ',': { begins: /^"?[A-Za-z]?\d+"?,/, opens: /^(?:"|[^"]*,\s*")/ },
  ';': { begins: /^"?[A-Za-z]?\d+"?;/, opens: /^(?:"|[^"]*;\s*")/ },
} as const;
const isWhole = (text: string, { columns, separator }: Layout): boolean => split(text, separator)?.length === columns;
const isOpen = (text: string, layout: Layout): boolean => quotes(text) % 2 === 1 && !isWhole(text, layout);
const quotes = (text: string): number => text.match(/"/g)?.length ?? 0;
/** One line as a row; without cells when its quotes make no sense. */
const alone = ({ row, text }: Line, { separator }: Layout): FoundRow => {
  const cells = split(text, separator);
  return cells ? { row, text, separator, cells } : { row, text, separator };
};
const joined = (open: readonly Line[], { columns, separator }: Layout): FoundRow | undefined => {
  const text = open.map((line) => line.text).join('\n');
  const cells = quotes(text) % 2 === 0 ? split(text, separator) : undefined;
  const [first] = open;
  return cells?.length === columns && first ? { row: first.row, text, separator, cells } : undefined;
};
