/**
 * A process that calls create again and again, through our handler or through the SDK, and prints as JSON what a call
 * cost it: processor time and latency in microseconds. Arguments: `ours` or `sdk`, path of the bundle, how many calls
 * at once, how many in all, and as JSON the event, the body and the port of upstream.
 */
import { createRequire } from 'node:module';

const [kind, path = '', atOnceText = '1', callsText = '1', json = '{}'] = process.argv.slice(2);
const { event, body, port } = JSON.parse(json);
const atOnce = Number(atOnceText);
const calls = Number(callsText);
const require = createRequire(import.meta.url);
// The log lines of the handler are part of its work; where they go is not what is measured.
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true;

const call = kind === 'ours' ? ours() : sdk();

function ours(): () => Promise<void> {
  const { main_handler } = require(path);
  return async () => {
    const answer = await main_handler(event, { request_id: 'bench', getRemainingTimeInMillis: () => 10_000 });
    if (answer.statusCode !== 200) throw new Error(answer.body);
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
