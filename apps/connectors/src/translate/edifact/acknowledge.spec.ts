import { NO_CONTEXT } from '../translation.js';
import { acknowledgeEdifact } from './acknowledge.js';
import { aMessage, anInterchange, anOrders, ORDERS } from './edifact.builders.js';
import { translateEdifact } from './translate.js';
import { bytesOfEdifact, writeEdifact, type EdifactOutgoing } from './write.js';

const GOOD = anOrders('1', 'LIN+1++4000862141404:SRV', 'QTY+21:3');
const answerTo = (text: string): readonly EdifactOutgoing[] =>
  acknowledgeEdifact(bytesOfEdifact(text), NO_CONTEXT).flatMap(({ outgoing }) => outgoing);
const written = (text: string): string =>
  writeEdifact(answerTo(text), {
    sender: { id: '5790000000029', qualifier: '14' },
    receiver: { id: '5790000000012', qualifier: '14' },
    control: '9',
    at: '2026-03-15T09:00:00',
  }).text;

describe('a CONTRL', () => {
  it('acknowledges what is right', () => {
    expect(written(anInterchange([GOOD]))).toContain(
      "UNH+1+CONTRL:D:3:UN'UCI+5101+5790000000012:14+5790000000029:14+7'UCM+1+ORDERS:D:96A:UN:EAN008+7'UNT+4+1'",
    );
  });

  it('names position and element of what is wrong, and acknowledges the rest', () => {
    const wrong = aMessage(ORDERS, '2', 'BGM+220', 'LIN+1', 'QTY+21:three', 'UNS+S');
    expect(written(anInterchange([GOOD, wrong]))).toContain(
      "UCM+1+ORDERS:D:96A:UN:EAN008+7'UCM+2+ORDERS:D:96A:UN:EAN008+4'UCS+2'UCD+13+3'UCS+4'UCD+12+2:2'",
    );
  });

  it('rejects a message with a wrong count, and an interchange with one', () => {
    const interchange = anInterchange([GOOD]);
    expect(written(interchange.replace('UNT+8', 'UNT+9'))).toContain('UCM+1+ORDERS:D:96A:UN:EAN008+4+29');
    expect(written(interchange.replace('UNZ+1', 'UNZ+2'))).toContain("5790000000029:14+4+29'UNT+3+1'");
  });

  it('says what its receiver decided', () => {
    const [answer] = acknowledgeEdifact(bytesOfEdifact(anInterchange([GOOD])), NO_CONTEXT, () => 'rejected');
    expect(answer?.outgoing[0]?.document.data).toMatchObject({ messages: [{ status: 'rejected' }] });
  });

  it('is never sent for a CONTRL, and is read back as it was made', () => {
    const wrong = aMessage(ORDERS, '2', 'BGM+220', 'LIN+1', 'QTY+21:three', 'UNS+S');
    const interchange = anInterchange([GOOD, wrong]);
    const text = written(interchange);
    expect(answerTo(text)).toEqual([]);
    const [read] = translateEdifact(bytesOfEdifact(text), NO_CONTEXT)[0]?.documents ?? [];
    expect(read?.faults).toEqual([]);
    expect(read?.canonical?.data).toMatchObject(answerTo(interchange)[0]?.document.data ?? {});
  });
});
