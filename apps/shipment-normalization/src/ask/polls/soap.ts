/** Carriers that are asked by SOAP 1.1, and what a fault of theirs means. */
import type { XmlPart } from '@crossdock/kernel';
import { all, text } from '../../translate/carriers/tree.js';
import { credential, postXml, type CarrierPoll, type PollRequest } from './poll.js';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';

export interface SoapCall {
  readonly path: string;
  /** URI of the operation: the header SOAPAction, in quotes as SOAP 1.1 has it (6.1.1) */
  readonly action: string;
  /** prefix -> namespace */
  readonly namespaces: Readonly<Record<string, string>>;
  readonly header?: readonly XmlPart[];
  readonly body: readonly XmlPart[];
}
export const postSoap = ({ path, action, namespaces, header, body }: SoapCall): PollRequest => {
  const prefixed = Object.entries(namespaces).map(([prefix, uri]) => [`xmlns:${prefix}`, uri] as const);
  return postXml(
    path,
    [
      'soapenv:Envelope',
      { 'xmlns:soapenv': SOAP, ...Object.fromEntries(prefixed) },
      [header && ['soapenv:Header', header], ['soapenv:Body', body]],
    ],
    { soapaction: `"${action}"` },
  );
};

export interface SoapFault {
  /** what the service itself calls it, else the SOAP code */
  readonly code: string;
  readonly text: string;
  /** true where asking again changes nothing: we are to blame, or the service says in its detail what is wrong */
  readonly isFinal: boolean;
}
/** SOAP 1.1 (4.4) and 1.2 (5.4) faults; undefined where the tree is no fault. */
export const soapFaultIn = (tree: unknown): SoapFault | undefined => {
  const fault = all(tree, 'Envelope', 'Body', 'Fault')[0];
  if (fault === undefined) return undefined;
  const code = text(fault, 'faultcode') || text(fault, 'Code', 'Value');
  const words = text(fault, 'faultstring') || text(fault, 'Reason', 'Text');
  const detail = named(all(fault, 'detail')[0] ?? all(fault, 'Detail')[0]);
  const isOurs = /(?:^|:)(?:Client|Sender|MustUnderstand|VersionMismatch)(?:\.|$)/i.test(code);
  return {
    code: detail?.code || code,
    text: detail?.text || words,
    isFinal: isOurs || detail !== undefined,
  };
};
/** The first error code in a fault's detail, however the service names its fields. */
const named = (detail: unknown): { readonly code: string; readonly text: string } | undefined => {
  for (const element of all(detail)) {
    if (typeof element !== 'object' || element === null) continue;
    const fields = Object.entries(element);
    const codeAt = fields.find(([name, value]) => /code(?:Field)?$/i.test(name) && text(value) !== '');
    if (codeAt) {
      const words = fields.find(([name]) => /(?:message|description)(?:Field)?$/i.test(name));
      return { code: text(codeAt[1]), text: text(words?.[1]) };
    }
    for (const [, value] of fields) {
      const inner = named(value);
      if (inner) return inner;
    }
  }
  return undefined;
};

const DPD_LOGIN = 'http://dpd.com/common/service/types/LoginService/2.1';
const DPD_AUTHENTICATION = 'http://dpd.com/common/service/types/Authentication/2.0';
const DPD_TRACKING = 'http://dpd.com/common/service/types/ParcelLifeCycleService/2.0';
const DPD_NEEDS = ['delisId', 'password'];

/** DPD: ParcelLifeCycleService 2.0 with a token of LoginService 2.1. */
export const dpd: CarrierPoll = {
  needs: DPD_NEEDS,
  grant: {
    needs: DPD_NEEDS,
    request: (credentials) =>
      postSoap({
        path: '/soap/services/LoginService/V2_1',
        action: `${DPD_LOGIN}/getAuth`,
        namespaces: { ns: DPD_LOGIN },
        body: [
          [
            'ns:getAuth',
            [
              ['delisId', credential(credentials, 'delisId')],
              ['password', credential(credentials, 'password')],
              ['messageLanguage', credentials['messageLanguage'] ?? 'en_EN'],
            ],
          ],
        ],
      }),
    read: (tree) => {
      const login = all(tree, 'Envelope', 'Body', 'getAuthResponse', 'return')[0];
      // `authTokenExpires` has no zone, so it is not reckoned with: a token that holds no more is had anew.
      return { token: text(login, 'authToken'), seconds: 3_600 };
    },
  },
  request: ({ trackingNo, credentials, token }) =>
    postSoap({
      path: '/soap/services/ParcelLifeCycleService/V2_0',
      action: `${DPD_TRACKING}/getTrackingData`,
      namespaces: { ns: DPD_AUTHENTICATION, ns1: DPD_TRACKING },
      header: [
        [
          'ns:authentication',
          [
            ['delisId', credential(credentials, 'delisId')],
            ['authToken', token],
            ['messageLanguage', credentials['messageLanguage'] ?? 'en_EN'],
          ],
        ],
      ],
      body: [['ns1:getTrackingData', [['parcelLabelNumber', trackingNo]]]],
    }),
};

const PUROLATOR = 'http://purolator.com/pws/datatypes/v1';

/** Purolator E-Ship, Tracking Service 1.2: TrackPackagesByPin; key and password are HTTP Basic, in the account's headers. */
export const purolator: CarrierPoll = {
  needs: ['userToken'],
  request: ({ trackingNo, id, credentials }) =>
    postSoap({
      path: '/PWS/V1/Tracking/TrackingService.asmx',
      action: 'http://purolator.com/pws/service/v1/TrackPackagesByPin',
      namespaces: { v1: PUROLATOR },
      header: [
        [
          'v1:RequestContext',
          [
            ['v1:Version', '1.2'],
            ['v1:Language', 'en'],
            ['v1:GroupID', credentials['groupId'] ?? ''],
            ['v1:RequestReference', id],
            ['v1:UserToken', credential(credentials, 'userToken')],
          ],
        ],
      ],
      body: [['v1:TrackPackagesByPinRequest', [['v1:PINs', [['v1:PIN', [['v1:Value', trackingNo]]]]]]]],
    }),
};
