/** The table by family, and what stands behind its numbers. */
import Table from 'cli-table3';
import type { Outcome } from './outcome.ts';

const HEAD = ['family', 'documents', 'exact', 'wrong', 'no reference', 'quarantined', 'unsettled'];

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
  outcomes.filter(({ unsettled }) => unsettled.length > 0).length,
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

/** More are read by nobody; a file of ten thousand documents may have one reason for all. */
const MOST_TOLD = 100;
const reasoned = (outcomes: readonly Outcome[], reasonsOf: (one: Outcome) => readonly string[]): readonly string[] => {
  const all = outcomes.filter((one) => reasonsOf(one).length > 0);
  return [
    ...all
      .slice(0, MOST_TOLD)
      .flatMap((one) => [`  ${placed(one)}`, ...saidOnce(reasonsOf(one)).map((reason) => `    ${reason}`)]),
    ...(all.length > MOST_TOLD ? [`  and ${all.length - MOST_TOLD} more, which --json names`] : []),
  ];
};

/** Wrong rows with field, expected and got; then everything that goes to quarantine, with its reasons. */
export const report = (outcomes: readonly Outcome[]): string => {
  const table = new Table({
    head: HEAD,
    colAligns: ['left', ...HEAD.slice(1).map(() => 'right' as const)],
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
  const quarantined = reasoned(outcomes, ({ quarantined: reasons }) => reasons);
  const unsettled = reasoned(outcomes, ({ unsettled: reasons }) => reasons);
  return [
    table.toString(),
    ...(wrong.length > 0 ? ['', 'Wrong:', ...wrong] : []),
    ...(quarantined.length > 0 ? ['', 'Quarantined, still readable:', ...quarantined] : []),
    ...(unsettled.length > 0
      ? ['', "Unsettled: whole, but for what their partners' data would tell:", ...unsettled]
      : []),
    '',
  ].join('\n');
};
