import { floorOnServers } from './floor-on-servers.ts';
import { roadConformance } from './road-conformance.ts';
import { Stage } from './stage.ts';

describe('the road on nats-server and mongod', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open('road');
  }, 60_000);
  afterEach(() => stage.empty(), 20_000);
  afterAll(() => stage?.close(), 30_000);

  for (const { name, run } of roadConformance(async () => floorOnServers(stage))) it(name, run, 90_000);
});
