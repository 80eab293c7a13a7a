export * from './given.js';
export * from './servers.js';
export * from './memory/memory-store.js';
export * from './memory/memory-broker.js';
export * from './memory/memory-streams.js';
export * from './conformance/case.js';
export * from './conformance/store.js';
export * from './conformance/broker.js';
/** builders of what a store and a broker are given */
export * as port from './conformance/store-plans.js';
export * from './invariants/check.js';
export { projectionsAreFolds } from './invariants/projections.js';
export * from './invariants/verdict.js';
export type { Sources } from './invariants/server-world.js';
export type * from './invariants/world.js';
export * from './simulation/clock.js';
export * from './simulation/random.js';
export * from './simulation/process.js';
export * from './simulation/ambient.js';
