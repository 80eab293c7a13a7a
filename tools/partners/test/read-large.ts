/** Reads an X12 interchange of so many megabytes as it is made, and prints how many orders and faults it had. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../stack/files.ts';

interface Interchange {
  readonly documents: readonly Document[];
  readonly faults: readonly object[];
}
interface Document {
  readonly number?: string;
  readonly faults: readonly object[];
}
interface Reader {
  take(text: string, isLast: boolean): Iterable<Interchange>;
  drain(): readonly { readonly document: Document }[];
}
const built = pathToFileURL(join(ROOT, 'apps', 'connectors', 'dist', 'src', 'translate', 'translations.js')).href;
const { STREAMED } = (await import(built)) as { STREAMED: { X12: { reader(context: object): Reader } } };
const LINES = 500;

const orderOf = (nth: number): string => {
  const control = String(nth).padStart(4, '0');
  const lines = Array.from(
    { length: LINES },
    (_, at) =>
      `PO1*${at + 1}*6*EA*2.50*PE*BP*4711*VP*TEA-${nth}-${at}~PID*F****Loose leaf of order ${nth}, line ${at}~`,
  );
  const segments = 2 * LINES + 4;
  return `ST*850*${control}~BEG*00*NE*PO-${nth}**20260302~${lines.join('')}CTT*${LINES}~SE*${segments}*${control}~`;
};

const bytes = Number(process.argv[2]) * 1024 * 1024;
const reader = STREAMED.X12.reader({ items: {}, units: {}, locations: {}, customers: {} });
let [orders, faults, sent, nth] = [0, 0, 0, 0];
const note = (documents: readonly Document[]): void => {
  for (const document of documents) {
    if (document.number) orders++;
    faults += document.faults.length;
  }
};
const take = (text: string, isLast = false): void => {
  sent += text.length;
  for (const one of reader.take(text, isLast)) {
    note(one.documents);
    faults += one.faults.length;
  }
  note(reader.drain().map(({ document }) => document));
};
take('ISA*00*          *00*          *ZZ*A              *ZZ*B              *260302*0900*U*00401*000000001*0*P*>~');
take('GS*PO*A*B*20260302*0900*1*X*004010~');
while (sent < bytes) take(orderOf(++nth));
take(`GE*${nth}*1~IEA*1*000000001~`, true);
process.stdout.write(JSON.stringify({ orders, faults, nth, sent }));
