/**
 * Rows of a CSV text, line by line: a stray quote spoils its own row and not the rest of the file. A cell that is quoted
 * over several lines is put together when that makes a whole row.
 */
import { parse } from 'csv-parse/sync';

/** Lines that one quoted cell may run over. */
const MOST_LINES = 20;

const oddQuotes = (text: string): boolean => (text.split('"').length - 1) % 2 === 1;

/** Cells of one row; the first column alone when its quotes make no sense. */
const cellsOf = (text: string): readonly string[] => {
  if (!text.includes('"')) return text.split(',');
  try {
    return (parse(text, { relax_column_count: true, relax_quotes: true }) as string[][])[0] ?? [];
  } catch {
    return [text.split(',', 1)[0]?.replaceAll('"', '') ?? ''];
  }
};

/** A new row although a quote is open: a document number, and a whole row or a quote that opens a cell. */
const startsRow = (line: string, columns: number): boolean =>
  /^"?[A-Za-z]?\d+"?,/.test(line) && (cellsOf(line).length === columns || /^(?:"|[^"]*,\s*")/.test(line));

export async function* csvRows(lines: AsyncIterable<string>, columns: number): AsyncGenerator<readonly string[]> {
  let open: string[] = [];
  for await (const line of lines) {
    if (open.length > 0 && !startsRow(line, columns)) {
      open.push(line);
      const joined = open.join('\n');
      const cells = oddQuotes(joined) ? [] : cellsOf(joined);
      if (cells.length === columns) yield cells;
      else if (open.length < MOST_LINES) continue;
      else yield* open.map(cellsOf);
      open = [];
      continue;
    }
    yield* open.map(cellsOf);
    open = [];
    if (oddQuotes(line) && cellsOf(line).length !== columns) open.push(line);
    else if (line.trim()) yield cellsOf(line);
  }
  yield* open.map(cellsOf);
}
