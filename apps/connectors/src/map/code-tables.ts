/** Every table of others' codes, by name. A new table is one line here; `code-tables.lock.json` keeps what each version said. */
import type { CodeTable } from '../translate/code-table.js';
import { EDIFACT_PURPOSES, X12_PURPOSES } from '../translate/edi/purposes.js';
import { EDIFACT_UNITS, X12_UNITS } from '../translate/edi/units.js';
import * as contrl from '../translate/edifact/messages/contrl.js';
import * as invrpt from '../translate/edifact/messages/invrpt.js';
import * as ordchg from '../translate/edifact/messages/ordchg.js';
import * as ordrsp from '../translate/edifact/messages/ordrsp.js';
import * as pricat from '../translate/edifact/messages/pricat.js';
import * as remadv from '../translate/edifact/messages/remadv.js';
import * as idocOrders from '../translate/idoc/orders.js';
import { SAP_UNITS } from '../translate/idoc/segments.js';
import * as amazonSeller from '../translate/shops/amazon-seller.js';
import * as amazonVendor from '../translate/shops/amazon-vendor.js';
import * as bigCommerce from '../translate/shops/bigcommerce.js';
import * as wooCommerce from '../translate/shops/woocommerce.js';
import * as ublOrder from '../translate/ubl/order.js';
import * as ublResponse from '../translate/ubl/order-response.js';
import * as x820 from '../translate/x12/messages/820.js';
import * as x824 from '../translate/x12/messages/824.js';
import * as x860 from '../translate/x12/messages/860.js';
import * as x861 from '../translate/x12/messages/861.js';
import { WEIGHT_UNITS } from '../translate/x12/messages/940.js';
import * as x945 from '../translate/x12/messages/945.js';
import { STATUSES as ACKNOWLEDGED } from '../translate/x12/parts/acknowledgements.js';
import { ORDER_STATUSES } from '../translate/x12/parts/order-status.js';
import { CHANGE_STATUSES, LINE_STATUSES, STATUSES } from '../translate/x12/parts/responses.js';
import { ACTIVITY_KINDS, QUANTITY_KINDS } from '../translate/x12/parts/stock.js';
import { REPORTINGS } from '../translate/x12/parts/warehouse.js';
import { OF_REC_24, OF_X12, X12_REASON } from './transport-codes.js';

export const TABLES: Readonly<Record<string, CodeTable<unknown>>> = {
  'x12-units': X12_UNITS,
  'x12-weight-units': WEIGHT_UNITS,
  'x12-purposes': X12_PURPOSES,
  'x12-order-statuses': ORDER_STATUSES,
  'x12-line-changes': x860.LINE_CHANGES,
  'x12-answers': STATUSES,
  'x12-line-answers': LINE_STATUSES,
  'x12-change-answers': CHANGE_STATUSES,
  'x12-acknowledgements': ACKNOWLEDGED,
  'x12-application-advices': x824.STATUSES,
  'x12-receiving-conditions': x861.CONDITIONS,
  'x12-shipment-statuses': x945.STATUSES,
  'x12-reportings': REPORTINGS,
  'x12-quantities': QUANTITY_KINDS,
  'x12-activities': ACTIVITY_KINDS,
  'x12-settled-documents': x820.TYPES,
  'x12-transport': OF_X12,
  'x12-transport-reasons': X12_REASON,
  'edifact-units': EDIFACT_UNITS,
  'edifact-purposes': EDIFACT_PURPOSES,
  'edifact-line-changes': ordchg.LINE_CHANGES,
  'edifact-answers': ordrsp.STATUSES,
  'edifact-response-types': ordrsp.RESPONSE_TYPES,
  'edifact-line-answers': ordrsp.LINE_STATUSES,
  'edifact-acknowledgements': contrl.STATUSES,
  'edifact-quantities': invrpt.KINDS,
  'edifact-catalogue-actions': pricat.ACTIONS,
  'edifact-settled-documents': remadv.TYPES,
  'rec24-transport': OF_REC_24,
  'ubl-line-changes': ublOrder.ACTIONS,
  'ubl-answers': ublResponse.STATUSES,
  'ubl-line-answers': ublResponse.LINE_STATUSES,
  'sap-units': SAP_UNITS,
  'sap-purposes': idocOrders.PURPOSES,
  'sap-line-changes': idocOrders.ACTIONS,
  'woocommerce-statuses': wooCommerce.STATUSES,
  'bigcommerce-statuses': bigCommerce.STATUSES,
  'amazon-statuses': amazonSeller.STATUSES,
  'amazon-units': amazonVendor.UNITS,
  'amazon-line-answers': amazonVendor.LINE_STATUSES,
};

/** What documents are read by now: the version of the table that was changed last. */
export const TABLES_VERSION = Object.values(TABLES)
  .map(({ version }) => version)
  .reduce((newest, version) => (version > newest ? version : newest));
