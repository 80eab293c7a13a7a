/** What Logis, which runs a warehouse by EDI, sends: by X12, and by UBL as some of its sites do. */
import { interchange } from './documents.ts';

const SENDER = 'LOGIS';
/** Leeds takes or refuses (AK501, AK901) the order to ship that went out under this control number. */
export const a997 = (control: number, ours: number, verdict: 'A' | 'R' = 'A'): string =>
  interchange(
    control,
    'FA',
    '997',
    [`AK1*OW*${ours}`, 'AK2*940*0001', `AK5*${verdict}`, `AK9*${verdict}*1*1*${verdict === 'A' ? 1 : 0}`],
    SENDER,
  );

export interface Picked {
  readonly item: string;
  readonly ordered: number;
  readonly shipped: number;
  /** W1201: CC complete, CP partial and no more to come, BP partial and more to come */
  readonly status?: string;
  readonly sscc?: string;
  readonly tracking?: string;
  readonly lot?: string;
}
/** A 945 of one order to ship; each line in a carton of its own. */
export const a945 = (control: number, number: string, order: string, lines: readonly Picked[]): string => {
  const rows = lines.flatMap(({ item, ordered, shipped, status = 'CC', sscc, tracking, lot = '' }, at) => [
    `LX*${at + 1}`,
    ...(sscc ? [`MAN*GM*00${sscc}${tracking ? `**CP*${tracking}` : ''}`] : []),
    `W12*${status}*${ordered}*${shipped}*${shipped - ordered}*EA**VN*${item}*${lot}`,
  ]);
  const total = lines.reduce((sum, { shipped }) => sum + shipped, 0);
  const head = [`W06*F*${order}*20260305*${number}`, 'N1*WH*Logis Leeds*92*LEEDS', 'W27*M*UPSN'];
  return interchange(control, 'SW', '945', [...head, ...rows, `W03*${total}`], SENDER);
};
/** A 943 of a plant: so many pieces are on their way to Leeds under the depositor's number. */
export const a943 = (control: number, number: string, order: string, item: string, pieces: number): string =>
  interchange(
    control,
    'AR',
    '943',
    [
      `W06*N*${order}*20260304*${number}`,
      'N1*SF*Plant*92*P1',
      'N1*WH*Logis Leeds*92*LEEDS',
      'W27*M*UPSN',
      `W04*${pieces}*EA**VN*${item}`,
      `W03*${pieces}`,
    ],
    SENDER,
  );
/** A 944: so many pieces came in, of what was on its way under the depositor's number. */
export const aReceipt944 = (control: number, receipt: string, item: string, pieces: number, order = 'D-1'): string =>
  interchange(
    control,
    'RE',
    '944',
    [
      `W17*F*20260305*${receipt}*${order}`,
      'N1*WH*Logis Leeds*92*LEEDS',
      `W07*${pieces}*EA**VN*${item}`,
      `W14*${pieces}`,
    ],
    SENDER,
  );

/** An 846: so much of each item lies there (QTY 17). */
export const an846 = (control: number, number: string, onHand: Readonly<Record<string, number>>): string => {
  const rows = Object.entries(onHand).flatMap(([item, pieces], at) => [
    `LIN*${at + 1}*VN*${item}`,
    `QTY*17*${pieces}*EA`,
  ]);
  const head = [`BIA*00*DD*${number}*20260306`, 'N1*WH*Logis Leeds*92*LEEDS'];
  return interchange(control, 'IB', '846', [...head, ...rows, `CTT*${Object.keys(onHand).length}`], SENDER);
};

const cbc = (name: string, value: string, attributes = ''): string =>
  `<cbc:${name}${attributes}>${value}</cbc:${name}>`;
const party = (endpoint: string): string =>
  `<cac:Party>${cbc('EndpointID', endpoint, ' schemeID="ZZ"')}<cac:PartyName>${cbc('Name', endpoint)}</cac:PartyName></cac:Party>`;
/** A UBL DespatchAdvice of one order to ship, in one parcel. */
export const aDespatchAdvice = (
  number: string,
  order: string,
  item: string,
  quantity: number,
  tracking: string,
): string =>
  '<?xml version="1.0" encoding="UTF-8"?>' +
  '<DespatchAdvice xmlns="urn:oasis:names:specification:ubl:schema:xsd:DespatchAdvice-2"' +
  ' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"' +
  ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">' +
  cbc('ID', number) +
  cbc('IssueDate', '2026-03-05') +
  `<cac:OrderReference>${cbc('ID', order)}</cac:OrderReference>` +
  `<cac:DespatchSupplierParty>${party(SENDER)}</cac:DespatchSupplierParty>` +
  `<cac:DeliveryCustomerParty>${party('CROSSDOCK')}</cac:DeliveryCustomerParty>` +
  `<cac:Shipment>${cbc('ID', '1')}<cac:Delivery>${cbc('TrackingID', tracking)}</cac:Delivery></cac:Shipment>` +
  `<cac:DespatchLine>${cbc('ID', '1')}${cbc('DeliveredQuantity', String(quantity), ' unitCode="EA"')}` +
  `<cac:OrderLineReference>${cbc('LineID', '1')}</cac:OrderLineReference>` +
  `<cac:Item>${cbc('Name', 'goods')}<cac:SellersItemIdentification>${cbc('ID', item)}</cac:SellersItemIdentification></cac:Item>` +
  '</cac:DespatchLine></DespatchAdvice>';

const CARRIER = 'UPSF';
/** A 214 of one consignment: what happened to it, the first first. */
export const a214 = (control: number, tracking: string, ...codes: readonly string[]): string => {
  const statuses = codes.flatMap((code, at) => [`AT7*${code}*NS***2026030${6 + at}*0900*LT`, 'MS1*LEEDS**GB']);
  return interchange(control, 'QM', '214', [`B10*${tracking}*BOL-${tracking}*UPSN`, ...statuses], CARRIER);
};
/** An IFTSTA of one consignment, by Recommendation 24. */
export const anIftsta = (control: number, number: string, tracking: string, code: string): string =>
  [
    `UNB+UNOC:3+${CARRIER}:ZZ+CROSSDOCK:ZZ+260307:1200+${control}'`,
    `UNH+1+IFTSTA:D:01B:UN'BGM+23+${number}'DTM+137:202603071200:203'`,
    `CNI+1+${tracking}'STS+1+${code}'DTM+334:202603070900:203'UNT+7+1'UNZ+1+${control}'`,
  ].join('');
