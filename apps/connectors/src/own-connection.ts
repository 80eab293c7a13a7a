/** Connections stand in the settings, of all tenants in one table: this is the one of that name, when it is the tenant's. */
export const ownConnection = <T extends { readonly tenant: string }>(
  table: Readonly<Record<string, T>>,
  name: string | undefined,
  tenant: string,
): T | undefined => {
  const found = name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
  return found?.tenant === tenant ? found : undefined;
};
