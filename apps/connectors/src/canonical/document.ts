/** Every canonical kind and its shape. A new kind is a file of its own and one line here. */
import type { CanonicalInvoice } from './invoice.js';
import type { CanonicalOrder } from './order.js';

export interface CanonicalShapes {
  readonly order: CanonicalOrder;
  readonly invoice: CanonicalInvoice;
  readonly 'credit-note': CanonicalInvoice;
}
export type CanonicalKind = keyof CanonicalShapes;
/** One document of any kind; `kind` tells the shape of `data`. */
export type CanonicalDocument = {
  readonly [K in CanonicalKind]: { readonly kind: K; readonly data: CanonicalShapes[K] };
}[CanonicalKind];
