/** Chart of accounts (DOMAIN, section 6). A journal carries numbers; people read names. */

/** Which side makes a balance grow, for those who read a trial balance. */
export type AccountType = 'asset' | 'liability' | 'revenue' | 'expense';

export const ACCOUNTS = {
  CASH: '1010',
  AR: '1100',
  IC_RECEIVABLE: '1150',
  INVENTORY: '1200',
  INVENTORY_IN_TRANSIT: '1210',
  INVENTORY_CONSIGNED_OUT: '1220',
  STOCK_INTERIM_DELIVERED: '1230',
  AP: '2000',
  GRNI: '2010',
  FREIGHT_CLEARING: '2020',
  DUTY_CLEARING: '2030',
  IC_PAYABLE: '2050',
  TAX_PAYABLE: '2100',
  INPUT_TAX: '2110',
  CUSTOMER_PREPAYMENTS_UNAPPLIED: '2200',
  CUSTOMER_CREDITS_PAYABLE: '2210',
  DEFERRED_REVENUE: '2220',
  REBATE_ACCRUAL: '2230',
  DROPSHIP_ACCRUAL: '2240',
  FREIGHT_ACCRUAL: '2250',
  REFUND_CLEARING: '2290',
  REVENUE: '4000',
  FREIGHT_REVENUE: '4050',
  OTHER_CHARGES: '4060',
  SALES_DISCOUNTS: '4100',
  SALES_RETURNS: '4110',
  SALES_ALLOWANCES: '4120',
  IC_REVENUE: '4200',
  COGS: '5000',
  IC_COGS: '5010',
  FREIGHT_OUT: '5050',
  FREIGHT_IN: '5060',
  PURCHASE_PRICE_VARIANCE: '5070',
  PURCHASE_DISCOUNTS: '5080',
  INVENTORY_SHRINKAGE: '5100',
  INVENTORY_FOUND: '5110',
  INVENTORY_SCRAP: '5120',
  FX_REALIZED: '7000',
  FX_UNREALIZED: '7010',
  ROUNDING: '7090',
} as const;
export type AccountName = keyof typeof ACCOUNTS;

const NAMES = new Map<string, AccountName>(
  Object.entries(ACCOUNTS).map(([name, number]) => [number, name as AccountName]),
);
export const accountName = (number: string): AccountName | undefined => NAMES.get(number);

/** By its number: 1 assets, 2 liabilities, 4 revenue, all else expense. Input tax is owed to us, though it stands at 2. */
export const accountType = (number: string): AccountType => {
  if (number === ACCOUNTS.INPUT_TAX) return 'asset';
  if (number.startsWith('1')) return 'asset';
  if (number.startsWith('2')) return 'liability';
  return number.startsWith('4') ? 'revenue' : 'expense';
};
