import type { Agreement } from '@crossdock/contracts';
import type { CanonicalOrderChange, CanonicalOrderChangeLine } from '../canonical/order-change.js';
import { FIRST_MAPPING } from '../domain/partner.js';
import { aMessage, anInterchange as edifact } from '../translate/edifact/edifact.builders.js';
import { translateBytes } from '../translate/translate-bytes.js';
import { NO_CONTEXT } from '../translate/translation.js';
import { aGroup, anInterchange as x12, aTransactionSet } from '../translate/x12/x12.builders.js';
import { changeIn } from './amendment.js';
import { mapChange, type Changing, type MappedChange } from './map-change.js';

const AGREED: Agreement = { standard: 'X12', types: [], direction: 'in', account: 'C1', country: 'GB', prices: 'sent' };
const line = (lineNo: string, more: Partial<CanonicalOrderChangeLine> = {}): CanonicalOrderChangeLine => ({
  lineNo,
  item: { buyerItem: '4711' },
  quantity: { value: '2', unit: 'CS' },
  ...more,
});
const inOurNumbers = (changing: Changing): MappedChange =>
  mapChange(changing, {
    rules: FIRST_MAPPING,
    agreement: AGREED,
    ours: (list, theirs) => (`${list}|${theirs}` === 'items|4711' ? 'TEA' : undefined),
  });
const mapped = (lines: CanonicalOrderChangeLine[], more: Partial<CanonicalOrderChange> = {}): MappedChange =>
  inOurNumbers({ number: 'CHG-1', orderNumber: 'PO-1', lines, ...more });

const read = (text: string): Changing => {
  const [one] = translateBytes(new TextEncoder().encode(text), NO_CONTEXT).interchanges.flatMap(
    ({ documents }) => documents,
  );
  const changing = one?.canonical && changeIn(one.canonical);
  if (!changing) throw new Error(`no change: ${JSON.stringify(one)}`);
  return changing;
};
const X12 = x12([
  aGroup([
    aTransactionSet(
      ...([
        '860',
        '0001',
        'BCH*04*SA*PO-1**2*20260911',
        'POC*10*QD*2**CT***BP*4711',
        'POC*20*DI*5**EA***BP*4711',
      ] as const),
      ...['POC*30*AI*4**EA***BP*4711', 'POC*40*PC****2.5*PE*BP*4711', 'CTT*4'],
    ),
  ]),
]);
const EDIFACT = edifact([
  aMessage(
    'ORDCHG:D:96A:UN:EAN008',
    '1',
    'BGM+230+CHG-1+4',
    'DTM+137:20260912:102',
    'RFF+ON:PO-1',
    ...[
      ...['LIN+10+3', 'PIA+5+4711:IN', 'QTY+21:2:CT', 'LIN+20+2', 'PIA+5+4711:IN', 'QTY+21:5:PCE'],
      ...[
        'LIN+30+1',
        'PIA+5+4711:IN',
        'QTY+21:4:PCE',
        'LIN+40+3',
        'PIA+5+4711:IN',
        'PRI+AAA:2.5:::1:PCE',
        'UNS+S',
        'CNT+2:4',
      ],
    ],
  ),
]);

describe('one change', () => {
  it.each([
    ['860', X12],
    ['ORDCHG', EDIFACT],
  ])('means the same by %s as by any other standard', (_, text) => {
    expect(inOurNumbers(read(text))).toEqual({
      change: {
        lines: [
          { action: 'change', customerLineNo: '10', item: 'TEA', quantity: '2', unit: 'CT' },
          { action: 'cancel', customerLineNo: '20' },
          { action: 'add', customerLineNo: '30', item: 'TEA', quantity: '4' },
          { action: 'change', customerLineNo: '40', item: 'TEA', unitPrice: '2.5' },
        ],
      },
      faults: [],
    });
  });
});

