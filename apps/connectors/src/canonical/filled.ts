/** Leaves out what is not there: undefined, empty lists, empty objects. Canonical documents hold only what was said. */
const isNothing = (value: unknown): boolean =>
  value === undefined ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0);

/** The object without optional fields that hold nothing; `lines` and other required lists stay, even empty. */
export const filled = <T extends object>(object: { [K in keyof T]: T[K] | undefined }, ...required: (keyof T)[]): T =>
  Object.fromEntries(
    Object.entries(object).filter(([key, value]) => !isNothing(value) || required.includes(key as keyof T)),
  ) as T;
/** The same, or undefined when nothing is left. */
export const filledOrNothing = <T extends object>(object: { [K in keyof T]: T[K] | undefined }): T | undefined => {
  const rest = filled<T>(object);
  return isNothing(rest) ? undefined : rest;
};
