/** What was reached, for people: totals, and on demand every row and what never came. */
import { unreachedPairs, type Counts, type Reached } from './world/coverage.ts';

const rows = (title: string, counts: Counts): string =>
  [
    `${title}:`,
    ...Object.entries(counts)
      .sort()
      .map(([name, count]) => `  ${String(count).padStart(8)}  ${name}`),
  ].join('\n');
const sum = (counts: Counts): number => Object.values(counts).reduce((total, count) => total + count, 0);

export const coverageTable = (reached: Reached, inFull: boolean): string => {
  const { decisions, pairs, faults, steps, crashes, troubles } = reached;
  const never = unreachedPairs(pairs);
  const unkilled = Object.keys(steps).filter((step) => !(step in crashes));
  const totals = [
    `decisions ${sum(decisions)} of ${Object.keys(decisions).length} kinds; (state, input) pairs ${Object.keys(pairs).length}, not reached ${never.length}`,
    `faults ${sum(faults)} of ${Object.keys(faults).length} kinds; crashes ${sum(crashes)} at ${Object.keys(crashes).length} of ${Object.keys(steps).length} steps`,
  ];
  if (!inFull) return totals.join('\n');
  return [
    rows('decisions', decisions),
    rows('pairs of state and input', pairs),
    rows('faults', faults),
    rows('crashes by step', crashes),
    rows('troubles that lanes told', troubles),
    `pairs never reached:\n${never.map((pair) => `  ${pair}`).join('\n') || '  none'}`,
    `steps at which no process was killed:\n${unkilled.map((step) => `  ${step}`).join('\n') || '  none'}`,
    ...totals,
  ].join('\n');
};
