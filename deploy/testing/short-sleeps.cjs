/** Loaded into a process by `NODE_OPTIONS=--require`: what it sleeps between two calls takes a fiftieth of the time. */
const { syncBuiltinESMExports } = require('node:module');
const timers = require('node:timers/promises');

const { setTimeout: sleep } = timers;
timers.setTimeout = (ms, ...rest) => sleep(ms / 50, ...rest);
syncBuiltinESMExports();
