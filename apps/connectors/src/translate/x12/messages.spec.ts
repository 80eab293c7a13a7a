import type { CanonicalDocument } from '../../canonical/document.js';
import { NO_CONTEXT, type TranslatedDocument } from '../translation.js';
import { translateX12 } from './translate.js';
import { writeX12 } from './write.js';
import { aGroup, anInterchange, aTransactionSet, bytesOf } from './x12.builders.js';

const read = (type: string, ...segments: readonly string[]): TranslatedDocument =>
  translateX12(bytesOf(anInterchange([aGroup([aTransactionSet(type, '0001', ...segments)])])), NO_CONTEXT)[0]
    ?.documents[0] as TranslatedDocument;

const text = (type: string, document: CanonicalDocument): string =>
  writeX12([{ type, document }], {
    sender: { id: 'A' },
    receiver: { id: 'B' },
    control: 1,
    at: '2026-01-05T10:00:00',
  }).text;

describe('what a transaction set says', () => {
  it('850: a release has the number of its blanket order, its own and that of the contract', () => {
    expect(read('850', 'BEG*00*RL*4501*7*20260105*CT99', 'REF*DP*038', 'PO1*1*5*EA').canonical?.data).toMatchObject({
      number: '4501',
      type: 'RL',
      references: [
        { kind: 'release', number: '7' },
        { kind: 'contract', number: 'CT99' },
        { kind: 'department', number: '038' },
      ],
    });
  });

  it('810, 855, 860, 865: an answer, change or invoice of a release names it, zeros name none', () => {
    const line = ['PO1*1*5*EA', 'POC*1*QI*5*1*EA', 'IT1*1*5*EA*1', 'TDS*500'];
    const references = (type: string, first: string, ...segments: readonly string[]): unknown =>
      (read(type, first, ...segments).canonical?.data as { references?: unknown }).references;
    const release = [{ kind: 'release', number: '7' }];
    expect(references('855', 'BAK*00*AD*4501*20260105*7', line[0] as string)).toEqual(release);
    expect(references('860', 'BCH*04*RL*4501*7**20260105', line[1] as string)).toEqual(release);
    expect(references('865', 'BCA*04*AC*4501*7**20260105', line[1] as string)).toEqual(release);
    expect(references('810', 'BIG*20260110*I-1**4501*7', line[2] as string, line[3] as string)).toEqual(release);
    expect(references('855', 'BAK*00*AD*4501*20260105*000', line[0] as string)).toBeUndefined();
  });

  it('850, 855, 865: the release goes out where it came in', () => {
    const references = [
      { kind: 'release', number: '7' },
      { kind: 'department', number: '038' },
    ];
    const order = {
      number: '4501',
      issued: '2026-01-05',
      references,
      lines: [{ lineNo: '1', item: {}, quantity: { value: '5', unit: 'EA' } }],
    };
    const response = { ...order, orderNumber: '4501' };
    expect(text('850', { kind: 'order', data: order })).toContain('BEG*00*SA*4501*7*20260105~REF*DP*038~');
    expect(text('855', { kind: 'order-response', data: response })).toContain(
      'BAK*00*AK*4501*20260105*7***4501*20260105~REF*DP',
    );
    expect(text('865', { kind: 'order-response', data: response })).toContain(
      'BCA*04*AK*4501*7**20260105***4501*20260105~REF*DP',
    );
  });

  it('210: a corrected invoice is an invoice, only a credit gives back; the carrier bills', () => {
    const b3 = (correction: string) => `B3**F-1*PRO1*CC**20260110*15050*${correction}*20260109*035*UPSN`;
    const kindOf = (correction: string) => read('210', b3(correction), 'C3*USD', 'LX*1').canonical?.kind;
    expect([kindOf(''), kindOf('CO'), kindOf('CR')]).toEqual(['invoice', 'invoice', 'credit-note']);
  });

  it('214: a status is of the parcel, whether its number stands before the status or after it', () => {
    const status = ['AT7*D1*NS***20260110*1405*LT', 'MS1*RENO*NV*US', 'MS2*UPSN*TRL1'];
    const subject = (...segments: readonly string[]): unknown =>
      read('214', 'B10*PRO1*BOL1*UPSN', 'LX*1', ...segments).canonical?.data;
    for (const segments of [
      ['L11*1Z999*2I', ...status],
      [...status, 'L11*1Z999*2I'],
    ])
      expect(subject(...segments)).toMatchObject({ events: [{ subject: '1Z999' }] });
    expect(subject(...status)).toMatchObject({ events: [{ equipment: 'TRL1' }] });
  });

  it('832, 852: references of the header are told', () => {
    const activity = read('852', 'XQ*H*20260101*20260107', 'N9*IA*777', 'LIN**VN*TEA', 'ZA*QA*10*EA');
    expect(activity.canonical?.data).toMatchObject({
      number: '777',
      references: [{ kind: 'supplier', number: '777' }],
    });
    const catalog = read('832', 'BCT*PS*CAT1', 'N9*CT*CT99', 'N1*MF*MAKER', 'LIN*1*VN*TEA');
    expect(catalog.canonical?.data).toMatchObject({
      provider: { name: 'MAKER' },
      references: [{ kind: 'contract', number: 'CT99' }],
    });
  });

  it.each([
    ['REF*LT*L7', { lot: 'L7' }],
    ['REF*SE*S9', { serial: 'S9' }],
    ['DTM*036*20270101', { expires: '2027-01-01' }],
  ])('856, 861: %s names what was handed over', (segment, instance) => {
    const item = ['HL*2*1*I', 'LIN**VN*TEA', 'SN1**5*EA', segment];
    expect(read('856', 'BSN*00*S-1*20260110', 'HL*1**S', ...item).canonical?.data).toMatchObject({
      lines: [{ instances: [instance] }],
    });
    expect(read('861', 'BRA*R1*20260105*00*2', 'RCD*1*5*EA', 'LIN**VN*TEA', segment).canonical?.data).toMatchObject({
      lines: [{ instances: [instance] }],
    });
  });

  it('856, 940: lots and serial numbers may stand among the numbers of an item', () => {
    const item = ['HL*2*1*I', 'LIN**VN*TEA*LT*L7*SN*S9', 'SN1**1*EA'];
    expect(read('856', 'BSN*00*S-1*20260110', 'HL*1**S', ...item).canonical?.data).toMatchObject({
      lines: [{ instances: [{ lot: 'L7', serial: 'S9' }] }],
    });
    expect(read('940', 'W05*N*SO-1', 'LX*1', 'W01*2*EA**VN*JAM*LT*L9').canonical?.data).toMatchObject({
      lines: [{ lot: 'L9' }],
    });
  });

  it('875, 940: what an order is about stands in element 473, whose codes are its own', () => {
    const of = (type: string, code: string): unknown => {
      const head = type === '875' ? `G50*${code}*20260110*PO-1` : `W05*${code}*SO-1`;
      return (read(type, head).canonical?.data as { purpose?: string }).purpose;
    };
    const wanted = { N: 'original', R: 'change', F: 'cancel', D: 'cancel', C: 'confirmation', X: 'simulation', L: 'L' };
    for (const [code, purpose] of Object.entries(wanted))
      expect([code, of('875', code), of('940', code)]).toEqual([code, purpose, purpose]);
  });

  it('850: the quantity of a line for several stores is told store by store; one store is where it goes', () => {
    const lines = (...segments: readonly string[]): readonly unknown[] =>
      (read('850', 'BEG*00*SA*PO-1**20260105', ...segments).canonical?.data as { lines: readonly unknown[] }).lines;
    const store = (value: string) => ({ ids: [{ scheme: '92', value }] });
    const pieces = (value: string) => ({ value, unit: 'EA' });
    const [shared] = lines('PO1*1*150*EA', 'SDQ*EA*92*S1*100*S2*50');
    expect(shared).toMatchObject({
      quantity: pieces('150'),
      deliveries: [
        { deliverTo: store('S1'), quantity: pieces('100') },
        { deliverTo: store('S2'), quantity: pieces('50') },
      ],
    });
    expect(lines('PO1*1*150*EA', 'SDQ*EA*92*S1*150')[0]).toMatchObject({ deliverTo: store('S1') });
    expect(lines('PO1*1**EA', 'SDQ*EA*92*S1*100*S2*50')[0]).toMatchObject({ quantity: pieces('150') });
  });

  it('846: what is said of single stores stands by store, below the quantity that it is a part of', () => {
    const set = ['BIA*00*DD*R-1*20260105', 'LIN*1*VN*TEA', 'QTY*33*5*EA', 'QTY*63*9*EA', 'SDQ*EA*92*S1*3*S2*6'];
    const { lines } = read('846', ...set).canonical?.data as unknown as {
      lines: readonly Record<string, unknown>[];
    };
    expect(lines.map(({ location, quantities }) => [location, quantities])).toMatchObject([
      [undefined, [{ kind: 'available' }, { kind: 'on-order', quantity: { value: '9' } }]],
      [{ ids: [{ value: 'S1' }] }, [{ kind: 'on-order', quantity: { value: '3' } }]],
      [{ ids: [{ value: 'S2' }] }, [{ kind: 'on-order', quantity: { value: '6' } }]],
    ]);
  });

  it('855: each part of a line that is answered in its own way is a line of the answer', () => {
    const acks = ['ACK*IA*30*EA*068*20260112', 'ACK*DR*15*EA*068*20260120', 'ACK*IB*5*EA'];
    const { data } = read('855', 'BAK*00*AC*PO-1*20260105', 'PO1*1*50*EA**PE*VN*TEA', ...acks).canonical ?? {};
    expect((data as { lines: readonly unknown[] }).lines).toMatchObject([
      { orderLineNo: '1', status: 'accepted', quantity: { value: '30' }, backordered: { value: '5' } },
      { orderLineNo: '1', status: 'changed', quantity: { value: '15' }, promisedDate: '2026-01-20' },
    ]);
  });

  it('852: the number of the report is its own where it has one', () => {
    const report = (xq: string): string | undefined => read('852', xq, 'N9*IA*830', 'LIN*1*VN*TEA').number;
    expect(report('XQ*H*20260105**R-9*00')).toBe('R-9');
    expect(report('XQ*H*20260105')).toBe('830');
  });

  it('940, 943, 944, 945: the lot stands where each segment has it, class and commodity codes name none', () => {
    const lineOf = (...set: readonly [string, ...string[]]) =>
      (read(...set).canonical?.data as unknown as { lines: readonly { lot?: string; item: unknown }[] }).lines[0];
    const item = { sellerItem: 'TEA', buyerItem: 'B7', ids: [{ scheme: 'ZZ', value: 'X1' }] };
    expect(lineOf('940', 'W05*N*SO-1', 'LX*1', 'W01*2*CA**VN*TEA*IN*B7*775*150*N*4801*004003*L9**ZZ*X1')).toMatchObject(
      {
        lot: 'L9',
        item,
      },
    );
    const shipped = lineOf('943', 'W06*N*T-1*20260105', 'W04*2*CA**VN*TEA*IN*B7*775*150*N*4801*004003**ZZ*X1');
    expect(shipped).toMatchObject({ item });
    expect(shipped?.lot).toBeUndefined();
    const received = ['W17*F*20260105*R-1', 'W07*2*CA**VN*TEA*IN*B7*L9**ZZ*X1'];
    expect(lineOf('944', ...received)).toMatchObject({ lot: 'L9', item });
    expect(lineOf('944', 'W17*F*20260105*R-1', 'W07*2*CA**VN*TEA', 'W13*1*CA*07*L3')).toMatchObject({ lot: 'L3' });
    const advised = `W12*CC*2*2**CA**VN*TEA*L9${'*'.repeat(8)}IN*B7***ZZ*X1`;
    expect(lineOf('945', 'W06*F*SO-1*20260105*S-1', 'LX*1', advised)).toMatchObject({ lot: 'L9', item });
  });

  it('940: lot and numbers of an item are written where they are read', () => {
    const lines = [{ lineNo: '1', item: { sellerItem: 'TEA' }, quantity: { value: '2', unit: 'CS' }, lot: 'L9' }];
    const document = { kind: 'warehouse-order', data: { number: 'SO-1', lines } } as unknown as CanonicalDocument;
    expect(text('940', document)).toContain('W01*2*CA**VN*TEA********L9~');
  });

  it('875: what follows the numbers of an item (price bracket, price list) is none of them', () => {
    const { data } =
      read('875', 'G50*N*20260105*PO-1', 'G68*5*CA*2.5*001234500041*VN*TEA***B1*25000*EA*PL7').canonical ?? {};
    expect(data).toMatchObject({ lines: [{ item: { gtin: '001234500041', sellerItem: 'TEA' } }] });
    expect(JSON.stringify(data)).not.toMatch(/PL7|B1/);
  });

  it('214: before release 003070 status, moment, place and equipment stand in one segment', () => {
    const { canonical, faults } = read(
      '214',
      'B10*PRO1*BOL1*UPSN',
      'LX*1',
      'Q5*D1*960105*1405*LT*007*RENO*NV*US*UPSZ*4711',
    );
    expect(faults).toEqual([]);
    expect(canonical?.data).toMatchObject({
      events: [
        {
          ...{ code: 'D1', reasonCode: '007', at: '1996-01-05T14:05:00' },
          ...{ place: 'RENO, NV, US', equipment: 'UPSZ4711' },
        },
      ],
    });
  });

  it('832: a catalogue without a number has that of its set', () => {
    const { number, faults } = read('832', 'BCT*PS', 'LIN*1*VN*TEA');
    expect([number, faults]).toEqual(['0001', []]);
  });

  it('820: a payment that settles no invoice remits and adjusts nothing', () => {
    const { figures } = read('820', 'BPR*C*12.5*C*ACH************20260105', 'TRN*1*T-1');
    expect(figures).toMatchObject({ remitted: '0', adjusted: '0', ids: { amount: '12.5', trace: 'T-1' } });
  });

  it('810, 850: an allowance or charge without an amount is a rate for each unit, or a percentage of the line', () => {
    const charged = (type: string, head: string, line: string, ...sacs: readonly string[]) =>
      (
        read(type, head, line, ...sacs).canonical?.data as unknown as {
          lines: readonly { allowanceCharges?: unknown }[];
        }
      ).lines[0]?.allowanceCharges;
    const of = (charge: boolean, code: string, minor: number) => ({ charge, code, amount: { minor, currency: 'XXX' } });
    const sacs = ['SAC*A*C310****3*5', 'SAC*C*D240******2.5*EA*4', 'SAC*C*F050******.5', 'SAC*A*C310'];
    const expected = [of(false, 'C310', 125), of(true, 'D240', 1000), of(true, 'F050', 500)];
    expect(charged('850', 'BEG*00*SA*PO-1**20260105', 'PO1*1*10*EA*250*HP*VN*TEA', ...sacs)).toEqual(expected);
    expect(charged('810', 'BIG*20260105*I-1', 'IT1*1*10*EA*250*HP*VN*TEA', ...sacs)).toEqual(expected);
  });

  it('875: what is negative is taken off, whatever its code', () => {
    const { data } = read('875', 'G50*N*20260105*PO-1', 'G68*10*CA*2.5**VN*TEA', 'G72*97*02***-.5').canonical ?? {};
    expect(data).toMatchObject({ lines: [{ allowanceCharges: [{ charge: false, amount: { minor: 500 } }] }] });
  });

  it('856: packs below an item hold it, as packs above it do', () => {
    const head = ['HL*1**S', 'HL*2*1*O', 'PRF*PO-1'];
    const item = (id: string, parent: string) => [`HL*${id}*${parent}*I`, 'LIN**VN*TEA', 'SN1**12*EA'];
    const pack = (id: string, parent: string) => [`HL*${id}*${parent}*P`, `MAN*GM*00000000000000000${id}`];
    const packagesOf = (...levels: readonly string[]) =>
      (
        read('856', 'BSN*00*S-1*20260110*1000*0002', ...head, ...levels).canonical?.data as unknown as {
          lines: readonly { packages?: readonly string[] }[];
        }
      ).lines.map(({ packages }) => packages);
    const [first, second] = ['000000000000000004', '000000000000000005'];
    expect(packagesOf(...item('3', '2'), ...pack('4', '3'), ...pack('5', '3'))).toEqual([[first, second]]);
    expect(packagesOf(...pack('4', '2'), ...item('3', '4'))).toEqual([[first]]);
    expect(packagesOf(...item('3', '2'), ...pack('4', '2'))).toEqual([undefined]);
  });
});
