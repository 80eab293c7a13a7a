/**
 * Rows of a CSV text, one physical line each, so that a stray quote spoils its own row and not the rest of the file. A
 * quoted line break is put together again when the parts make a whole row; csv-parse reads the quotes.
 */
import { parse } from 'csv-parse/sync';
import type { FoundRow } from './uci.js';

/** Rows that one quoted cell may run over. */
const MOST_LINES_OF_A_ROW = 20;

const split = (line: string): readonly string[] | undefined => {
  if (!line.includes('"')) return line.split(',');
  try {
    const [cells] = parse(line, { relax_column_count: true, relax_quotes: true }) as string[][];
    return cells;
  } catch {
    return undefined;
  }
};
interface Line {
  readonly row: number;
  readonly text: string;
}

/** Rows with their cells, from physical lines. `columns` tells which lines make a whole row. */
export async function* csvRows(lines: AsyncIterable<string>, columns: number): AsyncGenerator<FoundRow> {
  let open: Line[] = [];
  let row = 0;
  for await (const text of lines) {
    row += 1;
    if (open.length > 0 && !startsRow(text, columns)) {
      open.push({ row, text });
      const whole = joined(open, columns);
      if (whole) yield whole;
      else if (open.length < MOST_LINES_OF_A_ROW) continue;
      else yield* open.map(alone);
      open = [];
      continue;
    }
    yield* open.map(alone);
    open = [];
    if (isOpen(text, columns)) open.push({ row, text });
    else if (text.trim()) yield alone({ row, text });
  }
  yield* open.map(alone);
}

/**
 * True for a line that is a row of its own although a quote is open: it begins with a document number and a comma, and
 * is whole, or its first quote opens a cell. A line of a quoted cell may begin so, too (`6, RED AND`); it is not whole,
 * and the first quote in it closes the cell.
 */
const startsRow = (text: string, columns: number): boolean =>
  /^"?[A-Za-z]?\d+"?,/.test(text) && (split(text)?.length === columns || /^(?:"|[^"]*,\s*")/.test(text));
const isOpen = (text: string, columns: number): boolean => quotes(text) % 2 === 1 && split(text)?.length !== columns;
const quotes = (text: string): number => text.match(/"/g)?.length ?? 0;
/** One line as a row; without cells when its quotes make no sense. */
const alone = ({ row, text }: Line): FoundRow => {
  const cells = split(text);
  return cells ? { row, text, cells } : { row, text };
};
const joined = (open: readonly Line[], columns: number): FoundRow | undefined => {
  const text = open.map((line) => line.text).join('\n');
  const cells = quotes(text) % 2 === 0 ? split(text) : undefined;
  const [first] = open;
  return cells?.length === columns && first ? { row: first.row, text, cells } : undefined;
};
