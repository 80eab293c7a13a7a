/** Whether the partner's application took a document, and why not: X12 824. */
import type { Day, Party, Reference } from './shapes.js';

export interface AdvisedDocument {
  /** `accepted`, `accepted-with-errors`, `rejected`; OTI01 as sent where it is none */
  readonly status: string;
  readonly sentStatus: string;
  readonly documentType?: string;
  readonly references?: readonly Reference[];
  readonly groupControl?: string;
  readonly control?: string;
  readonly errors?: readonly { readonly code: string; readonly text?: string }[];
  readonly notes?: readonly string[];
}
export interface CanonicalApplicationAdvice {
  readonly number: string;
  readonly issued?: Day;
  readonly sender?: Party;
  readonly receiver?: Party;
  readonly documents: readonly AdvisedDocument[];
}
