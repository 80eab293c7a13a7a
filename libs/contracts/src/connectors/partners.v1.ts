import { bySelf, defineCommand } from '../language/define.js';
import {
  IsAccountNo,
  IsCountry,
  IsCurrency,
  IsDay,
  IsFlag,
  IsKey,
  IsListOf,
  IsNodeId,
  IsNote,
  IsOneOf,
  IsShort,
  IsText,
  IsTexts,
  IsA,
  IsWhole,
  Optional,
} from '../language/fields.js';

/** Days on which something holds, both included; open where left out. */
export class Validity {
  @Optional() @IsDay() validFrom?: string;
  @Optional() @IsDay() validTo?: string;
}
/** How a partner is called in an envelope: ISA05/06, UNB02, schemeID and EndpointID. */
export class PartnerIdentifier extends Validity {
  /** `ZZ`, `14`, `0088` ...; any when left out */
  @Optional() @IsShort(10) scheme?: string;
  @IsShort(60) value!: string;
}
export const GOODS_BOOKED = [
  'receipt',
  'in-transit',
  'shipment',
  'stock-comparison',
  'stock-adjustment',
  'tracking',
] as const;
export type GoodsBooked = (typeof GOODS_BOOKED)[number];
export const PRICE_SOURCES = ['sent', 'agreed'] as const;
/** Which documents are exchanged by which standard, and how they are treated. */
export class Agreement extends Validity {
  @IsShort(20) standard!: string;
  /** document types: `850`, `ORDERS`, `Order`; all of the standard when empty */
  @IsTexts(50) types!: string[];
  @IsOneOf(['in', 'out']) direction!: 'in' | 'out';
  /** newest and only release taken: `004010`; any when left out */
  @Optional() @IsShort(40) release?: string;
  /** account that orders are taken for when no customer reference names another */
  @Optional() @IsAccountNo() account?: string;
  @Optional() @IsCurrency() currency?: string;
  /** country of ship-to addresses that name none */
  @Optional() @IsCountry() country?: string;
  /** does the price in the document count, or ours; ours when left out */
  @Optional() @IsOneOf(PRICE_SOURCES) prices?: 'sent' | 'agreed';
  /**
   * what a document that tells of goods does to our stock: `receipt` books what came in (944, 861, RECADV, ReceiptAdvice
   * of a warehouse; 856, DESADV, DespatchAdvice of a supplier whose advice counts as receipt); `in-transit`
   * what is on its way to us (943, 856, DESADV, DespatchAdvice), until a receipt tells of it; `shipment` what the partner
   * picked and shipped of a warehouse order of ours (945, 856, DESADV, DespatchAdvice); `stock-comparison` what it has on
   * hand for us (846, 852, INVRPT, InventoryReport), as a case where our books differ; `stock-adjustment` the same, and
   * the books follow where nothing under way explains it; `tracking` moves no stock: a carrier tells where packages are
   * (214, IFTSTA, TransportationStatus). Nothing when left out
   */
  @Optional() @IsOneOf(GOODS_BOOKED) books?: GoodsBooked;
  /** of shipments: one document per warehouse order; what it does not tell of is short */
  @Optional() @IsFlag() shipsOnce?: boolean;
  /**
   * our node that its goods are at, where no location reference tells another; of warehouse orders that we send (940):
   * the node whose warehouse the partner runs
   */
  @Optional() @IsNodeId() node?: string;
  /** a control number may come again */
  @Optional() @IsFlag() repeatedControls?: boolean;
  /** answers with 997 or CONTRL */
  @Optional() @IsFlag() acknowledge?: boolean;
  /** of documents that we send: how long their acknowledgement may take */
  @Optional() @IsWhole(1, 720) acknowledgedWithinHours?: number;
  /** of stock reports that we send (846, INVRPT, stock of a shop): how often */
  @Optional() @IsWhole(1, 720) everyHours?: number;
  /** whose availability a stock report tells; the partner's own channel when left out */
  @Optional() @IsKey() channel?: string;
  /** answers an order with 855 or ORDRSP once it is known what becomes of it */
  @Optional() @IsFlag() respond?: boolean;
}
/**
 * Where documents for the partner go. `mailbox`: they wait here to be fetched. `shop`: by the API of its shop, which is
 * asked for what a thin event only names, too.
 */
