/** Documents of two partners: Acme orders by X12, Peppa by UBL. */

/** An interchange of one set; `body` stands between ST and SE. */
export const interchange = (
  control: number,
  group: string,
  set: string,
  body: readonly string[],
  sender = 'ACMESTORES',
): string => {
  const number = String(control).padStart(9, '0');
  return [
    `ISA*00*          *00*          *ZZ*${sender.padEnd(15)}*ZZ*CROSSDOCK      *260302*0900*U*00401*${number}*0*P*>`,
    `GS*${group}*${sender}*CROSSDOCK*20260302*0900*${control}*X*004010`,
    `ST*${set}*0001`,
    ...body,
    `SE*${body.length + 2}*0001`,
    `GE*1*${control}`,
    `IEA*1*${number}`,
    '',
  ].join('~\n');
};

/** An 850 of two lines, the first one by the carton; `control` counts the partner's interchanges. */
export const an850 = (control: number, po: string, cartons: number, pieces: number): string =>
  interchange(control, 'PO', '850', [
    `BEG*00*NE*${po}**20260302`,
    'CUR*BY*GBP',
    'N1*BY*Acme Stores*92*ACME',
    'N1*ST*Acme Store 42*92*S42',
    'N4*Leeds**LS1 4AB*GB',
    `PO1*10*${cartons}*CT***BP*4711`,
    `PO1*20*${pieces}*EA***BP*4712`,
    'CTT*2',
  ]);
/** An 860 that cancels an order (BCH01 01). */
export const aCancelling860 = (control: number, po: string): string =>
  interchange(control, 'PC', '860', [`BCH*01*NE*${po}**1*20260303`, 'CTT*0']);
/** An 860 that wants ten more of the second line. */
export const aChanging860 = (control: number, po: string): string =>
  interchange(control, 'PC', '860', [`BCH*04*NE*${po}**2*20260303`, 'POC*20*QI*15*10*EA***BP*4712', 'CTT*1']);

/** An 860 of lines (BCH01 04, or 05 for all of them), such as `POC*10*QI*3*2*CT***BP*4711`. */
export const an860 = (control: number, po: string, lines: readonly string[], purpose = '04'): string =>
  interchange(control, 'PC', '860', [`BCH*${purpose}*NE*${po}**${control}*20260303`, ...lines, `CTT*${lines.length}`]);

/** An 824 that refuses an invoice by its number (OTI01 TR). */
export const a824 = (control: number, invoice: string): string =>
  interchange(control, 'AG', '824', [
    'BGN*00*ADV-1*20260310',
    `OTI*TR*IV*${invoice}*******810`,
    'TED*ZZZ*PRICE NOT AGREED',
  ]);

/** A 944 of a warehouse: so many cartons of its item L-13 came in. */
export const a944 = (control: number, receipt: string, cartons: number): string =>
  interchange(
    control,
    'RE',
    '944',
    [`W17*F*20260305*${receipt}*D-1`, 'N1*WH*Logis Leeds*92*LEEDS', `W07*${cartons}*CT**VN*L-13`, `W14*${cartons}`],
    'LOGIS',
  );

const cbc = (name: string, value: string, attributes = ''): string =>
  `<cbc:${name}${attributes}>${value}</cbc:${name}>`;
const party = (endpoint: string, name: string): string =>
  `<cac:Party>${cbc('EndpointID', endpoint, ' schemeID="0088"')}<cac:PartyName>${cbc('Name', name)}</cac:PartyName></cac:Party>`;
const ublLine = (id: string, quantity: number, unit: string, item: string, status = ''): string =>
  `<cac:OrderLine><cac:LineItem>${cbc('ID', id)}${status && cbc('LineStatusCode', status)}${cbc('Quantity', String(quantity), ` unitCode="${unit}"`)}` +
  `<cac:Item>${cbc('Name', 'goods')}<cac:BuyersItemIdentification>${cbc('ID', item)}</cac:BuyersItemIdentification></cac:Item>` +
  '</cac:LineItem></cac:OrderLine>';

export const PEPPA = '5412345000013';
export const OURS = '5412345000020';
/** A UBL Order of the same two lines. */
export const aUblOrder = (number: string, cartons: number, pieces: number): string =>
  '<?xml version="1.0" encoding="UTF-8"?>' +
  '<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"' +
  ' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"' +
  ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">' +
  cbc('CustomizationID', 'urn:fdc:peppol.eu:poacc:trns:order:3') +
  cbc('ID', number) +
  cbc('IssueDate', '2026-03-02') +
  cbc('DocumentCurrencyCode', 'GBP') +
  `<cac:BuyerCustomerParty>${party(PEPPA, 'Peppa Ltd')}</cac:BuyerCustomerParty>` +
  `<cac:SellerSupplierParty>${party(OURS, 'Crossdock')}</cac:SellerSupplierParty>` +
  ublLine('1', cartons, 'CT', '4711') +
  ublLine('2', pieces, 'EA', '4712') +
  '</Order>';
/** A UBL OrderChange (`[line, quantity, unit, item, LineStatusCode]`: 1 added, 3 changed, 2 deleted). */
export const aUblChange = (
  number: string,
  order: string,
  lines: readonly (readonly [id: string, quantity: number, unit: string, item: string, status: string])[],
): string =>
  '<?xml version="1.0" encoding="UTF-8"?>' +
  '<OrderChange xmlns="urn:oasis:names:specification:ubl:schema:xsd:OrderChange-2"' +
  ' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"' +
  ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">' +
  cbc('ID', number) +
  cbc('IssueDate', '2026-03-03') +
  cbc('DocumentCurrencyCode', 'GBP') +
  `<cac:OrderReference>${cbc('ID', order)}</cac:OrderReference>` +
  `<cac:BuyerCustomerParty>${party(PEPPA, 'Peppa Ltd')}</cac:BuyerCustomerParty>` +
  `<cac:SellerSupplierParty>${party(OURS, 'Crossdock')}</cac:SellerSupplierParty>` +
  lines.map((line) => ublLine(...line)).join('') +
  '</OrderChange>';
/** A UBL OrderCancellation. */
export const aUblCancellation = (number: string, order: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?>' +
  '<OrderCancellation xmlns="urn:oasis:names:specification:ubl:schema:xsd:OrderCancellation-2"' +
  ' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"' +
  ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">' +
  cbc('ID', number) +
  cbc('IssueDate', '2026-03-03') +
  cbc('CancellationNote', 'ordered twice') +
  `<cac:OrderReference>${cbc('ID', order)}</cac:OrderReference>` +
  `<cac:BuyerCustomerParty>${party(PEPPA, 'Peppa Ltd')}</cac:BuyerCustomerParty>` +
  `<cac:SellerSupplierParty>${party(OURS, 'Crossdock')}</cac:SellerSupplierParty>` +
  '</OrderCancellation>';
