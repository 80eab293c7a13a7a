export * from './contract.js';
export * from './decider.js';
export * from './decision.js';
export * from './id.js';
export * from './money.js';
export * from './quantity.js';
export * from './time.js';
export * from './apply.js';
