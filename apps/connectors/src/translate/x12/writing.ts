/** An element that is to be written: a text, or the components of a composite. */
export type Cell = string | undefined | readonly (string | undefined)[];
export type Written = readonly Cell[];

const isEmpty = (cell: Cell): boolean =>
  cell === undefined || (typeof cell === 'string' ? cell === '' : cell.every((part) => isEmpty(part)));

/** `N1*BT*NAME` as `segment('N1', 'BT', 'NAME')`; trailing empty elements are left out. */
export const segment = (tag: string, ...elements: readonly Cell[]): Written => {
  let to = elements.length;
  while (to > 0 && isEmpty(elements[to - 1])) to--;
  return [tag, ...elements.slice(0, to)];
};
/** A segment when there is something to say, else nothing. */
export const when = (value: unknown, ...written: readonly Written[]): readonly Written[] =>
  value === undefined || value === '' ? [] : written;
