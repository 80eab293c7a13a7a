import type { CanonicalDocument } from '../../canonical/document.js';

/** The number by which a document is looked for: its own; of answers and changes the order's. */
export const numberOf = ({ data }: CanonicalDocument): string | undefined => {
  const named = data as { readonly number?: string; readonly orderNumber?: string };
  return named.number === '' ? named.orderNumber : (named.number ?? named.orderNumber);
};
