/** Walks parsed payloads, JSON and XML alike: a step into a list is a step into each of its members. */
export type Json = Readonly<Record<string, unknown>>;
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const membersOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value)
    ? value.flatMap(membersOf)
    : value === undefined || value === null || value === ''
      ? []
      : [value];

/** Every value at the path; lists are taken apart, empty elements are none. */
export const all = (node: unknown, ...path: readonly string[]): readonly unknown[] =>
  path.reduce<readonly unknown[]>(
    (found, step) =>
      found.flatMap((value) => (isObject(value) && Object.hasOwn(value, step) ? membersOf(value[step]) : [])),
    membersOf(node),
  );

const plain = (value: unknown): string => {
  if (typeof value === 'string') return value.replace(/\s+/g, ' ').trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  // an XML element with attributes keeps its text beside them
  return isObject(value) ? plain(value['#text'] ?? '') : '';
};
/** The first filled text at the path, white space folded; empty when there is none. */
export const text = (node: unknown, ...path: readonly string[]): string =>
  all(node, ...path)
    .map(plain)
    .find((value) => value !== '') ?? '';

/** The filled ones of these texts, each once, joined: a place out of city, state, postcode and country. */
export const joined = (...parts: readonly string[]): string =>
  parts.filter((part, at) => part !== '' && parts.indexOf(part) === at).join(', ');
