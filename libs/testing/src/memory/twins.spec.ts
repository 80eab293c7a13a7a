import { MemoryBroker, MemoryStore, MemoryStreams } from '../index.js';
import { brokerConformance } from '../conformance/broker.js';
import { storeConformance } from '../conformance/store.js';

describe('the store in memory', () => {
  const store = new MemoryStore(() => Date.now());
  for (const { name, run } of storeConformance(async () => ({ store, another: store }))) it(name, run);
});

describe('the broker in memory', () => {
  const shared = new MemoryStreams(Date.now);
  let count = 0;
  const make = async () => {
    const name = `conform${++count}`;
    const on = { stream: name.toUpperCase(), type: `${name}.evt.said`, durable: `${name}-durable` };
    const remake = async () => {
      if (shared.streams.has(on.stream)) shared.wipe(on.stream);
      shared.add(on.stream);
      shared.durable(on.stream, on.durable, [`${on.type}.v1.*`]);
    };
    await remake();
    return { broker: new MemoryBroker(shared), another: new MemoryBroker(shared), ...on, remake };
  };
  for (const { name, run } of brokerConformance(make)) it(name, run);
});
