/** Connection strings for another user and database: MongoDB's form allows several hosts, which the URL class does not. */

export interface Credentials {
  user: string;
  password: string;
}

const FORM = /^(mongodb(?:\+srv)?:\/\/)(?:([^@/]*)@)?([^/?]+)(?:\/[^?]*)?(?:\?(.*))?$/;

export const hasLogin = (url: string): boolean => Boolean(FORM.exec(url)?.[2]);

/** The same servers and options; the user only where the server at hand asks for one. Users of ours live in `admin`. */
export function withCredentials(url: string, { user, password }: Credentials, database: string): string {
  const parts = FORM.exec(url);
  if (!parts) throw new Error('not a MongoDB connection string');
  const [, scheme = '', login, hosts = '', query = ''] = parts;
  const options = new URLSearchParams(query);
  if (login) options.set('authSource', 'admin');
  return `${scheme}${login ? `${user}:${password}@` : ''}${hosts}/${database}${options.size > 0 ? `?${options}` : ''}`;
}
