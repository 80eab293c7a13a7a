/** How files and documents are shown: what a person or a partner may see of their states. */
import { reasonOf } from '@crossdock/contracts';
import { Problem, type Found, type Page } from '@crossdock/runtime';
import type { Dispatch } from '../domain/dispatch.js';
import type { KnownDocument } from '../domain/document.js';
import type { KnownFile } from '../domain/file.js';

export const shownFile = ({ id, state }: Found<KnownFile>) => ({ fileId: id, ...state });

export const shownDocument = ({ state }: Found<KnownDocument>) => {
  if (state.status !== 'quarantined') return state;
  const { business, next } = reasonOf(state.reason) ?? { business: state.reason, next: '' };
  return { ...state, business, next };
};

/** What it says (addresses, prices) is in its bytes, which need a right of their own. */
export const shownDispatch = ({ state }: Found<Dispatch>): Omit<Dispatch, 'content'> => {
  const { content: _content, ...shown } = state;
  return shown;
};

const MOST = 1000;
export const pageOf = (limit: string | undefined, after: string | undefined): Page => {
  const count = limit === undefined ? 100 : Number(limit);
  if (!Number.isInteger(count) || count < 1 || count > MOST) {
    const text = `limit must be a whole number from 1 to ${MOST}`;
    throw new Problem(400, 'request-malformed', {
      detail: text,
      errors: [{ reason: 'request-malformed', field: 'limit', text }],
    });
  }
  return { limit: count, ...(after ? { after } : {}) };
};
