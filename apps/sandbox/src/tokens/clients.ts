/** Who may ask for a token, what for, and as whom. Secrets are public: this issuer is for demos and tests only. */
export interface Client {
  readonly id: string;
  readonly secret: string;
  /** undefined: the sandbox's own tenant */
  readonly tenant?: string;
  readonly scopes: readonly string[];
}

const READS = [
  'orders:read',
  'inventory:read',
  'shipments:read',
  'finance:read',
  'connectors:read',
  'exceptions:read',
] as const;
const CONNECTORS = ['connectors:write', 'connectors:content', 'connectors:admin'];
const EVERYTHING = [
  ...READS,
  'orders:write',
  'inventory:write',
  'shipments:write',
  'shipments:content',
  'exceptions:write',
  'metrics',
  ...CONNECTORS,
];

const client = (id: string, scopes: readonly string[], tenant?: string): Client => ({
  id,
  secret: `sandbox-${id}`,
  scopes,
  ...(tenant ? { tenant } : {}),
});

/** What could not be decided: bodies without personal, price and bank fields; those need rights of their own. */
const QUARANTINE = ['quarantine:read', 'quarantine:unassigned'];

export const CLIENTS: readonly Client[] = [
  client('demo', [...EVERYTHING, ...QUARANTINE]),
  client('operator', [...READS, 'exceptions:write', ...QUARANTINE, 'metrics']),
  client('erp', ['orders:read', 'inventory:read', 'inventory:write', 'finance:read']),
  client('wms', ['inventory:read', 'inventory:write', 'shipments:read', 'shipments:write']),
  client('carrier', ['shipments:write']),
  client('shop', ['orders:read', 'orders:write', 'inventory:read']),
  // Another company: to show that nobody sees what is not theirs.
  client('stranger', EVERYTHING, 'globex'),
];

/** Scopes that a client gets: those it asked for and may have, or all it may have. Undefined: asked for too much. */
export const grantedScopes = (granted: Client, asked: string | undefined): readonly string[] | undefined => {
  if (!asked) return granted.scopes;
  const wanted = asked.split(' ').filter(Boolean);
  return wanted.every((scope) => granted.scopes.includes(scope)) ? wanted : undefined;
};
