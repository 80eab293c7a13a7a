/**
 * The worked example of a breaking change. A node's country became part of a full address, so version 2 is a file of its
 * own. Until nobody hears version 1 any more its speaker says both; who hears version 2 gets old messages lifted.
 */
import { Address } from '../canonical/address.js';
import { bySelf, defineEvent } from '../language/define.js';
import { IsA, IsKey, IsNodeId, IsOneOf, IsText, IsWhole, Optional } from '../language/fields.js';
import { defineUpcast } from '../language/upcast.js';
import { NodeChanged, type NodeChangedData } from './events.v1.js';

export class NodeChangedV2Data {
  @IsNodeId() node!: string;
  @IsText() name!: string;
  @IsKey('entity') entity!: string;
  /** where goods leave and arrive; version 1 knew its country only */
  @IsA(Address) address!: Address;
  /** IANA time zone, such as `Europe/London`; cut-off times are read in it */
  @Optional() @IsText(64) timeZone?: string;
  @IsOneOf(['active', 'closed']) status!: 'active' | 'closed';
  @IsWhole(1) version!: number;
}
export const NodeChangedV2 = defineEvent('masterdata', 'node-changed', 2, NodeChangedV2Data, {
  about: 'A fulfilment node is new or has changed, with its address.',
  key: (data) => data.node,
  lane: bySelf((data) => data.node),
});

defineUpcast(NodeChanged, NodeChangedV2, ({ country, ...same }) => ({ ...same, address: { country } }));

/** What a speaker says besides, as long as somebody hears version 1. */
export const nodeChangedV1Of = ({ address, timeZone: _timeZone, ...same }: NodeChangedV2Data): NodeChangedData => ({
  ...same,
  country: address.country,
});
