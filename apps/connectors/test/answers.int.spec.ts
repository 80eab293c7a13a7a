import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { eventually, input } from '@crossdock/testing';
import {
  DocumentBooked,
  ShipmentDispatched,
  type Agreement,
  type Delivery,
  type PartnerProfile,
} from '@crossdock/contracts';
import type { Dispatch } from '../src/domain/dispatch.js';
import { NO_CONTEXT } from '../src/translate/translation.js';
import { translateBytes } from '../src/translate/translate-bytes.js';
import { PartnerEndpoint, type Taken } from './partner-endpoint.js';
import { aProfile, World } from './world.js';

jest.setTimeout(60_000);

const GLN = '7300010000001';
const SSCC = '340123450000000017';
const KEY = Buffer.from('a secret of thirty-two characters');

/** An 850 of two lines; `count` as SE01 says it. */
const an850 = (control: number, po: string, sender = 'ACMESTORES', count = 8): string =>
  [
    `ISA*00*          *00*          *ZZ*${sender.padEnd(15)}*ZZ*CROSSDOCK      *260302*0900*U*00401*${String(control).padStart(9, '0')}*0*P*>`,
    `GS*PO*${sender}*CROSSDOCK*20260302*0900*${control}*X*004010`,
    'ST*850*0001',
    `BEG*00*NE*${po}**20260302`,
    'CUR*BY*GBP',
    'N1*ST*Acme Store 42*92*S42',
    'PO1*1*6*EA***BP*4711*VP*TEA',
    'PO1*2*4*EA***BP*4712*VP*POT',
    'CTT*2',
    `SE*${count}*0001`,
    `GE*1*${control}`,
    `IEA*1*${String(control).padStart(9, '0')}`,
    '',
  ].join('~\n');

const answering = (sender: string, delivery?: Delivery): PartnerProfile =>
  aProfile({
    identifiers: [{ scheme: 'ZZ', value: sender }],
    agreements: [
      {
        standard: 'X12',
        types: ['850', '997'],
        direction: 'in',
        account: 'C10001',
        country: 'GB',
        acknowledge: true,
        respond: true,
      },
    ],
    ...(delivery ? { delivery } : {}),
  });
const segments = (text: string): readonly string[][] => text.split('~').map((one) => one.trim().split('*'));
const valuesOf = (text: string, id: string): readonly string[][] => segments(text).filter(([name]) => name === id);

