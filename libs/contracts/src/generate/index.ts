export * from './asyncapi.js';
export * from './catalogue.js';
export * from './compatibility.js';
export * from './files.js';
export * from './published.js';
export * from './withdrawn.js';
