/** How the stock of an import comes in: opened once; what the opening left out comes later. */
import { laterSupply, LATER_RECEIPTS, openingSupply, type Opening, type StockMode } from './demand.js';
import type { Import, Imports } from './imports.js';
import { postReceipts, receiptsOf, type Receipt, type ReceiptDoor, type ReceiptTotals } from './receipts.js';

const NOTHING: ReceiptTotals = { documents: 0, lines: 0, units: 0 };

/** Document numbers must fit into 64 characters with the node's. */
const prefixOf = (entry: Import, name: string): string => `${name}-${entry.id.slice(0, 12)}`;

export const openingReceipts = (entry: Import, opening: Opening): Receipt[] =>
  receiptsOf(prefixOf(entry, 'OPEN'), entry.date, openingSupply(entry.demand, opening));

/** The three later receipts of an opening, in their order. */
export const laterReceipts = (entry: Import, opening: Opening): Receipt[][] =>
  Array.from({ length: LATER_RECEIPTS }, (_, nth) =>
    receiptsOf(prefixOf(entry, `LATER${nth + 1}`), entry.date, laterSupply(entry.demand, opening, nth)),
  );

const added = (a: ReceiptTotals, b: ReceiptTotals): ReceiptTotals => ({
  documents: a.documents + b.documents,
  lines: a.lines + b.lines,
  units: a.units + b.units,
});

/** Brings in what the opening left out: nothing when it was ample. */
export const complete = async (imports: Imports, entry: Import, door: ReceiptDoor): Promise<ReceiptTotals> => {
  if (!entry.opened || entry.opened === 'ample') return NOTHING;
  await imports.put({ ...entry, completed: true });
  let totals = NOTHING;
  for (const receipts of laterReceipts(entry, entry.opened)) totals = added(totals, await postReceipts(door, receipts));
  return totals;
};

/**
 * Opens an import's stock. The first opening counts: one that left something out and is asked for amply is completed,
 * an ample one stays ample. Posting again changes nothing.
 */
export const openStock = async (
  imports: Imports,
  entry: Import,
  mode: StockMode,
  door: ReceiptDoor,
): Promise<ReceiptTotals> => {
  if (mode === 'none') return NOTHING;
  const opened = entry.opened ? entry : await imports.put({ ...entry, opened: mode });
  const totals = await postReceipts(door, openingReceipts(opened, opened.opened ?? mode));
  return mode === 'ample' ? added(totals, await complete(imports, opened, door)) : totals;
};
