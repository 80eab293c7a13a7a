/** Messages that no contract allows, put on the broker by whoever can reach it. */
import { randomUUID } from 'node:crypto';
import { aCustomer } from './master-data.ts';
import { eventually, type Json, type World } from './world.ts';

const RESERVE = 'inventory.cmd.reserve-stock';
const aHead = (type: string, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  'ce-specversion': '1.0',
  'ce-id': `bad-${randomUUID()}`,
  'ce-type': type,
  'ce-source': 'urn:somebody',
  'ce-subject': 'somebody',
  'ce-time': new Date().toISOString(),
  'ce-tenant': 'acme',
  'ce-version': '1',
  'ce-correlationid': `bad-${randomUUID()}`,
  ...more,
});

interface Quarantined {
  readonly _id: string;
  readonly reason: string;
  readonly messageId: string;
  readonly bytes: { toString(encoding?: string): string };
}
const inQuarantine = (world: World, messageId: string): Promise<Quarantined | undefined> =>
  eventually('the message in quarantine', async () => {
    const rows = world.mongo.db('inventory-propagation').collection<Quarantined>('quarantine');
    return (await rows.findOne({ messageId })) ?? undefined;
  });

/** Whoever hears this stream goes on: a change of master data and an order after it are taken. */
const goesOn = async (world: World, account: string): Promise<void> => {
  await world.keyIn({ customers: [aCustomer(account)] });
  await world.nextGoodOne({ account });
};

export const messagesOfNobody = (world: () => World): void => {
  describe('a message', () => {
    it('on a subject of no stream is taken by nobody, and its sender is told', async () => {
      const head = aHead('nobody.evt.nothing');
      await expect(world().ear.publish('nobody.evt.nothing.v1.00', '{}', head)).rejects.toThrow();
      await goesOn(world(), 'AFTER-NO-STREAM');
    });

    it.each([
      ['on a subject that no contract knows', `inventory.cmd.make-coffee.v1.00`, 'inventory.cmd.make-coffee', '1'],
      ['in a version that no contract knows', `${RESERVE}.v9.00`, RESERVE, '9'],
    ])('%s brings nothing about', async (_, subject, type, version) => {
      const head = aHead(type, { 'ce-version': version });
      await world().ear.publish(subject, '{"a":1}', head);
      await goesOn(world(), `AFTER-${type.length}-${version}`);
      expect(world().ear.of(head['ce-correlationid'] as string)).toEqual([type]);
    });

    it.each([
      ['that names an unknown kind', '{"a":1}', aHead('inventory.cmd.make-coffee'), 'contract-unknown'],
      ['whose body breaks its schema', '{"orderId":7,"name":"A. Buyer"}', aHead(RESERVE), 'schema-violation'],
      ['whose body is no JSON', 'not json', aHead(RESERVE), 'undecodable'],
    ])('%s goes to quarantine with its bytes, and is announced by reference only', async (_, body, head, reason) => {
      await world().ear.publish(`${RESERVE}.v1.00`, body, head);
      const row = await inQuarantine(world(), head['ce-id'] as string);
      expect([row?.reason, row?.bytes.toString()]).toEqual([reason, body]);
      const told = await eventually('its announcement', async () =>
        world().ear.heard.find(
          (heard) => heard.subject.startsWith('deadletters.') && heard.body.includes(String(row?._id)),
        ),
      );
      const letter = JSON.parse(told.body) as Json;
      expect(letter).toMatchObject({ service: 'inventory-propagation', reason, quarantineId: row?._id });
      expect(told.body).not.toContain('A. Buyer');
      expect(
        world()
          .ear.of(head['ce-correlationid'] as string)
          .filter((type) => !/quarantined/.test(type)),
      ).toEqual([head['ce-type']]);
      await goesOn(world(), `AFTER-${reason.toUpperCase()}`);
    });
  });
};