describe('what partners are answered, on real servers', () => {
  let world: World;
  let endpoint: PartnerEndpoint;
  let folder: string;
  let nest: string;
  beforeAll(async () => {
    endpoint = await PartnerEndpoint.start(KEY);
    folder = await mkdtemp(join(tmpdir(), 'crossdock-out-'));
    nest = await mkdtemp(join(tmpdir(), 'crossdock-events-'));
    world = await World.start({
      CROSSDOCK_DELIVERY_SECRETS: JSON.stringify({
        acme: { tenant: 'acme', secret: `whsec_${KEY.toString('base64')}` },
      }),
      CROSSDOCK_FOLDERS: JSON.stringify({
        bolt: { tenant: 'acme', out: folder },
        dove: { tenant: 'acme', out: nest },
      }),
    });
    await world.partner('ACME', answering('ACMESTORES', { by: 'webhook', url: endpoint.url, connection: 'acme' }));
    await world.partner('BOLT', answering('BOLT', { by: 'folder', connection: 'bolt' }));
    await world.partner('CROW', answering('CROW'));
  }, 60_000);
  afterAll(async () => {
    await world?.stop();
    await endpoint?.stop();
    for (const one of [folder, nest]) await rm(one, { recursive: true, force: true });
  }, 30_000);

  const dispatches = async (query: string): Promise<readonly Dispatch[]> =>
    (await world.call<{ dispatches: Dispatch[] }>('GET', `/v1/dispatches?${query}`)).body.dispatches;
  const taken = (count: number) => eventually(`${count} taken`, () => endpoint.taken.length >= count && endpoint.taken);

  it('an order is acknowledged, and responded to by what became of it; both signed and numbered', async () => {
    const fileId = await world.handIn(an850(1, 'X-1'), '', 'application/edi-x12');
    const [first, second] = (await taken(2)) as unknown as readonly [Taken, Taken];
    expect([first.signed, second.signed]).toEqual([true, true]);
    expect(valuesOf(first.body, 'ST')).toEqual([['ST', '997', '0001']]);
    expect(valuesOf(first.body, 'AK1')[0]).toEqual(['AK1', 'PO', '1']);
    expect(valuesOf(first.body, 'AK5')).toEqual([['AK5', 'A']]);
    expect(valuesOf(first.body, 'AK9')).toEqual([['AK9', 'A', '1', '1', '1']]);
    expect(valuesOf(second.body, 'BAK')[0]?.slice(0, 4)).toEqual(['BAK', '00', 'AD', 'X-1']);
    expect(valuesOf(second.body, 'ACK').map(([, status, quantity]) => [status, quantity])).toEqual([
      ['IA', '6'],
      ['IA', '4'],
    ]);
    const document = await world.documentOf(fileId, 'acknowledged');
    expect(document.steps.map(({ step }) => step).slice(-3)).toEqual(['mapped', 'applied', 'acknowledged']);
    expect((await dispatches(`documentId=${document.documentId}`)).map(({ type, control }) => [type, control])).toEqual(
      [['855', 2]],
    );
  });

  it('a set with a wrong count is refused with its code, naming both numbers, and no order comes of it', async () => {
    const fileId = await world.handIn(an850(2, 'X-2', 'ACMESTORES', 9), '', 'application/edi-x12');
    const document = await world.documentOf(fileId, 'quarantined');
    expect(document).toMatchObject({ reason: 'count-differs' });
    expect(document.steps.at(-1)?.text).toMatch(/9.*8|8.*9/);
    const refused = (await taken(3))[2];
    expect(valuesOf(refused?.body ?? '', 'AK5')).toEqual([['AK5', 'R', '4']]);
    expect(world.orders.asked.get('X-2')).toBeUndefined();
  });

  it('a partner that is away gets everything in order when it is back, each once, without a gap', async () => {
    endpoint.answers.push(503, 503);
    for (const control of [3, 4, 5]) await world.handIn(an850(control, `X-${control}`), '', 'application/edi-x12');
    await taken(9);
    const controls = endpoint.taken.map(({ body }) => Number(segments(body)[0]?.[13]));
    expect(controls).toEqual(controls.map((_, at) => at + 1));
    expect(new Set(endpoint.taken.map(({ id }) => id)).size).toBe(9);
    expect(endpoint.calls.length).toBe(11);
    expect(endpoint.calls[3]).toBe(endpoint.calls[5]);
  });

  it('what a partner refuses waits for a person, holds nothing up, and goes again under its number', async () => {
    endpoint.answers.push(400);
    const before = endpoint.taken.length;
    await world.handIn(an850(6, 'X-6'), '', 'application/edi-x12');
    await taken(before + 1);
    const [refused] = await eventually('it is refused', async () => {
      const found = await dispatches('partner=ACME&status=refused');
      return found.length > 0 && found;
    });
    expect(refused).toMatchObject({ type: '997', control: before + 1 });
    expect(refused?.steps.at(-1)?.text).toContain('not today');
    const told = await world.call('POST', `/v1/dispatches/${refused?.dispatchId}/retry`, { comment: 'mended' });
    expect(told.status).toBe(200);
    const again = (await taken(before + 2)).at(-1);
    expect(Number(segments(again?.body ?? '')[0]?.[13])).toBe(before + 1);
    await eventually('it is sent', async () => (await dispatches('partner=ACME&status=refused')).length === 0);
  });

  it('an interchange of which only the envelope can be read is refused by a TA1; an acknowledgement by nothing', async () => {
    const [isa] = an850(7, 'X-7').split('~\n');
    const before = endpoint.taken.length;
    const fileId = await world.handIn(`${isa}~\nNONSENSE*1~\n`, '', 'application/edi-x12');
    await world.fileReaches(fileId, 'quarantined');
    const refused = (await taken(before + 1)).at(-1)?.body ?? '';
    expect(valuesOf(refused, 'TA1')[0]?.slice(1, 2)).toEqual(['000000007']);
    expect(valuesOf(refused, 'TA1')[0]?.[4]).toBe('R');
    expect([valuesOf(refused, 'GS'), valuesOf(refused, 'IEA')[0]?.[1]]).toEqual([[], '0']);

    // A 997 is acknowledged by nobody, else two partners would answer each other for ever.
    const gs = 'GS*FA*ACMESTORES*CROSSDOCK*20260302*0900*8*X*004010';
    const of997 = ['ST*997*0001', 'AK1*PR*2', 'AK2*855*0001', 'AK5*A', 'AK9*A*1*1*1', 'SE*6*0001'];
    const isa8 = (isa ?? '').replace('000000007', '000000008');
    await world.handIn([isa8, gs, ...of997, 'GE*1*8', 'IEA*1*000000008', ''].join('~\n'), '', 'application/edi-x12');
    await world.handIn(an850(9, 'X-9'), '', 'application/edi-x12');
    const next = (await taken(before + 3)).slice(before + 1);
    expect(next.map(({ body }) => valuesOf(body, 'ST')[0]?.[1])).toEqual(['997', '855']);
  });

  it('a shipment leaves as an advice and, after it, as an EPCIS event: each a whole file in the folder', async () => {
    const profile = answering('DOVE', { by: 'folder', connection: 'dove' });
    const out = (standard: string, type: string) => ({ standard, types: [type], direction: 'out' as const });
    const agreements = [...profile.agreements, out('EPCIS', 'ObjectEvent'), out('X12', '856')];
    await world.partner('DOVE', { ...profile, agreements });
    const site = { author: 'ann', entries: [{ theirs: GLN, ours: 'DC1' }] };
    expect((await world.call('PUT', '/v1/partners/DOVE/references/locations', site)).status).toBe(200);
    const fileId = await world.handIn(an850(1, 'D-1', 'DOVE'), '', 'application/edi-x12');
    const { orderId = '' } = await world.documentOf(fileId, 'acknowledged');
    const left = {
      ...{ orderId, orderNo: 'D-1', account: 'C10001', fulfilmentId: 'F1', node: 'DC1', shipmentId: 'S1' },
      dispatchedAt: '2026-03-03T10:00:00.000Z',
      packages: [
        {
          ...{ trackingNo: 'T1', carrier: 'UPSN', sscc: SSCC },
          contents: [
            { lineNo: 1, quantity: 6, lot: 'L1' },
            { lineNo: 2, quantity: 1, serials: ['S-77'] },
          ],
        },
      ],
      lines: [
        { lineNo: 1, item: 'TEA', quantity: 6 },
        { lineNo: 2, item: 'POT', quantity: 1 },
      ],
    };
    const dispatched = (id: string) => input(ShipmentDispatched, left, { id }) as never;
    await world.tell(dispatched('left'), dispatched('left, told again'));
    const names = await eventually('four files', async () => {
      const found = (await readdir(nest)).filter((name) => !name.endsWith('.part'));
      return found.length >= 4 && found.sort();
    });
    expect(names.map((name) => name.replace(/-[\da-f]{8}\./, '.'))).toEqual([
      'EPCIS-000000001.jsonld',
      ...['X12-000000001.x12', 'X12-000000002.x12', 'X12-000000003.x12'],
    ]);
    const bytes = await readFile(join(nest, names[0] as string));
    const [read] = translateBytes(bytes, NO_CONTEXT).interchanges.flatMap(({ documents }) => documents);
    expect(read?.faults).toEqual([]);
    expect(read?.canonical).toMatchObject({
      kind: 'epcis-events',
      data: {
        number: '1',
        events: [
          {
            ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', disposition: 'in_transit' },
            ...{ at: '2026-03-03T10:00:00.000Z', offset: '+00:00', readPoint: `https://id.gs1.org/414/${GLN}` },
            epcs: [`https://id.gs1.org/00/${SSCC}`, 'urn:crossdock:acme:obj:POT:S-77'],
            quantities: [{ epcClass: 'urn:crossdock:acme:class:TEA:L1', quantity: '6' }],
            transactions: [
              { type: 'po', id: 'urn:crossdock:acme:bt:D-1' },
              { type: 'desadv', id: 'urn:crossdock:acme:bt:S1' },
            ],
          },
        ],
      },
    });
    const advice = await readFile(join(nest, names[3] as string), 'utf8');
    expect(valuesOf(advice, 'BSN')[0]?.[2]).toBe('S1');
  });

  it('what a partner said came in is told back as an EPCIS event once it is booked', async () => {
    const agreements: Agreement[] = [
      { standard: 'X12', types: ['944'], direction: 'in', books: 'receipt', node: 'DC1' },
      { standard: 'EPCIS', types: ['ObjectEvent'], direction: 'out' },
    ];
    const identifiers = [{ scheme: 'ZZ', value: 'EAGLE' }];
    await world.partner('EAGLE', aProfile({ identifiers, agreements }));
    const items = { author: 'ann', entries: [{ theirs: 'L-13', ours: 'TEA' }] };
    expect((await world.call('PUT', '/v1/partners/EAGLE/references/items', items)).status).toBe(200);
    const [isa, gs] = an850(1, 'none', 'EAGLE').replace('GS*PO', 'GS*RE').split('~\n');
    const of944 = ['ST*944*0001', 'W17*F*20260305*WR-1*D-1', 'N1*WH*Eagle Leeds*92*LEEDS', 'W07*7*EA**VN*L-13'];
    const rest = ['W14*7', 'SE*6*0001', 'GE*1*1', 'IEA*1*000000001', ''];
    const fileId = await world.handIn([isa, gs, ...of944, ...rest].join('~\n'), '', 'application/edi-x12');
    const { documentId } = await world.documentOf(fileId, 'mapped');
    const booked = { sourceId: documentId, channel: 'partner-EAGLE', node: 'DC1', documentNo: 'EAGLE/WR-1' };
    await world.tell(input(DocumentBooked, { ...booked, outcome: 'done', refusals: [] }) as never);
    const sent = await eventually('the event waits in the mailbox', async () => {
      const found = await dispatches('partner=EAGLE&status=sent');
      return found.length > 0 && found[0];
    });
    expect(sent).toMatchObject({ standard: 'EPCIS', type: 'ObjectEvent', control: 1 });
    const bytes = await world.bytes(`/v1/dispatches/${sent.dispatchId}/content`);
    const [read] = translateBytes(bytes, NO_CONTEXT).interchanges.flatMap(({ documents }) => documents);
    expect(read?.canonical?.data).toMatchObject({
      events: [
        {
          ...{ bizStep: 'receiving', disposition: 'in_progress', bizLocation: 'urn:crossdock:acme:loc:DC1' },
          quantities: [{ epcClass: 'urn:crossdock:acme:class:TEA', quantity: '7' }],
          transactions: [{ type: 'recadv', id: 'urn:crossdock:acme:bt:WR-1' }],
        },
      ],
    });
    expect((await world.documentOf(fileId, 'applied')).documentId).toBe(documentId);
  });

  it('a folder gets whole files, a mailbox is fetched from', async () => {
    await world.handIn(an850(1, 'B-1', 'BOLT'), '', 'application/edi-x12');
    const names = await eventually('two files', async () => {
      const found = (await readdir(folder)).filter((name) => name.endsWith('.x12'));
      return found.length === 2 && found.sort();
    });
    expect(names.map((name) => name.slice(0, 13))).toEqual(['X12-000000001', 'X12-000000002']);
    expect(valuesOf(await readFile(join(folder, names[1] as string), 'utf8'), 'BAK')[0]?.[3]).toBe('B-1');

    await world.handIn(an850(1, 'C-1', 'CROW'), '', 'application/edi-x12');
    const [response] = await eventually('both wait in the mailbox', async () => {
      const found = await dispatches('partner=CROW&status=sent');
      return found.length === 2 && found;
    });
    expect(response).toMatchObject({ type: '855', control: 2 });
    const bytes = await world.bytes(`/v1/dispatches/${response?.dispatchId}/content`);
    const envelope = an850(2, 'none', 'CROW').split('~\n');
    const answer = ['ST*997*0001', 'AK1*PR*2', 'AK2*855*0001', 'AK5*A', 'AK9*A*1*1*1', 'SE*6*0001'];
    const gs = envelope[1]?.replace('GS*PO', 'GS*FA');
    const bodyOf997 = [envelope[0], gs, ...answer, 'GE*1*2', 'IEA*1*000000002', ''].join('~\n');
    await world.handIn(bodyOf997, '', 'application/edi-x12');
    await eventually('it is acknowledged', async () => {
      const found = await dispatches('partner=CROW&control=2');
      return found[0]?.status === 'acknowledged' && found;
    });
    expect(
      valuesOf(String(bytes), 'ISA')[0]
        ?.slice(6, 9)
        .map((one) => one.trim()),
    ).toEqual(['CROSSDOCK', 'ZZ', 'CROW']);
  });
});
