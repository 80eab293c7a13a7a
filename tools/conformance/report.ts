/** The table by family, and what stands behind its numbers. */
import Table from 'cli-table3';
import type { Outcome } from './outcome.ts';

const HEAD = ['family', 'documents', 'exact', 'wrong', 'no reference', 'quarantined'];

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
const cut = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}...` : text);
const placed = ({ file, what }: Outcome): string => (what ? `${file} (${what})` : file);

const count = (outcomes: readonly Outcome[], verdict: Outcome['verdict']): number =>
  outcomes.filter((one) => one.verdict === verdict).length;

const numbersOf = (outcomes: readonly Outcome[]): number[] => [
  outcomes.length,
  count(outcomes, 'exact'),
  count(outcomes, 'wrong'),
  count(outcomes, 'unlisted'),
  outcomes.filter(({ quarantined }) => quarantined.length > 0).length,
];

/** A reason that differs in nothing but the number of its segment, element or line is said once, with how often it is. */
const saidOnce = (reasons: readonly string[]): readonly string[] => {
  const alike = new Map<string, { readonly first: string; times: number }>();
  for (const reason of reasons) {
    const key = reason.replace(/\[\d+\]/g, '[]');
    const known = alike.get(key);
    if (known) known.times += 1;
    else alike.set(key, { first: reason, times: 1 });
  }
  return [...alike.values()].map(({ first, times }) => (times > 1 ? `${cut(first)} (${times} times)` : cut(first)));
};

/** Wrong rows with field, expected and got; then everything that goes to quarantine, with its reasons. */
export const report = (outcomes: readonly Outcome[]): string => {
  const table = new Table({
    head: HEAD,
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const family of [...new Set(outcomes.map((one) => one.family))]) {
    table.push([family, ...numbersOf(outcomes.filter((one) => one.family === family))]);
  }
  table.push(['all', ...numbersOf(outcomes)]);
  const wrong = outcomes.flatMap((one) =>
    one.differences.map(
      ({ field, expected, got }) =>
        `  ${placed(one)}: ${field}: expected ${cut(shown(expected))}, got ${cut(shown(got))}`,
    ),
  );
  const quarantined = outcomes
    .filter((one) => one.quarantined.length > 0)
    .flatMap((one) => [`  ${placed(one)}`, ...saidOnce(one.quarantined).map((reason) => `    ${reason}`)]);
  return [
    table.toString(),
    ...(wrong.length > 0 ? ['', 'Wrong:', ...wrong] : []),
    ...(quarantined.length > 0 ? ['', 'Quarantined, still readable:', ...quarantined] : []),
    '',
  ].join('\n');
};
