/** Carriers that answer in XML: by GET, or to a document in a POST. */
import { xmlText } from '@crossdock/kernel';
import { all, text } from '../../translate/carriers/tree.js';
import { credential, get, postForm, postXml, type CarrierPoll } from './poll.js';

/** Canada Post, Get Tracking Details: `Accept` picks the version; who is too fast is told so in a message. */
export const canadaPost: CarrierPoll = {
  needs: [],
  request: ({ no }) =>
    get(`/vis/track/pin/${no}/detail`, { accept: 'application/vnd.cpc.track-v2+xml', 'accept-language': 'en-CA' }),
  isBusy: (tree) =>
    all(tree, 'messages', 'message').some((message) => /rejected by slm/i.test(text(message, 'description'))),
};
/** bpost Tracking API: trackingInfo of an item. */
export const bpost: CarrierPoll = {
  needs: [],
  request: ({ no }) => get(`/services/trackedmail/item/${no}/trackingInfo`, { accept: 'application/xml' }),
};

/** Landmark Global, Track API: every event of the package that has this number, its own or the last mile's. */
export const landmark: CarrierPoll = {
  needs: ['username', 'password'],
  request: ({ trackingNo, credentials }) => {
    const clientId = credentials['clientId'];
    return postXml(
      '/Track.php',
      [
        'TrackRequest',
        [
          [
            'Login',
            [
              ['Username', credential(credentials, 'username')],
              ['Password', credential(credentials, 'password')],
            ],
          ],
          ['Test', credentials['test'] === 'true' ? 'true' : 'false'],
          ...(clientId ? [['ClientID', clientId] as const] : []),
          ['TrackingNumber', trackingNo],
          ['RetrievalType', 'Historical'],
        ],
      ],
      { 'content-type': 'application/xml; charset=utf-8' },
    );
  },
};

/** TNT ExpressConnect Tracking 3.1: the document is the field `xml_in` of a form. */
export const tnt: CarrierPoll = {
  needs: [],
  request: ({ trackingNo }) =>
    postForm(
      '/expressconnect/track.do?version=3',
      {
        xml_in: xmlText([
          'TrackRequest',
          { locale: 'en_US', version: '3.1' },
          [
            ['SearchCriteria', { marketType: 'INTERNATIONAL' }, [['ConsignmentNumber', trackingNo]]],
            ['LevelOfDetail', [['Complete', { originAddress: 'true', destinationAddress: 'true' }, '']]],
          ],
        ]),
      },
      { accept: 'text/xml, application/xml' },
    ),
};

/** 28 to 32 letters and digits, as DHL's schema has it. */
const referenceOf = (id: string): string =>
  id
    .replace(/[^0-9a-zA-Z]/g, '')
    .slice(0, 32)
    .padStart(28, '0');

/** DHL Express XML Services (XML-PI), KnownTrackingRequest: for accounts that have a site ID. */
export const dhlXmlPi: CarrierPoll = {
  needs: ['siteId', 'password'],
  request: ({ trackingNo, id, credentials }) =>
    postXml('/XMLShippingServlet', [
      'req:KnownTrackingRequest',
      {
        'xmlns:req': 'http://www.dhl.com',
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        'xsi:schemaLocation': 'http://www.dhl.com TrackingRequestKnown.xsd',
        schemaVersion: '1.0',
      },
      [
        [
          'Request',
          [
            [
              'ServiceHeader',
              [
                ['MessageReference', referenceOf(id)],
                ['SiteID', credential(credentials, 'siteId')],
                ['Password', credential(credentials, 'password')],
              ],
            ],
          ],
        ],
        ['LanguageCode', 'en'],
        ['AWBNumber', trackingNo],
        ['LevelOfDetails', 'ALL_CHECK_POINTS'],
      ],
    ]),
};
