/** How fast documents are read, by family: one core, CPU time, orders and events of many lines made here. */
import { loadTranslate } from '../../conformance/translations.ts';

const LINES = 500;
const many = (line: (no: number) => string, join = ''): string =>
  Array.from({ length: LINES }, (_, at) => line(at + 1)).join(join);

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd';
const DOCUMENTS: Readonly<Record<string, () => string>> = {
  X12: () =>
    `ISA*00*          *00*          *ZZ*BUYER          *ZZ*SELLER         *260105*1030*U*00401*000000001*0*P*>~GS*PO*BUYER*SELLER*20260105*1030*1*X*004010~ST*850*0001~BEG*00*SA*PO-1**20260105~${many(
      (no) => `PO1*${no}*2*EA*1.25**VP*SKU-${no}~PID*F****Tea no ${no}~`,
    )}CTT*${LINES}~SE*${2 * LINES + 4}*0001~GE*1*1~IEA*1*000000001~`,
  EDIFACT: () =>
    `UNB+UNOC:3+BUYER:14+SELLER:14+260105:1030+1'UNH+1+ORDERS:D:96A:UN:EAN008'BGM+220+PO-1+9'DTM+137:20260105:102'${many(
      (no) => `LIN+${no}++SKU-${no}:SA'IMD+F++:::Tea no ${no}'QTY+21:2:EA'PRI+AAA:1.25'`,
    )}UNS+S'CNT+2:${LINES}'UNT+${4 * LINES + 6}+1'UNZ+1+1'`,
  UBL: () =>
    `<Order xmlns="${UBL}:Order-2" xmlns:cac="${UBL}:CommonAggregateComponents-2" xmlns:cbc="${UBL}:CommonBasicComponents-2"><cbc:ID>PO-1</cbc:ID><cbc:IssueDate>2026-01-05</cbc:IssueDate><cac:BuyerCustomerParty><cac:Party/></cac:BuyerCustomerParty><cac:SellerSupplierParty><cac:Party/></cac:SellerSupplierParty>${many(
      (no) =>
        `<cac:OrderLine><cac:LineItem><cbc:ID>${no}</cbc:ID><cbc:Quantity unitCode="EA">2</cbc:Quantity><cac:Price><cbc:PriceAmount currencyID="EUR">1.25</cbc:PriceAmount></cac:Price><cac:Item><cbc:Name>Tea no ${no}</cbc:Name><cac:SellersItemIdentification><cbc:ID>SKU-${no}</cbc:ID></cac:SellersItemIdentification></cac:Item></cac:LineItem></cac:OrderLine>`,
    )}</Order>`,
  EPCIS: () =>
    `{"type":"EPCISDocument","epcisBody":{"eventList":[${many(
      (no) =>
        `{"type":"ObjectEvent","eventTime":"2026-01-05T10:00:00Z","eventTimeZoneOffset":"+00:00","action":"OBSERVE","bizStep":"shipping","epcList":["urn:epc:id:sgtin:0614141.107346.${no}"]}`,
      ',',
    )}]}}`,
  shops: () =>
    `{"order":{"id":1,"name":"#1","currency":"EUR","created_at":"2026-01-05T10:00:00Z","financial_status":"paid","line_items":[${many(
      (no) => `{"id":${no},"sku":"SKU-${no}","name":"Tea no ${no}","quantity":2,"price":"1.25"}`,
      ',',
    )}]}}`,
  ERP: () =>
    `<ORDERS05><IDOC BEGIN="1"><EDI_DC40><MESTYP>ORDERS</MESTYP></EDI_DC40><E1EDK01><BELNR>PO-1</BELNR><CURCY>EUR</CURCY></E1EDK01>${many(
      (no) =>
        `<E1EDP01><POSEX>${no}</POSEX><MENGE>2</MENGE><MENEE>EA</MENEE><VPREI>1.25</VPREI><E1EDP19><QUALF>002</QUALF><IDTNR>SKU-${no}</IDTNR></E1EDP19></E1EDP01>`,
    )}</IDOC></ORDERS05>`,
};

export interface TranslationRate {
  readonly family: string;
  /** lines or events a second of one core */
  readonly linesPerSecond: number;
  readonly megabytesPerSecond: number;
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** One round of every family, so many seconds of CPU time each. A document that is not read whole is an error. */
export async function translationRates(seconds: number): Promise<readonly TranslationRate[]> {
  const translate = await loadTranslate();
  return Object.entries(DOCUMENTS).map(([family, make]) => {
    const bytes = new TextEncoder().encode(make());
    const found = translate(bytes).interchanges.flatMap(({ documents }) => documents);
    const read = found[0]?.canonical && found.every(({ faults }) => faults.length === 0);
    if (!read) throw new Error(`${family}: ${JSON.stringify(found.flatMap(({ faults }) => faults).slice(0, 3))}`);
    const start = cpuMs();
    let times = 0;
    do {
      translate(bytes);
      times++;
    } while (cpuMs() - start < seconds * 1000);
    const used = (cpuMs() - start) / 1000;
    return {
      family,
      linesPerSecond: (times * LINES) / used,
      megabytesPerSecond: (times * bytes.length) / 1e6 / used,
    };
  });
}
