/** What a test asks of documents that a partner got. */
import type { Sent } from './partner.ts';

/** The only one of its type. */
export const one = (sent: readonly Sent[], type: string): Sent => {
  const found = sent.filter((document) => document.type === type);
  expect(found).toHaveLength(1);
  return found[0] as Sent;
};
/** Fields of the canonical document, whatever its kind. */
export const dataOf = ({ canonical }: Sent): Readonly<Record<string, unknown>> => canonical?.data ?? {};
export interface Line {
  readonly orderLineNo?: string;
  readonly item: { readonly buyerItem?: string };
  readonly quantity: { readonly value: string; readonly unit: string };
  readonly unitPrice?: string;
  readonly amount?: { readonly minor: number };
}
export const linesOf = (sent: Sent): readonly Line[] => dataOf(sent)['lines'] as readonly Line[];
export const goodsOf = (sent: Sent) =>
  linesOf(sent)
    .map(({ item, quantity }) => [item.buyerItem, quantity.value, quantity.unit])
    .toSorted();