export class Delivery {
  @IsOneOf(['mailbox', 'webhook', 'folder', 'shop']) by!: 'mailbox' | 'webhook' | 'folder' | 'shop';
  /** of a webhook */
  @Optional() @IsText(500) url?: string;
  /** name of the connection whose secret signs, of the folder, or of the shop; secrets are settings, never data */
  @Optional() @IsKey() connection?: string;
}
export class PartnerProfile {
  @IsText(100) name!: string;
  @IsOneOf(['active', 'blocked']) status!: 'active' | 'blocked';
  @IsListOf(PartnerIdentifier, 100) identifiers!: PartnerIdentifier[];
  @IsListOf(Agreement, 100) agreements!: Agreement[];
  @Optional() @IsA(Delivery) delivery?: Delivery;
  /** how the partner calls us in what answers no document of its own; `CROSSDOCK` when left out */
  @Optional() @IsA(PartnerIdentifier) us?: PartnerIdentifier;
}
/** Who owns what, so that all of a partner's data is decided in its own lane. */
class OfPartner {
  @IsKey('partner') partner!: string;
  /** who says so, and why */
  @IsText(200) author!: string;
}
const ofPartner = {
  key: (data: OfPartner) => data.partner,
  lane: bySelf((data: OfPartner) => data.partner),
};

export class SavePartnerData extends OfPartner {
  @IsDay() validFrom!: string;
  @IsA(PartnerProfile) profile!: PartnerProfile;
}
export const SavePartner = defineCommand('connectors', 'save-partner', 1, SavePartnerData, {
  about: 'A new version of a trading partner: identifiers, agreements, policies, delivery.',
  ...ofPartner,
  travels: 'door',
});

export const REFERENCE_LISTS = ['items', 'units', 'locations', 'customers', 'carriers', 'statuses'] as const;
export type ReferenceList = (typeof REFERENCE_LISTS)[number];
/** The partner's code and ours. */
export class ReferenceEntry extends Validity {
  @IsShort(80) theirs!: string;
  @IsShort(64) ours!: string;
  /** document or sentence that it was taken from */
  @Optional() @IsNote(200) example?: string;
}
export class SaveReferencesData extends OfPartner {
  @IsOneOf(REFERENCE_LISTS) list!: ReferenceList;
  @IsListOf(ReferenceEntry, 5000, 1) entries!: ReferenceEntry[];
}
export const SaveReferences = defineCommand('connectors', 'save-references', 1, SaveReferencesData, {
  about: "Cross references between a partner's codes and ours.",
  ...ofPartner,
  travels: 'door',
});

export const ITEM_SOURCES = ['references', 'sellerItem', 'buyerItem', 'gtin', 'manufacturerItem'] as const;
export const CUSTOMER_SOURCES = ['deliverTo', 'billTo', 'buyer'] as const;
/** How a kind of document becomes ours, as data. Every list is tried from its beginning. */
export class MappingRules {
  /** where our item number is looked for */
  @IsTexts(5) itemFrom!: string[];
  /** whose identifiers are looked up among the customers */
  @IsTexts(3) customerFrom!: string[];
  /** partner's units that mean one piece: our base unit is used */
  @IsTexts(50) pieces!: string[];
  /** is the delivery date of the document asked for */
  @IsFlag() requestedDate!: boolean;
}
export class SaveMappingData extends OfPartner {
  /** canonical kind: `order` */
  @IsKey('kind') kind!: string;
  @IsDay() validFrom!: string;
  @IsA(MappingRules) rules!: MappingRules;
}
export const SaveMapping = defineCommand('connectors', 'save-mapping', 1, SaveMappingData, {
  about: "A new version of how a partner's documents of a kind become ours.",
  ...ofPartner,
  travels: 'door',
});
