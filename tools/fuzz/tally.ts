/** How many ended in which way: by it a reader sees that documents went farther than the first check. */
export type Tally = Record<string, number>;

export const count = (tally: Tally, what: string, by = 1): void => {
  tally[what] = (tally[what] ?? 0) + by;
};
export const addTo = (tally: Tally, more: Readonly<Tally>): void => {
  for (const [what, by] of Object.entries(more)) count(tally, what, by);
};
/** The most frequent first. */
export const shownTally = (tally: Readonly<Tally>): string =>
  Object.entries(tally)
    .sort(([a, more], [b, less]) => less - more || (a < b ? -1 : 1))
    .map(([what, many]) => `${String(many).padStart(9)}  ${what}`)
    .join('\n');