describe('a change in our own numbers', () => {
  it('says of each line what is to happen to it, by the partner’s number', () => {
    const { change, faults } = mapped([
      line('10', { action: 'change', unitPrice: '24.00' }),
      line('20', { action: 'delete', item: {} }),
      line('30', { action: 'add', quantity: { value: '3', unit: 'EA' } }),
      line('40', { action: 'none' }),
      line('50'),
    ]);
    expect(faults).toEqual([]);
    expect(change).toEqual({
      lines: [
        { action: 'change', customerLineNo: '10', item: 'TEA', quantity: '2', unit: 'CS', unitPrice: '24' },
        { action: 'cancel', customerLineNo: '20' },
        { action: 'add', customerLineNo: '30', item: 'TEA', quantity: '3' },
        { action: 'set', customerLineNo: '50', item: 'TEA', quantity: '2', unit: 'CS' },
      ],
    });
  });

  it('keeps what is not said: a price alone leaves the quantity, no destination leaves the old one', () => {
    const price = line('10', {
      action: 'change',
      keepsQuantity: true,
      unitPrice: '3',
      quantity: { value: '0', unit: 'EA' },
    });
    expect(mapped([price]).change).toEqual({
      lines: [{ action: 'change', customerLineNo: '10', item: 'TEA', unitPrice: '3' }],
    });
    const moved = mapped([], { deliverTo: { name: 'Leeds', address: { city: 'Leeds' } }, currency: 'GBP' });
    expect(moved.change).toEqual({
      lines: [],
      shipTo: { name: 'Leeds', city: 'Leeds', country: 'GB' },
      currency: 'GBP',
    });
  });

  it.each([
    ['860', X12.replace('POC*20*DI', 'POC*20*RC'), 'RC'],
    ['860', X12.replace('POC*20*DI', 'POC*20*CF'), 'CF'],
    ['ORDCHG', EDIFACT.replace('LIN+20+2', 'LIN+20+7'), '7'],
  ])('takes no line of %s that asks for what nobody mapped for one sent anew', (_, text, sent) => {
    expect(inOurNumbers(read(text)).faults).toEqual([
      { code: 'value-unmappable', path: 'lines[1].action', text: `line 20 asks for ${sent}, which nobody mapped` },
    ]);
  });

  it.each([
    ['860', X12.replace('2.5*PE', '2.5*')],
    ['ORDCHG', EDIFACT.replace('2.5:::1:PCE', '2.5')],
  ])('does not guess whether a price of %s without a unit is for a case or a piece', (_, text) => {
    expect(inOurNumbers(read(text)).faults).toEqual([
      { code: 'value-unmappable', path: 'lines[3].unit', text: 'line 40 has a price and no unit that it is for' },
    ]);
  });

  it('that replaces the order says so', () => {
    expect(mapped([line('10')], { purpose: 'replace' }).change).toMatchObject({
      replace: true,
      lines: [{ action: 'set' }],
    });
  });

  it('that replaces the order keeps the lines that it names as unchanged', () => {
    const stays = line('20', { action: 'none', unitPrice: '9' });
    expect(mapped([line('10'), stays], { purpose: 'replace' }).change?.lines).toEqual([
      { action: 'set', customerLineNo: '10', item: 'TEA', quantity: '2', unit: 'CS' },
      { action: 'change', customerLineNo: '20', item: 'TEA', unit: 'CS' },
    ]);
  });

  it('names each item that has no cross reference, and lines that go elsewhere', () => {
    const lines = [
      line('10', { item: { buyerItem: '9' } }),
      line('20', { deliverTo: { gln: '5412345000013' } }),
      line('30', { deliverTo: { gln: '5412345000020' } }),
    ];
    const { change, faults } = mapped(lines);
    expect(change).toBeUndefined();
    expect(faults.map(({ code, path }) => [code, path])).toEqual([
      ['cross-reference-missing', 'lines[0].item'],
      ['value-unmappable', 'lines[2].deliverTo'],
    ]);
  });
});
