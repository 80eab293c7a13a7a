/** Access tokens for a client's id and secret (RFC 6749, 4.4 "Client Credentials Grant"), in the carriers' dialects. */
import { text } from '../../translate/carriers/tree.js';
import { credential, postForm, postJson, type Credentials, type TokenGrant } from './poll.js';

const NEEDS = ['clientId', 'clientSecret'];
const grantFields = (credentials: Credentials) => ({
  grant_type: 'client_credentials',
  client_id: credential(credentials, 'clientId'),
  client_secret: credential(credentials, 'clientSecret'),
});
/** UPS tells the seconds as a text, others as a number. */
const read: TokenGrant['read'] = (tree) => ({
  token: text(tree, 'access_token'),
  seconds: Number(text(tree, 'expires_in')),
});

/** id and secret as HTTP Basic: UPS, GLS */
export const byBasic = (path: string): TokenGrant => ({
  needs: NEEDS,
  request: (credentials) => {
    const { client_id: id, client_secret: secret, ...fields } = grantFields(credentials);
    const pair = Buffer.from(`${id}:${secret}`).toString('base64');
    return postForm(path, fields, { authorization: `Basic ${pair}` });
  },
  read,
});
/** id and secret in the form: FedEx */
export const byForm = (path: string): TokenGrant => ({
  needs: NEEDS,
  request: (credentials) => postForm(path, grantFields(credentials)),
  read,
});
/** id and secret in JSON: USPS */
export const byJson = (path: string): TokenGrant => ({
  needs: NEEDS,
  request: (credentials) => postJson(path, grantFields(credentials)),
  read,
});
export const bearer = (token: string): Readonly<Record<string, string>> =>
  token === '' ? {} : { authorization: `Bearer ${token}` };
