import { NO_CONTEXT } from '../translation.js';
import { readAmazon } from './amazon.js';

it('an order that a vendor fulfils for Amazon says when it must leave and what it is of', () => {
  const items = [
    {
      itemSequenceNumber: '001',
      vendorProductIdentifier: 'TEA',
      title: 'Tea',
      orderedQuantity: { amount: 3, unitOfMeasure: 'Each' },
    },
  ];
  const shipmentDetails = { shipmentDates: { requiredShipDate: '2026-01-12T08:00:00Z' } };
  const order = {
    purchaseOrderNumber: '2JK3',
    orderDetails: { orderDate: '2026-01-10T08:00:00Z', shipmentDetails, items },
  };
  const bytes = new TextEncoder().encode(JSON.stringify({ payload: { orders: [order] } }));
  expect(readAmazon(bytes, NO_CONTEXT).documents[0]?.canonical?.data).toMatchObject({
    requestedDate: '2026-01-12',
    lines: [{ item: { sellerItem: 'TEA', description: 'Tea' }, quantity: { value: '3' } }],
  });
});
