/** Every store of the road passes this: MongoDB and its twin in memory. */
import type { Store } from '@crossdock/runtime';
import type { Case } from './case.js';
import { commitCases } from './store-commits.js';
import { laneCases } from './store-lanes.js';
import { waitingCases } from './store-waiting.js';

/** `another` is the same store as a second process sees it. */
export const storeConformance = (make: () => Promise<{ store: Store; another: Store }>): readonly Case[] => [
  ...laneCases(make),
  ...commitCases(make),
  ...waitingCases(make),
];
