/** Each request, byte for byte where it is a document, as the carrier's documentation has it. */
import { readPayload } from '../../translate/carriers/payload.js';
import { accountFault, pollOf, POLLS } from './index.js';
import type { Credentials, PollRequest } from './poll.js';

const SECRETS: Credentials = {
  clientId: 'us',
  clientSecret: 'secret',
  customerId: 'CUST/1',
  username: 'user',
  password: 'p<&>"w',
  delisId: 'KD1',
  userToken: 'tok',
  siteId: 'site',
};
const ID = '0123456789abcdef0123456789abcdef';
const ODD = `A/b ?&<x>"`;
const requestOf = (carrier: string, trackingNo: string, credentials: Credentials = SECRETS): PollRequest => {
  const asked = { trackingNo, no: encodeURIComponent(trackingNo), id: ID, credentials, token: 't' };
  const request = pollOf(carrier, { credentials })?.request(asked);
  if (!request) throw new Error(`nobody asks ${carrier}`);
  return request;
};
const bodyOf = ({ bytes }: PollRequest): string => new TextDecoder().decode(bytes);

describe('requests for tracking', () => {
  it.each(Object.keys(POLLS))('%s: no number can become more than a number', (carrier) => {
    const request = requestOf(carrier, ODD);
    expect(request.path).not.toMatch(/[ <>"]|A\/b/);
    const type = request.headers?.['content-type'] ?? '';
    const form = type.includes('form') ? new URLSearchParams(bodyOf(request)).get('xml_in') : undefined;
    if (!request.bytes) return;
    const read = readPayload(form ?? bodyOf(request));
    if (read.form === 'broken') throw new Error(read.fault.text);
    expect(JSON.stringify(read.tree)).toContain(JSON.stringify(ODD).slice(1, -1));
  });

  it('DPD: the life cycle of a parcel, with the token in the header', () => {
    const request = requestOf('DPD', '05308801410058');
    expect(request).toMatchObject({
      method: 'POST',
      path: '/soap/services/ParcelLifeCycleService/V2_0',
      headers: {
        'content-type': 'text/xml; charset=utf-8',
        soapaction: '"http://dpd.com/common/service/types/ParcelLifeCycleService/2.0/getTrackingData"',
      },
    });
    expect(bodyOf(request)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns="http://dpd.com/common/service/types/Authentication/2.0" xmlns:ns1="http://dpd.com/common/service/types/ParcelLifeCycleService/2.0">
  <soapenv:Header>
    <ns:authentication>
      <delisId>KD1</delisId>
      <authToken>t</authToken>
      <messageLanguage>en_EN</messageLanguage>
    </ns:authentication>
  </soapenv:Header>
  <soapenv:Body>
    <ns1:getTrackingData>
      <parcelLabelNumber>05308801410058</parcelLabelNumber>
    </ns1:getTrackingData>
  </soapenv:Body>
</soapenv:Envelope>
`);
  });
  it('DPD: the token, for the DELIS id and its password', () => {
    const grant = pollOf('dpd', { credentials: SECRETS })?.grant;
    const request = grant?.request(SECRETS) as PollRequest;
    expect(request.path).toBe('/soap/services/LoginService/V2_1');
    expect(bodyOf(request)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns="http://dpd.com/common/service/types/LoginService/2.1">
  <soapenv:Body>
    <ns:getAuth>
      <delisId>KD1</delisId>
      <password>p&lt;&amp;&gt;"w</password>
      <messageLanguage>en_EN</messageLanguage>
    </ns:getAuth>
  </soapenv:Body>
</soapenv:Envelope>
`);
    const answer = readPayload(
      '<s:Envelope xmlns:s="x"><s:Body><n:getAuthResponse xmlns:n="y"><return><delisId>KD1</delisId><authToken>abc=</authToken><authTokenExpires>2026-11-22T03:00:00.00</authTokenExpires></return></n:getAuthResponse></s:Body></s:Envelope>',
    );
    expect(answer.form === 'xml' && grant?.read(answer.tree)).toEqual({ token: 'abc=', seconds: 3_600 });
  });
  it('Purolator: packages by PIN', () => {
    const request = requestOf('Purolator', 'M123');
    expect(request).toMatchObject({
      path: '/PWS/V1/Tracking/TrackingService.asmx',
      headers: { soapaction: '"http://purolator.com/pws/service/v1/TrackPackagesByPin"' },
    });
    expect(bodyOf(request)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:v1="http://purolator.com/pws/datatypes/v1">
  <soapenv:Header>
    <v1:RequestContext>
      <v1:Version>1.2</v1:Version>
      <v1:Language>en</v1:Language>
      <v1:GroupID></v1:GroupID>
      <v1:RequestReference>${ID}</v1:RequestReference>
      <v1:UserToken>tok</v1:UserToken>
    </v1:RequestContext>
  </soapenv:Header>
  <soapenv:Body>
    <v1:TrackPackagesByPinRequest>
      <v1:PINs>
        <v1:PIN>
          <v1:Value>M123</v1:Value>
        </v1:PIN>
      </v1:PINs>
    </v1:TrackPackagesByPinRequest>
  </soapenv:Body>
</soapenv:Envelope>
`);
  });
  it('Landmark: a document with the login in it', () => {
    const request = requestOf('Landmark Global', 'LTN1');
    expect(request).toMatchObject({
      path: '/Track.php',
      headers: { 'content-type': 'application/xml; charset=utf-8' },
    });
    expect(bodyOf(request)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<TrackRequest>
  <Login>
    <Username>user</Username>
    <Password>p&lt;&amp;&gt;"w</Password>
  </Login>
  <Test>false</Test>
  <ClientID>us</ClientID>
  <TrackingNumber>LTN1</TrackingNumber>
  <RetrievalType>Historical</RetrievalType>
</TrackRequest>
`);
  });
  it('TNT: a document in a field of a form', () => {
    const request = requestOf('TNT', '123456782');
    expect(request).toMatchObject({
      path: '/expressconnect/track.do?version=3',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(new URLSearchParams(bodyOf(request)).get('xml_in')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<TrackRequest locale="en_US" version="3.1">
  <SearchCriteria marketType="INTERNATIONAL">
    <ConsignmentNumber>123456782</ConsignmentNumber>
  </SearchCriteria>
  <LevelOfDetail>
    <Complete originAddress="true" destinationAddress="true"></Complete>
  </LevelOfDetail>
</TrackRequest>
`);
  });
  it('DHL Express: XML Services where the account has a site, else MyDHL', () => {
    const tree = readPayload(bodyOf(requestOf('DHL Express', '8346088391')));
    expect(tree).toMatchObject({
      tree: {
        KnownTrackingRequest: {
          '@schemaVersion': '1.0',
          Request: { ServiceHeader: { MessageReference: ID, SiteID: 'site', Password: SECRETS['password'] } },
          LanguageCode: 'en',
          AWBNumber: '8346088391',
          LevelOfDetails: 'ALL_CHECK_POINTS',
        },
      },
    });
    expect(requestOf('DHL Express', '1', {}).path).toMatch(/^\/mydhlapi\/shipments\/1\/tracking\?/);
  });
  it.each([
    ['Canada Post', '/vis/track/pin/7023/detail', { accept: 'application/vnd.cpc.track-v2+xml' }],
    ['bpost', '/services/trackedmail/item/7023/trackingInfo', {}],
    ['Asendia', '/api/customers/CUST%2F1/tracking/7023', { authorization: 'Bearer t' }],
    ['Teleship', '/api/tracking/7023', { authorization: 'Bearer t' }],
    ['UPS', '/api/track/v1/details/7023?locale=en_US', { transid: ID, transactionsrc: 'crossdock' }],
    ['USPS', '/tracking/v3/tracking/7023?expand=DETAIL', { authorization: 'Bearer t' }],
  ])('%s: %s', (carrier, path, headers) => {
    expect(requestOf(carrier, '7023')).toMatchObject({ method: 'GET', path, headers });
  });

  it('pages: EasyPost by the last id, AfterShip by number', () => {
    const asked = { trackingNo: '1', no: '1', id: ID, credentials: {}, token: '' };
    const next = (carrier: string, tree: unknown) => pollOf(carrier, {})?.next?.(tree, asked)?.path;
    expect(next('easypost', { trackers: [{ id: 'a' }, { id: 'b' }], has_more: true })).toBe(
      '/v2/trackers?tracking_code=1&before_id=b',
    );
    expect(next('easypost', { trackers: [{ id: 'a' }], has_more: false })).toBeUndefined();
    expect(next('aftership', { data: { page: 1, limit: 100, count: 101 } })).toMatch(/&page=2$/);
    expect(next('aftership', { data: { page: 2, limit: 100, count: 101 } })).toBeUndefined();
    expect(next('aftership', { data: {} })).toBeUndefined();
  });
});

describe('an account', () => {
  it('is told what it lacks', () => {
    expect(accountFault('dpd', { credentials: { delisId: 'x' } })).toBe('dpd lacks the credentials password');
    expect(accountFault('purolator', {})).toBe('purolator lacks the credentials userToken');
    expect(accountFault('dpd', { credentials: { delisId: 'x', password: 'y' } })).toBeUndefined();
    expect(accountFault('tnt', { headers: { authorization: 'Basic x' } })).toBeUndefined();
    for (const name of ['constructor', 'nobody', 'DPD']) expect(accountFault(name, {})).toMatch(/^\w+ is nobody/);
  });
});
