/** Lines of a change as the lane needs them: each names its item. */
import type { ChangedLine, PricedLine } from '@crossdock/contracts';
import { lineFinder } from '../domain/change-lines.js';

/** Who names a line by its number need not name its item: that is the order's own. */
export const withItems = (lines: readonly ChangedLine[], known: readonly PricedLine[]): ChangedLine[] => {
  const find = lineFinder(known);
  return lines.map((line) => {
    const found = line.item === undefined && line.action !== 'add' ? find(line) : undefined;
    return typeof found === 'object' ? { ...line, item: found.item } : line;
  });
};
