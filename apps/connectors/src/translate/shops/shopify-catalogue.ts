/** Shopify products, variants and inventory items as a catalogue. */
import type { CanonicalCatalogue, CanonicalCatalogueLine, CataloguePrice } from '../../canonical/catalogue.js';
import { filled } from '../../canonical/filled.js';
import type { Item } from '../../canonical/shapes.js';
import { dayOf } from '../instants.js';
import { decimalAt, recordsOf, textAt, type Fields } from '../json-fields.js';
import { gtinAt, type ShopReading } from './reading.js';

const itemOf = (variant: Fields, title: string | undefined): Item => {
  const name = textAt(variant, 'title');
  const own = name === 'Default Title' ? undefined : name;
  const isItem = Object.hasOwn(variant, 'tracked');
  return filled<Item>({
    sellerItem: textAt(variant, 'sku'),
    gtin: gtinAt(variant, 'barcode'),
    ids: [
      { scheme: 'shopify-variant', value: isItem ? undefined : textAt(variant, 'id') },
      {
        scheme: 'shopify-inventory-item',
        value: isItem ? textAt(variant, 'id') : textAt(variant, 'inventory_item_id'),
      },
    ].filter((id): id is { scheme: string; value: string } => id.value !== undefined),
    description: [title, own].filter(Boolean).join(' - ') || undefined,
  });
};

/** A product has variants; a variant or an inventory item stands for itself. */
export const shopifyCatalogue = (reading: ShopReading, product: Fields): CanonicalCatalogue => {
  const isProduct = Array.isArray(product.variants);
  const variants = isProduct ? recordsOf(product.variants) : [product];
  const title = isProduct ? textAt(product, 'title') : undefined;
  return filled<CanonicalCatalogue>(
    {
      number: reading.needed(product, '', 'id'),
      name: title,
      issued: dayOf(textAt(product, 'updated_at')),
      lines: variants.map((variant, index) => {
        const price = decimalAt(variant, 'price');
        const cost = decimalAt(variant, 'cost');
        const prices: CataloguePrice[] = [
          ...(price === undefined ? [] : [{ price }]),
          ...(cost === undefined ? [] : [{ price: cost, type: 'cost' }]),
        ];
        return filled<CanonicalCatalogueLine>(
          { lineNo: String(index + 1), item: itemOf(variant, title), brand: textAt(product, 'vendor'), prices },
          'item',
          'prices',
        );
      }),
    },
    'lines',
  );
};
