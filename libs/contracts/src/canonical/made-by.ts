import { IsKey, IsWhole, Optional } from '../language/fields.js';

/**
 * What made a canonical document of a partner's: by both it can be read and mapped again, and compared with what the
 * newest make of it.
 */
export class MadeBy {
  /** version of the code tables by which it was read: `2026-11-22` */
  @Optional() @IsKey() tables?: string;
  /** version of the partner's mapping by which it became ours; 0 is the one that everybody has */
  @Optional() @IsWhole() mappingVersion?: number;
}
