/** Bugs of the road: what a message meets between the stream and the commit, and between the commit and the stream. */
import type { Planted } from './index.ts';

const ROAD = 'libs/runtime/src/road';
const bug = (name: string, layer: string, file: string, find: string, replace: string): Planted => ({
  name,
  layer,
  patches: [{ file: `${ROAD}/${file}.ts`, find, replace }],
});

export const ROAD_BUGS: readonly Planted[] = [
  bug(
    'position stored before the commit',
    'processor',
    'processor',
    'if (fresh.length > 0) await this.decideAll(works, fresh);',
    `if (fresh.length > 0) {
      const before = this.positions;
      this.positions = this.positionsAfter(works);
      await this.keepPositions();
      this.positions = before;
      await this.decideAll(works, fresh);
    }`,
  ),
  bug(
    'inbox check skipped',
    'processor',
    'inbox',
    'const handled = await this.context.store.handled(causes);',
    'const handled = new Map<string, StoredAnswer | undefined>();',
  ),
  bug('refused copies are not looked up', 'processor', 'processor', 'this.inbox.doubt();', ''),
  bug(
    'same id twice in a batch',
    'processor',
    'processor',
    'else if (first.get(work.cause) === work) fresh.push(work);',
    "else if (first.get(work.cause) === work || work.from.kind !== 'door') fresh.push(work);",
  ),
  bug(
    'publish before commit',
    'processor',
    'processor',
    'else await this.store(batch, events, positions);',
    `else {
      await this.context.broker.publish(events);
      await this.store(batch, events, positions);
    }`,
  ),
  bug(
    'caller answered before the commit',
    'processor',
    'processor',
    'const positions = this.positionsAfter(done);',
    `for (const told of batch.told) tell(told, batch.answers);
    const positions = this.positionsAfter(done);`,
  ),
  bug(
    'outbox row lost',
    'processor',
    'processor',
    '      events,\n      answers:',
    '      events: events.slice(1),\n      answers:',
  ),
  bug(
    'good messages counted as poison',
    'processor',
    'processor',
    'const ATTEMPTS_LIMIT = 3;',
    'const ATTEMPTS_LIMIT = 0;',
  ),
  bug('states kept after an unknown result', 'processor', 'processor', 'this.states.clear();', ''),
  bug(
    'answer of an ask dropped after an error',
    'lane',
    'lane',
    'this.doors.unshift(...this.current.splice(0));',
    'this.current.splice(0);',
  ),
  bug(
    'parked message lost',
    'batch',
    'batch',
    '    this.dueIn.set(due._id, due);\n    this.parking.add(due);',
    '    this.parking.add(due);',
  ),
  bug('timer stays due', 'batch', 'batch', "if (from.kind === 'due') this.dueOut.add(from.due._id);", ''),
  bug(
    'timers are never set',
    'batch',
    'batch',
    "if (as.kind === 'say') {",
    "if (as.kind === 'timer') continue;\n      if (as.kind === 'say') {",
  ),
  bug(
    'answered question stays open',
    'batch',
    'batch',
    "if (from.kind === 'answer' && from.closes) this.dueOut.add(from.closes);",
    '',
  ),
  bug(
    'ids not derived by place',
    'batch',
    'batch',
    'const id = derivedId(cause.id, decider.name, index);',
    'const id = derivedId(cause.id, decider.name);',
  ),
  bug(
    'defer taken for an ignore',
    'batch',
    'batch',
    "if (from.kind !== 'door') return this.park(work, awaitsKey(input.tenant, decision.awaits));",
    "if (from.kind !== 'door') return this.settle(work, 'ignore', decision.reason);",
  ),
  bug(
    'waiting messages not woken, and not asked again',
    'batch',
    'batch',
    '    if (deferred && !late) {',
    '    if (!late) {',
  ),
  bug(
    'entity versions begin anew with each batch',
    'speech',
    'speech',
    'const entityVersion = (this.counts.get(of) ?? before(of)) + 1;',
    'const entityVersion = (this.counts.get(of) ?? 0 * before(of)) + 1;',
  ),
  bug(
    'oldest of newest values kept',
    'speech',
    'speech',
    'if (newest) last.set(newest, index);',
    'if (newest && !last.has(newest)) last.set(newest, index);',
  ),
  bug('failed publication given up', 'relay', 'relay', 'await this.clock.wait(RETRY_MS);', 'return;'),
  bug(
    'published noted before the acknowledgement',
    'relay',
    'relay',
    'const acks = await this.broker.publish(events);',
    'this.reached(n);\n    const acks = await this.broker.publish(events);',
  ),
  bug(
    'acknowledgement taken for a proof',
    'proof',
    'proof',
    'if (!newest) return { lost: stream };',
    `if (!newest) {
        at = withPosition(at, stream, this.at[stream] as Position);
        continue;
      }`,
  ),
  bug(
    'only the newest of what was acknowledged looked for',
    'proof',
    'proof',
    'for (let from = 0; from < below.length; from += AT_ONCE) {',
    'for (let from = 0; from < 0; from += AT_ONCE) {',
  ),
  bug(
    'what was told again taken for what stood there',
    'standing',
    'verify',
    '(position.storedMs === undefined || position.storedMs === found.storedMs);',
    'position.seq >= 0;',
  ),
  bug(
    'new owner publishes nothing that is owed',
    'relay',
    'standing',
    'await this.publishRange(known, n, ({ events }) => events);',
    'this.relay.reached(n);',
  ),
  bug('wiped broker not filled again', 'standing', 'standing', 'if (lost.size > 0) {', 'if (lost.size > 99) {'),
  bug(
    'positions of a lost stream believed',
    'standing',
    'standing',
    'if (await stands(broker, stream, before, now)) continue;',
    'if (before) continue;',
  ),
  bug(
    'message at the position not looked at',
    'standing',
    'verify',
    'return found ? isThere(position, found) : isDeleted(broker, stream, position);',
    'return true;',
  ),
  {
    name: 'swallowed deliveries not noticed',
    layer: 'intake',
    patches: [
      {
        file: `${ROAD}/intake.ts`,
        find: 'if (delivery.deliverySeq !== expected)',
        replace: 'if (delivery.deliverySeq < 0)',
      },
      { file: `${ROAD}/intake.ts`, find: 'if (counted === seen) continue;', replace: 'if (counted >= 0) continue;' },
    ],
  },
  bug(
    'consumer not reset to the position',
    'intake',
    'intake',
    'await broker.reset(stream, this.durable(), from);',
    'await broker.reset(stream, this.durable(), from + 1);',
  ),
  bug(
    'tenant dropped from a key',
    'ports',
    'ports',
    'export const storedId = (tenant: string, id: string): string => `${tenant}|${id}`;',
    'export const storedId = (tenant: string, id: string): string => `${tenant && "acme"}|${id}`;',
  ),
  bug(
    'events of a second tenant said for the first',
    'speech',
    'speech',
    '      tenant: cause.tenant,\n      key,',
    "      tenant: message.name === 'order-accepted' ? 'acme' : cause.tenant,\n      key,",
  ),
  bug('dead letters not told', 'batch', 'batch', 'this.speech.deadLetter(row, input);', ''),
  {
    name: 'asked again under another key, without a look',
    layer: 'ask',
    patches: [
      {
        file: 'apps/finance-posting/src/ask/erp.ts',
        find: "const headers = { 'Idempotency-Key': data.documentId };",
        replace: "const headers = { 'Idempotency-Key': `${data.documentId}/${outside.attempt}` };",
      },
      {
        file: 'libs/runtime/src/ask/runner.ts',
        find: 'if (question.tries > 0 && find) {',
        replace: 'if (question.tries > 99 && find) {',
      },
    ],
  },
  {
    name: 'questions not asked by the next owner',
    layer: 'ask',
    patches: [
      {
        file: `${ROAD}/lane.ts`,
        find: 'this.context.opened(this.id, asks, false);',
        replace: 'this.context.opened(this.id, [], false);',
      },
    ],
  },
];
