export * from './record.js';
export * from './view.js';
