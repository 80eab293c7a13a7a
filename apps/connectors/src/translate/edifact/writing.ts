/** An element to be written: a component, or a list of them; trailing empty ones are left out. */
export type Cell = string | undefined | readonly (string | undefined)[];
export type Written = readonly [tag: string, ...elements: Cell[]];

const trimmed = <T>(list: readonly T[], isEmpty: (one: T) => boolean): readonly T[] => {
  let to = list.length;
  while (to > 0 && isEmpty(list[to - 1] as T)) to--;
  return list.slice(0, to);
};
const isEmptyText = (text: string | undefined): boolean => text === undefined || text === '';
const isEmptyCell = (cell: Cell): boolean =>
  cell === undefined || typeof cell === 'string' ? isEmptyText(cell) : trimmed(cell, isEmptyText).length === 0;

/** `NAD+BY+579::9` as `segment('NAD', 'BY', ['579', undefined, '9'])`. */
export const segment = (tag: string, ...elements: readonly Cell[]): Written => [
  tag,
  ...trimmed(elements, isEmptyCell).map((cell) =>
    Array.isArray(cell) ? trimmed(cell as string[], isEmptyText) : cell,
  ),
];
/** Segments when there is something to say, else nothing. */
export const when = (value: unknown, ...written: readonly Written[]): readonly Written[] =>
  value === undefined || value === '' ? [] : written;
