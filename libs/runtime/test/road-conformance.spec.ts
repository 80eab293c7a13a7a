import { floorInMemory } from './floor-in-memory.ts';
import { roadConformance } from './road-conformance.ts';

describe('the road over the twins in memory', () => {
  for (const { name, run } of roadConformance(floorInMemory)) it(name, run);
});
