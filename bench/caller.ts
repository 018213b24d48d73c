/**
 * A process that does the same again and again, and prints as JSON what once cost it: processor time and latency in
 * microseconds. Arguments: what it does, path of the bundle, how many at once, how many in all, and as JSON the event,
 * the body, the port of upstream and the key of a row.
 *
 * `ours` calls a handler of ours, `sdk` creates through the SDK's client. `floor` does the least that a create can do:
 * one durable commit of a row, one signed call of upstream, another commit. `select` reads a row by its key.
 */
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import pg from 'pg';
import { createSigner } from '../shared/tc3/sign.ts';

const [kind, path = '', atOnceText = '1', callsText = '1', json = '{}'] = process.argv.slice(2);
const { event, body, port, key } = JSON.parse(json);
const atOnce = Number(atOnceText);
const calls = Number(callsText);
const require = createRequire(import.meta.url);
// The log lines of the handler are part of its work; where they go is not what is measured.
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true;

const contestants = { ours, sdk, floor, select };
// The benchmark that starts this process names one of them.
const call = await contestants[kind as keyof typeof contestants]();

function ours(): () => Promise<void> {
  const { main_handler } = require(path);
  return async () => {
    const answer = await main_handler(event, { request_id: 'bench', getRemainingTimeInMillis: () => 10_000 });
    if (answer.statusCode !== 200 && answer.statusCode !== 302) throw new Error(answer.body);
  };
}

function sdk(): () => Promise<void> {
  const { Client } = require(path);
  const client = new Client({
    credential: { secretId: process.env['ESS_SECRET_ID'], secretKey: process.env['ESS_SECRET_KEY'] },
    region: '',
    profile: { httpProfile: { endpoint: `127.0.0.1:${port}`, protocol: 'http://' } },
  });
  return async () => {
    await client.ChannelCreateMultiFlowSignQRCode(body);
  };
}

async function floor(): Promise<() => Promise<void>> {
  const client = await connected();
  await client.query('create table if not exists bench_floor (at timestamptz not null)');
  const agent = new Agent({ keepAlive: true });
  const host = `127.0.0.1:${port}`;
  const contentType = 'application/json';
  const action = 'ChannelCreateMultiFlowSignQRCode';
  const credentials = {
    secretId: process.env['ESS_SECRET_ID'] ?? '',
    secretKey: process.env['ESS_SECRET_KEY'] ?? '',
  };
  const sign = createSigner(credentials, 'essbasic');
  const commit = () =>
    client.query({ name: 'floor', text: 'insert into bench_floor values ($1)', values: [new Date()] });
  const post = (bytes: Buffer) =>
    new Promise<void>((resolve, reject) => {
      const timestampS = Math.floor(Date.now() / 1000);
      const headers = {
        Authorization: sign({ host, contentType, action, body: bytes, timestampS }),
        'Content-Type': contentType,
        'Content-Length': bytes.byteLength,
        Host: host,
        'X-TC-Action': action,
        'X-TC-Timestamp': timestampS,
        'X-TC-Version': '2021-05-26',
      };
      request({ agent, host: '127.0.0.1', port, method: 'POST', path: '/', headers }, (response) => {
        response.resume().once('end', resolve);
      })
        .once('error', reject)
        .end(bytes);
    });
  return async () => {
    await commit();
    await post(Buffer.from(JSON.stringify(body)));
    await commit();
  };
}

async function select(): Promise<() => Promise<void>> {
  const client = await connected();
  return async () => {
    const { rows } = await client.query({
      name: 'select',
      text: 'select code_id, state from codes where slug = $1',
      values: [key],
    });
    if (rows.length !== 1) throw new Error('no row');
  };
}

async function connected(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] ?? '' });
  await client.connect();
  return client;
}

async function run(count: number, latencies: number[]): Promise<void> {
  let started = 0;
  const worker = async () => {
    while (started < count) {
      started += 1;
      const from = performance.now();
      await call();
      latencies.push((performance.now() - from) * 1000);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

await run(Math.ceil(calls / 4), []);
const latencies: number[] = [];
const before = process.cpuUsage();
await run(calls, latencies);
const { user, system } = process.cpuUsage(before);
const middle = latencies.sort((a, b) => a - b)[Math.floor(latencies.length / 2)];
write(JSON.stringify({ cpuUs: (user + system) / calls, latencyUs: middle }));
process.exit(0);
