/** Elements of a segment that is to be written; trailing empty ones are left out. */
export type Cell = string | undefined;
export type Written = readonly Cell[];

/** `N1*BT*NAME` as `segment('N1', 'BT', 'NAME')`. */
export const segment = (tag: string, ...elements: readonly Cell[]): Written => {
  let to = elements.length;
  while (to > 0 && (elements[to - 1] ?? '') === '') to--;
  return [tag, ...elements.slice(0, to)];
};
/** A segment when there is something to say, else nothing. */
export const when = (value: unknown, ...written: readonly Written[]): readonly Written[] =>
  value === undefined || value === '' ? [] : written;
