/** A canonical document as it was said, without what only tells how its partner wrote it. */
const SENT = new Set(['sentUnit', 'sentStatus', 'sentKind', 'sentAction', 'type', 'amountText']);
/** Lists that a standard groups in an order of its own. */
const SORTED = new Set(['references', 'packages', 'lines']);

const keyOf = (value: unknown): string => JSON.stringify(value);

export const asSaid = (value: unknown, name?: string): unknown => {
  if (Array.isArray(value)) {
    const list = value.map((one) => asSaid(one));
    return name !== undefined && SORTED.has(name) ? [...list].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)) : list;
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value)
    .filter(([field, content]) => content !== undefined && (!SENT.has(field) || typeof content !== 'string'))
    .map(([field, content]) => [field, asSaid(content, field)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields);
};
