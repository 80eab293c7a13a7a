/** Which translation reads which standard. A new one is a folder of its own and one line here. */
import { crossdock } from './crossdock.js';
import { edifactReader, glanceEdifact, translateEdifact } from './edifact/translate.js';
import { readEpcis } from './epcis/epcis.js';
import { readNetSuite } from './erp/netsuite.js';
import { readQuickBooks } from './erp/quickbooks.js';
import { readIdoc } from './idoc/idoc.js';
import { readAmazon } from './shops/amazon.js';
import { readBigCommerce } from './shops/bigcommerce.js';
import { readShopify } from './shops/shopify.js';
import { readWooCommerce } from './shops/woocommerce.js';
import type { Glance, Interchange, Reader, Standard, TranslationContext } from './translation.js';
import { readUbl } from './ubl/ubl.js';
import { glanceX12, translateX12, x12Reader } from './x12/translate.js';

/** A file of some standards holds several interchanges. */
type Reads = (bytes: Uint8Array, context: TranslationContext) => Interchange | readonly Interchange[];

export const TRANSLATIONS: Readonly<Partial<Record<Standard, Reads>>> = {
  X12: translateX12,
  EDIFACT: translateEdifact,
  UBL: readUbl,
  EPCIS: readEpcis,
  Shopify: readShopify,
  WooCommerce: readWooCommerce,
  BigCommerce: readBigCommerce,
  Amazon: readAmazon,
  IDoc: readIdoc,
  NetSuite: readNetSuite,
  QuickBooks: readQuickBooks,
  Crossdock: crossdock,
};

/** How a standard is read that may come in files of any size. */
export interface Streamed {
  readonly glance: (text: string) => Glance;
  readonly reader: (context: TranslationContext) => Reader;
}
export const STREAMED: Readonly<Partial<Record<Standard, Streamed>>> = {
  X12: { glance: glanceX12, reader: x12Reader },
  EDIFACT: { glance: glanceEdifact, reader: edifactReader },
};

/** Every interchange of a file, in its order; undefined when nothing here reads the standard. */
export const translate = (
  standard: Standard,
  bytes: Uint8Array,
  context: TranslationContext,
): readonly Interchange[] | undefined => {
  const found = TRANSLATIONS[standard]?.(bytes, context);
  if (!found) return undefined;
  return 'documents' in found ? [found, ...(found.more ?? [])] : found;
};
