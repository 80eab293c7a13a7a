/** A file, or a section of one, that is generated; and what is wrong with it as it stands. */
import { existsSync, readFileSync } from 'node:fs';

export interface Target {
  /** relative to the root, with slashes */
  path: string;
  /** the whole file as it must be; undefined: it must not be there */
  content: string | undefined;
  /** why it can't be generated: something that a person has to write is missing */
  wanting?: string;
}

export const OPEN = (name: string): string => `<!-- generated:${name} -->`;
export const CLOSE = '<!-- /generated -->';

/** The text with the lines between the markers of a section replaced; undefined when it has no such section. */
export function withSection(text: string, name: string, lines: readonly string[]): string | undefined {
  const start = text.indexOf(OPEN(name));
  const end = text.indexOf(CLOSE, start);
  if (start < 0 || end < 0) return undefined;
  return `${text.slice(0, start)}${[OPEN(name), ...lines, CLOSE].join('\n')}${text.slice(end + CLOSE.length)}`;
}

export const readIfThere = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, 'utf8') : undefined;

/** A table for Markdown; cells never break it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)];
}
