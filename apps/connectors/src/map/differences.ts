/** Where two documents differ, by path, for a person who compares two mappings. */
export interface Difference {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

const isNest = (value: unknown): value is object => value !== null && typeof value === 'object';

export const differences = (before: unknown, after: unknown, path = ''): readonly Difference[] => {
  if (isNest(before) && isNest(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const at = (value: object, name: string): unknown => (value as Record<string, unknown>)[name];
    const below = (name: string): string => {
      if (Array.isArray(before)) return `${path}[${name}]`;
      return path ? `${path}.${name}` : name;
    };
    return names.flatMap((name) => differences(at(before, name), at(after, name), below(name)));
  }
  if (Object.is(before, after)) return [];
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
};
