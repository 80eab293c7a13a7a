/** What a service could not decide, as it is read: by tenant, newest first. */
import type { QuarantineDocument } from '../road/ports.js';

export interface QuarantineFilter {
  /** rows of these; '' are those that name no tenant */
  readonly tenants: readonly string[];
  readonly reason?: string;
  readonly type?: string;
  readonly limit: number;
  /** last id of the page before */
  readonly after?: string;
}
export interface Quarantine {
  list(filter: QuarantineFilter): Promise<readonly QuarantineDocument[]>;
  get(tenants: readonly string[], id: string): Promise<QuarantineDocument | undefined>;
  /** Puts messages aside that no rule ever met; those that are there already stay as they are. */
  keep(rows: readonly QuarantineDocument[]): Promise<void>;
}
export const QUARANTINE = Symbol('crossdock:quarantine');
