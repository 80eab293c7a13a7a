/** Carriers and aggregators that answer in JSON. */
import { all, text } from '../../translate/carriers/tree.js';
import { bearer, byBasic, byForm, byJson } from './oauth.js';
import { credential, get, postForm, postJson, type CarrierPoll } from './poll.js';

/** UPS Tracking API v1; `transId` and `transactionSrc` are required headers. */
export const ups: CarrierPoll = {
  needs: [],
  grant: byBasic('/security/v1/oauth/token'),
  request: ({ no, id, token }) =>
    get(`/api/track/v1/details/${no}?locale=en_US`, { transid: id, transactionsrc: 'crossdock', ...bearer(token) }),
};
/** FedEx Track API v1. */
export const fedex: CarrierPoll = {
  needs: [],
  grant: byForm('/oauth/token'),
  request: ({ trackingNo, token }) =>
    postJson(
      '/track/v1/trackingnumbers',
      { includeDetailedScans: true, trackingInfo: [{ trackingNumberInfo: { trackingNumber: trackingNo } }] },
      { 'x-locale': 'en_US', ...bearer(token) },
    ),
};
/** USPS Tracking API v3. */
export const usps: CarrierPoll = {
  needs: [],
  grant: byJson('/oauth2/v3/token'),
  request: ({ no, token }) => get(`/tracking/v3/tracking/${no}?expand=DETAIL`, bearer(token)),
};

/** DHL Shipment Tracking - Unified: five shipments a page, `nextUrl` when there are more. */
export const dhlUnified: CarrierPoll = {
  needs: [],
  request: ({ no }) => get(`/track/shipments?trackingNumber=${no}`),
  next: (tree, { no }) => {
    const offset = /[?&]offset=(\d{1,6})(?:&|$)/.exec(text(tree, 'nextUrl'))?.[1];
    return offset === undefined ? undefined : get(`/track/shipments?trackingNumber=${no}&offset=${offset}`);
  },
};
/** MyDHL API. */
export const myDhl: CarrierPoll = {
  needs: [],
  request: ({ no }) => get(`/mydhlapi/shipments/${no}/tracking?trackingView=all-checkpoints&levelOfDetail=all`),
};
/** GLS Track and Trace v1. */
export const gls: CarrierPoll = {
  needs: [],
  grant: byBasic('/oauth2/v2/token'),
  request: ({ no, token }) => get(`/track-and-trace-v1/tracking/simple/trackids/${no}`, bearer(token)),
};
/** La Poste Suivi v2. */
export const laPoste: CarrierPoll = { needs: [], request: ({ no }) => get(`/suivi/v2/idships/${no}?lang=fr_FR`) };
/** Australia Post Shipping and Tracking v1. */
export const australiaPost: CarrierPoll = {
  needs: [],
  request: ({ no }) => get(`/shipping/v1/track?tracking_ids=${no}`),
};
/** Sendle Tracking API. */
export const sendle: CarrierPoll = { needs: [], request: ({ no }) => get(`/api/tracking/${no}`) };

/** Asendia Sync: tracking of a parcel below the customer's number; the token (JWT) holds for a day. */
export const asendia: CarrierPoll = {
  needs: ['customerId'],
  grant: {
    needs: ['username', 'password'],
    request: (credentials) =>
      postJson('/api/authenticate', {
        username: credential(credentials, 'username'),
        password: credential(credentials, 'password'),
      }),
    read: (tree) => ({ token: text(tree, 'id_token'), seconds: 23 * 3_600 }),
  },
  request: ({ no, credentials, token }) =>
    get(`/api/customers/${encodeURIComponent(credential(credentials, 'customerId'))}/tracking/${no}`, bearer(token)),
};
/** Teleship: names of its own in the grant. */
export const teleship: CarrierPoll = {
  needs: [],
  grant: {
    needs: ['clientId', 'clientSecret'],
    request: (credentials) =>
      postForm('/oauth/token', {
        grant_type: 'client_credentials',
        clientId: credential(credentials, 'clientId'),
        clientSecret: credential(credentials, 'clientSecret'),
      }),
    read: (tree) => ({ token: text(tree, 'accessToken'), seconds: Number(text(tree, 'expiresIn')) }),
  },
  request: ({ no, token }) => get(`/api/tracking/${no}`, bearer(token)),
};

/** EasyPost trackers of a code, newest first; `has_more`, then those before the last one's id. */
export const easypost: CarrierPoll = {
  needs: [],
  request: ({ no }) => get(`/v2/trackers?tracking_code=${no}`),
  next: (tree, { no }) => {
    const last = text(all(tree, 'trackers').at(-1), 'id');
    if (text(tree, 'has_more') !== 'true' || last === '') return undefined;
    return get(`/v2/trackers?tracking_code=${no}&before_id=${encodeURIComponent(last)}`);
  },
};
/** AfterShip trackings of a number: `page` of `limit` each, `count` in all. */
export const aftership: CarrierPoll = {
  needs: [],
  request: ({ no }) => get(`/v4/trackings?tracking_numbers=${no}`),
  next: (tree, { no }) => {
    const [page = 0, limit = 0, count = 0] = ['page', 'limit', 'count'].map((name) => Number(text(tree, 'data', name)));
    return page * limit < count ? get(`/v4/trackings?tracking_numbers=${no}&page=${page + 1}`) : undefined;
  },
};
