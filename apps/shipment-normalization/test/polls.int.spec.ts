/** Carriers with SOAP, XML and tokens are asked over real HTTP; what they answer stands in the timeline. */
import { JetStreamBroker, runService, type RunningService } from '@crossdock/runtime';
import { eventually, ownServers, type Stack } from '@crossdock/testing';
import { shipmentNormalization } from '../src/shipment-normalization.service.js';
import { readPayload } from '../src/translate/carriers/payload.js';
import { link } from './link.js';
import { startCarrier, type CarrierAsked, type CarrierServer } from './carrier-server.js';
import { settingsOf } from './settings.js';
import { closed, startIssuer, type TokenIssuer } from './token-issuer.js';
import { startWarehouse, type Warehouse } from './warehouse.js';

interface Shown {
  readonly known?: boolean;
  readonly milestone?: string;
  readonly timeline?: readonly { readonly milestone: string; readonly source: string; readonly rawCode: string }[];
}
const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;
const soap = (inside: string): string =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${inside}</s:Body></s:Envelope>`;
const dpdAnswer = (no: string): string =>
  soap(
    `<t:getTrackingDataResponse xmlns:t="http://dpd.com/common/service/types/ParcelLifeCycleService/2.0"><trackingresult><shipmentInfo><status>SHIPMENT</status></shipmentInfo><statusInfo><status>Courier</status><label><content>Parcel out for delivery</content></label><statusHasBeenReached>true</statusHasBeenReached><isCurrentStatus>true</isCurrentStatus><location><content>Mechelen (BE)</content></location><date><content>8/18/2026 7:34:34 AM</content></date></statusInfo><parcelLabelNumber>${no}</parcelLabelNumber></trackingresult></t:getTrackingDataResponse>`,
  );
const DPD_TOKEN = soap(
  '<t:getAuthResponse xmlns:t="http://dpd.com/common/service/types/LoginService/2.1"><return><delisId>KD1</delisId><authToken>tok-1</authToken><depot>0530</depot><authTokenExpires>2026-11-22T03:00:00.00</authTokenExpires></return></t:getAuthResponse>',
);
const purolatorAnswer = (inside: string): string =>
  soap(
    `<TrackPackagesByPinResponse xmlns="http://purolator.com/pws/datatypes/v1"><ResponseInformation><Errors/></ResponseInformation>${inside}</TrackPackagesByPinResponse>`,
  );

describe('carriers that are asked', () => {
  let servers: Stack;
  let issuer: TokenIssuer;
  let warehouse: Warehouse;
  let carrier: CarrierServer;
  let service: RunningService;
  let broker: JetStreamBroker;
  let headers: Record<string, string>;

  const get = async (path: string): Promise<Shown> =>
    (await (await fetch(`${service.url}${path}`, { headers })).json()) as Shown;
  /** A package of ours under way, and its carrier asked for it. */
  const ask = async (name: string, trackingNo: string): Promise<void> => {
    await link(broker, trackingNo, name);
    await eventually('under way', async () => (await get(`/v1/tracking/${trackingNo}`)).known === true);
    const response = await fetch(`${service.url}/v1/tracking/${trackingNo}/polls`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': `poll-${trackingNo}` },
    });
    expect(response.status).toBe(202);
  };
  const told = (trackingNo: string) =>
    eventually(`${trackingNo} told`, async () => {
      const shown = await get(`/v1/tracking/${trackingNo}`);
      return (shown.timeline ?? []).length > 0 && shown;
    });
  const requests = (path: string): readonly CarrierAsked[] => carrier.asked.filter((one) => one.path.startsWith(path));
  const treeOf = (xml: string | null | undefined): unknown => {
    const read = readPayload(xml ?? '');
    if (read.form === 'broken') throw new Error(read.fault.text);
    return read.tree;
  };

  beforeAll(async () => {
    servers = await ownServers('polls', ['shipment-normalization']);
    issuer = await startIssuer();
    warehouse = await startWarehouse();
    carrier = await startCarrier();
    const { url } = carrier;
    const token = await issuer.token('shipments:read shipments:write');
    headers = { authorization: `Bearer ${token}` };
    service = await runService(shipmentNormalization, {
      env: {
        ...settingsOf(servers, issuer, warehouse),
        CROSSDOCK_CARRIER_ACCOUNTS: JSON.stringify({
          dpd: { url, credentials: { delisId: 'KD1', password: 'p&w' } },
          purolator: { url, headers: { authorization: basic('key:pw') }, credentials: { userToken: 'tok' } },
          landmark: { url, credentials: { username: 'user', password: 'p<w' } },
          tnt: { url, headers: { authorization: basic('tnt:pw') } },
          canadapost: { url, headers: { authorization: basic('cp:pw') } },
          bpost: { url, headers: { authorization: basic('114:pass') } },
          dhlexpress: { url, credentials: { siteId: 'site', password: 'password' } },
          asendia: { url, credentials: { customerId: 'C1', username: 'u', password: 'p' } },
          dhlunified: { url, headers: { 'dhl-api-key': 'k' } },
        }),
      },
    });
    await eventually('ready', async () => (await fetch(`${service.url}/health/ready`)).status === 200);
    broker = await JetStreamBroker.open(servers.nats.url, 'test');
  }, 60_000);
  afterAll(async () => {
    await broker?.close();
    await service?.stop();
    await closed(carrier?.server);
    await closed(warehouse?.server);
    await closed(issuer?.server);
    await servers?.stop();
  }, 30_000);

  it('DPD: logs in once, asks by SOAP, and logs in anew when its token holds no more', async () => {
    const refused = soap(
      '<s:Fault><faultcode>s:Server</faultcode><faultstring>Fault occured</faultstring><detail><a:authenticationFault xmlns:a="http://dpd.com/common/service/types/Authentication/2.0"><errorCode>DELICOM_ERR_AUTHENTICATION</errorCode><errorMessage>Authentication failure</errorMessage></a:authenticationFault></detail></s:Fault>',
    );
    carrier.tell('/soap/services/LoginService', { body: DPD_TOKEN });
    carrier.tell(
      '/soap/services/ParcelLifeCycleService',
      { body: dpdAnswer('05308801410058') },
      { status: 500, body: refused },
      { body: dpdAnswer('05308801410059') },
    );
    await ask('DPD', '05308801410058');
    expect((await told('05308801410058')).timeline).toMatchObject([
      { milestone: 'OUT_FOR_DELIVERY', source: 'poll', rawCode: 'Courier' },
    ]);
    await ask('DPD', '05308801410059');
    await told('05308801410059');
    const logins = requests('/soap/services/LoginService');
    expect(logins).toHaveLength(2);
    expect(logins[0]).toMatchObject({
      method: 'POST',
      path: '/soap/services/LoginService/V2_1',
      headers: {
        'content-type': expect.stringMatching(/^text\/xml; ?charset=utf-8$/i),
        soapaction: '"http://dpd.com/common/service/types/LoginService/2.1/getAuth"',
      },
    });
    expect(treeOf(logins[0]?.body)).toMatchObject({
      Envelope: { Body: { getAuth: { delisId: 'KD1', password: 'p&w', messageLanguage: 'en_EN' } } },
    });
    const [first] = requests('/soap/services/ParcelLifeCycleService');
    expect(first?.headers['soapaction']).toContain('getTrackingData');
    expect(treeOf(first?.body)).toMatchObject({
      Envelope: {
        Header: { authentication: { delisId: 'KD1', authToken: 'tok-1' } },
        Body: { getTrackingData: { parcelLabelNumber: '05308801410058' } },
      },
    });
  });
  it('Purolator: a fault of its server is asked past, an error of its own ends the question', async () => {
    const path = '/PWS/V1/Tracking/TrackingService.asmx';
    const broken = soap('<s:Fault><faultcode>s:Server</faultcode><faultstring>Internal</faultstring></s:Fault>');
    const scan =
      '<TrackingInformationList><TrackingInformation><PIN><Value>M123</Value></PIN><Scans><Scan><ScanType>Delivery</ScanType><Depot><Name>MONTREAL</Name></Depot><ScanDate>2026-01-13</ScanDate><ScanTime>172300</ScanTime><Description>Shipment delivered to RECEPTION</Description></Scan></Scans></TrackingInformation></TrackingInformationList>';
    carrier.tell(path, { status: 500, body: broken }, { body: purolatorAnswer(scan) });
    await ask('Purolator', 'm123');
    expect(await told('m123')).toMatchObject({ milestone: 'DELIVERED' });
    const asked = requests(path);
    expect(asked).toHaveLength(2);
    expect(asked[0]?.headers).toMatchObject({
      authorization: basic('key:pw'),
      soapaction: '"http://purolator.com/pws/service/v1/TrackPackagesByPin"',
    });
    expect(treeOf(asked[0]?.body)).toMatchObject({
      Envelope: {
        Header: { RequestContext: { Version: '1.2', Language: 'en', UserToken: 'tok' } },
        Body: { TrackPackagesByPinRequest: { PINs: { PIN: { Value: 'm123' } } } },
      },
    });
    const client = soap('<s:Fault><faultcode>s:Client</faultcode><faultstring>No such PIN</faultstring></s:Fault>');
    carrier.tell(path, { status: 500, body: client });
    await ask('Purolator', 'M404');
    await eventually('refused', async () => /outcome="refused"/.test(await metrics()));
    expect(requests(path)).toHaveLength(3);
    expect((await get('/v1/tracking/M404')).timeline).toEqual([]);
  });
  const metrics = async (): Promise<string> => (await fetch(`${service.url}/metrics`)).text();

  it('Landmark: the package that we know by the number of the last mile', async () => {
    const xml =
      '<?xml version="1.0"?><TrackResponse><Result><Success>true</Success><Packages><Package><TrackingNumber>1Z9</TrackingNumber><LandmarkTrackingNumber>LTN1</LandmarkTrackingNumber><Events><Event><Status>Item available for pickup</Status><DateTime>10/31/2026 11:30 PM</DateTime><Location>Lyon, FR</Location><EventCode>410</EventCode></Event></Events></Package></Packages></Result></TrackResponse>';
    carrier.tell('/Track.php', { body: xml });
    await ask('Landmark', '1Z9');
    expect(await told('1Z9')).toMatchObject({ milestone: 'AVAILABLE_FOR_PICKUP' });
    const [asked] = requests('/Track.php');
    expect(asked?.headers['content-type']).toMatch(/^application\/xml/);
    expect(treeOf(asked?.body)).toEqual({
      TrackRequest: {
        Login: { Username: 'user', Password: 'p<w' },
        Test: 'false',
        TrackingNumber: '1Z9',
        RetrievalType: 'Historical',
      },
    });
  });
  it('TNT: XML in a form, and a consignment that it has not got yet', async () => {
    const consignment = (no: string, inside: string): string =>
      `<?xml version="1.0" encoding="utf-8"?><TrackResponse><Consignment access="public"><ConsignmentNumber>${no}</ConsignmentNumber>${inside}</Consignment></TrackResponse>`;
    const status =
      '<SummaryCode>INT</SummaryCode><StatusData><StatusCode>OD</StatusCode><StatusDescription><![CDATA[Out For Delivery.]]></StatusDescription><LocalEventDate format="YYYYMMDD">20260204</LocalEventDate><LocalEventTime format="HHMM">0747</LocalEventTime></StatusData>';
    carrier.tell(
      '/expressconnect/track.do',
      { body: consignment('T1', status) },
      { body: consignment('T2', '<SummaryCode>CNF</SummaryCode>') },
    );
    await ask('TNT', 'T1');
    expect(await told('T1')).toMatchObject({ milestone: 'OUT_FOR_DELIVERY' });
    const [asked] = requests('/expressconnect/track.do');
    expect(asked).toMatchObject({
      method: 'POST',
      path: '/expressconnect/track.do?version=3',
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: basic('tnt:pw') },
    });
    expect(treeOf(new URLSearchParams(asked?.body).get('xml_in'))).toMatchObject({
      TrackRequest: {
        '@version': '3.1',
        SearchCriteria: { ConsignmentNumber: 'T1' },
        LevelOfDetail: { Complete: { '@originAddress': 'true' } },
      },
    });
    await ask('TNT', 'T2');
    await eventually('asked', () => requests('/expressconnect/track.do').length === 2);
    expect(await get('/v1/tracking/T2')).toMatchObject({ known: true, timeline: [] });
  });
  it('Canada Post: told to go slower it is asked again, and not before it may', async () => {
    const path = '/vis/track/pin/7023210039414604/detail';
    const detail =
      '<tracking-detail xmlns="http://www.canadapost.ca/ws/track-v2"><pin>7023210039414604</pin><significant-events><occurrence><event-identifier>1496</event-identifier><event-date>2026-02-01</event-date><event-time>07:59:52</event-time><event-time-zone>EST</event-time-zone><event-description>Item successfully delivered</event-description><event-site>QUEBEC</event-site><event-province>QC</event-province></occurrence></significant-events></tracking-detail>';
    carrier.tell(path, { status: 429, headers: { 'retry-after': '2' }, body: '' }, { body: detail });
    const began = Date.now();
    await ask('Canada Post', '7023210039414604');
    expect(await told('7023210039414604')).toMatchObject({ milestone: 'DELIVERED' });
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_990);
    const asked = requests(path);
    expect(asked).toHaveLength(2);
    expect(asked[1]).toMatchObject({
      method: 'GET',
      headers: { accept: 'application/vnd.cpc.track-v2+xml', authorization: basic('cp:pw') },
    });
  });
  it('bpost and DHL Express (XML Services)', async () => {
    carrier.tell('/services/trackedmail/item/3232/trackingInfo', {
      body: '<itemTracking xmlns="http://schema.post.be/tracking/v1/"><itemCode>3232</itemCode><stateInfo><time>2026-11-22T23:19:29+01:00</time><stateCode>T00</stateCode><stateDescription>Sorted - sorted_out</stateDescription></stateInfo></itemTracking>',
    });
    await ask('bpost', '3232');
    expect(await told('3232')).toMatchObject({ milestone: 'IN_TRANSIT' });
    expect(requests('/services/trackedmail')[0]?.headers).toMatchObject({ authorization: basic('114:pass') });

    carrier.tell('/XMLShippingServlet', {
      body: '<req:TrackingResponse xmlns:req="http://www.dhl.com"><Response/><AWBInfo><AWBNumber>8346088391</AWBNumber><Status><ActionStatus>success</ActionStatus></Status><ShipmentInfo><ShipmentEvent><Date>2026-08-28</Date><Time>13:26:00</Time><ServiceEvent><EventCode>PU</EventCode><Description>Shipment picked up</Description></ServiceEvent><ServiceArea><Description>Barcelona</Description></ServiceArea></ShipmentEvent></ShipmentInfo></AWBInfo></req:TrackingResponse>',
    });
    await ask('DHL Express', '8346088391');
    expect(await told('8346088391')).toMatchObject({ milestone: 'PICKED_UP' });
    expect(treeOf(requests('/XMLShippingServlet')[0]?.body)).toMatchObject({
      KnownTrackingRequest: {
        Request: { ServiceHeader: { SiteID: 'site', Password: 'password' } },
        AWBNumber: '8346088391',
        LevelOfDetails: 'ALL_CHECK_POINTS',
      },
    });
  });
  it('Asendia with a token, DHL Unified page by page', async () => {
    carrier.tell('/api/authenticate', { body: '{"id_token":"jwt"}' });
    carrier.tell('/api/customers/C1/tracking/AS1', {
      body: '{"trackingNumber":"AS1","trackingEvents":[{"id":1,"code":"PU","time":"2026-04-12T14:30:00Z","locationName":"Bern","carrierEventDescription":"Package picked up","locationCountry":"CH"}]}',
    });
    await ask('Asendia', 'AS1');
    expect(await told('AS1')).toMatchObject({ milestone: 'PICKED_UP' });
    expect(JSON.parse(requests('/api/authenticate')[0]?.body ?? '')).toEqual({ username: 'u', password: 'p' });
    expect(requests('/api/customers')[0]?.headers).toMatchObject({ authorization: 'Bearer jwt' });

    const shipment = (id: string) => ({
      id,
      service: 'parcel-de',
      status: { statusCode: 'transit' },
      events: [{ timestamp: '2026-03-02T07:53:47', statusCode: 'transit', description: 'In transit' }],
    });
    const first = { nextUrl: '/shipments?trackingNumber=DU1&offset=5&limit=5', shipments: [shipment('OTHER')] };
    carrier.tell(
      '/track/shipments',
      { body: JSON.stringify(first) },
      { body: JSON.stringify({ shipments: [shipment('DU1')] }) },
    );
    await ask('DHL Unified', 'DU1');
    expect(await told('DU1')).toMatchObject({ milestone: 'IN_TRANSIT' });
    expect(requests('/track/shipments').map(({ path }) => path)).toEqual([
      '/track/shipments?trackingNumber=DU1',
      '/track/shipments?trackingNumber=DU1&offset=5',
    ]);
  });
});
