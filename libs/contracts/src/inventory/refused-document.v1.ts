import { byNode, defineCommand } from '../language/define.js';
import { IsKey, IsNodeId, IsNote, IsRecord, Optional } from '../language/fields.js';

/** A stock document that the door could not take. Its sender is told; it is kept as an exception case all the same. */
export class KeepRefusedDocumentData {
  @IsKey('refusedDocument') refusedId!: string;
  /** route that it came to, such as `receipts` */
  @IsKey() kind!: string;
  /** the node that it names; `unlocated` when it names none */
  @IsNodeId() node!: string;
  @Optional() @IsKey('movementDocument') documentNo?: string;
  /** path of the field that is wrong or missing */
  @IsNote() field!: string;
  @IsNote() text!: string;
  /** as it came; left out when it is too large to be kept */
  @Optional() @IsRecord() content?: Record<string, unknown>;
}
export const KeepRefusedDocument = defineCommand('inventory', 'keep-refused-document', 1, KeepRefusedDocumentData, {
  about: 'A stock document breaks its schema: it waits as an exception case that names the field.',
  key: (data) => data.refusedId,
  lane: byNode((data) => data.node),
  travels: 'door',
});
