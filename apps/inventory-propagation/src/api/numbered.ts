/** Lines numbered by their place where they have no number of their own. */
export const numbered = <L extends { lineNo?: number }>(lines: readonly L[]): (L & { lineNo: number })[] =>
  lines.map((line, index) => ({ ...line, lineNo: line.lineNo ?? index + 1 }));
