import { accept, say } from '@crossdock/kernel';
import { Deposited } from '../../test/chain.js';
import { prepare } from './prepare.js';

const says = new Set(['orders.evt.test-deposited.v1']);
const saying = (letters: string) => prepare([say(Deposited, { key: 'k', amount: 1, kind: letters })], says);

describe('outputs before anything of them counts', () => {
  it('are measured in bytes, as the broker does, and not in letters', () => {
    expect(saying('x'.repeat(7_400_000))).toHaveProperty('prepared');
    expect(saying('ü'.repeat(3_900_000))).toEqual({
      fault: expect.stringContaining('orders.evt.test-deposited: 7800'),
      reason: 'body-too-large',
    });
  });
  it('keep their place, which their ids derive from', () => {
    const { outputs } = accept(
      { answer: 1 },
      say(Deposited, { key: 'k', amount: 1 }),
      { answer: 2 },
      say(Deposited, { key: 'k', amount: 2 }),
    );
    expect(prepare(outputs, says)).toMatchObject({ prepared: [{ index: 1 }, { index: 3 }] });
  });
});
