/** Tokens that carriers give for a time: had once for all questions, and anew when one holds no more. */
import type { CarrierAccount } from '../config.js';

const held = new WeakMap<CarrierAccount, { readonly token: Promise<string>; until: number }>();
/** A token is not used in its last minute. */
const EARLY_MS = 60_000;

export interface Had {
  readonly token: string;
  readonly seconds: number;
}
/** The token of this account; questions that come at once wait for the same one. What can't be had is not kept. */
export const tokenOf = (account: CarrierAccount, have: () => Promise<Had>): Promise<string> => {
  const known = held.get(account);
  if (known && known.until > Date.now()) return known.token;
  const kept = {
    token: have().then(
      ({ token, seconds }) => {
        kept.until = Date.now() + (Number.isFinite(seconds) ? seconds * 1000 - EARLY_MS : 0);
        return token;
      },
      (error: unknown) => {
        if (held.get(account) === kept) held.delete(account);
        throw error;
      },
    ),
    until: Number.POSITIVE_INFINITY,
  };
  held.set(account, kept);
  return kept.token;
};
/** The carrier took it no more. Another question may have had a new one meanwhile: that one stays. */
export const forgetToken = async (account: CarrierAccount, token: string): Promise<void> => {
  const known = held.get(account);
  if (known && (await known.token.catch(() => '')) === token && held.get(account) === known) held.delete(account);
};
