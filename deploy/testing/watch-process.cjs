/**
 * Loaded into a process and all that it starts by `NODE_OPTIONS=--require`: writes down whom it calls and what it
 * starts, into the file that WATCH_FILE names.
 */
const childProcess = require('node:child_process');
const { appendFileSync } = require('node:fs');
const net = require('node:net');
const dns = require('node:dns');

const note = (line) => appendFileSync(process.env.WATCH_FILE, `${line}\n`);

for (const name of ['spawn', 'fork', 'exec', 'execFile', 'spawnSync', 'execSync', 'execFileSync']) {
  const original = childProcess[name];
  childProcess[name] = (...args) => {
    note(`${name} ${args[0]} ${Array.isArray(args[1]) ? args[1].join(' ') : ''}`);
    return original(...args);
  };
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [first] = args.flat();
  if (first?.path === undefined) note(`connect ${first?.host ?? first?.hostname ?? args[1] ?? 'localhost'}`);
  return connect.apply(this, args);
};

const { lookup } = dns;
dns.lookup = (...args) => {
  note(`lookup ${args[0]}`);
  return lookup(...args);
};
