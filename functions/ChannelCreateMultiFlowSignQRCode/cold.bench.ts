import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { bareEnvironment, runNode } from '../../bench/child.ts';
import { createBody, createEvent, openCreateEnvironment } from '../../bench/create-environment.ts';
import { addedByLoading, inTurn } from '../../bench/loading.ts';
import { median } from '../../bench/measure.ts';
import type { BenchResult } from '../../bench/result.ts';
import { bundleSdk } from '../../bench/sdk-bundle.ts';

const rounds = 25;
const bundle = resolve('dist/ChannelCreateMultiFlowSignQRCode/index.js');

/** What a cold instance pays: to load the bundle, and to load it and answer its first call. */
export default async function bench(): Promise<BenchResult[]> {
  const sdk = await bundleSdk();
  const environment = await openCreateEnvironment();
  try {
    return [await loading(sdk.path), await firstCall(sdk.path, environment), size(sdk.bytes)];
  } finally {
    await environment.close();
  }
}

async function loading(sdkPath: string): Promise<BenchResult> {
  // The SDK's client leaves nothing open, and our bundle opens nothing before its first event.
  const { ours, sdk: theirs } = await addedByLoading({ ours: bundle, sdk: sdkPath }, rounds);
  return {
    name: 'cold/create-vs-sdk',
    ratio: ours / theirs,
    against: `what loading the SDK's client adds to a bare start (${theirs.toFixed(1)} ms)`,
    value: Number(ours.toFixed(1)),
    unit: 'ms',
  };
}

async function firstCall(
  sdkPath: string,
  { env, upstreamPort }: Awaited<ReturnType<typeof openCreateEnvironment>>,
) {
  const ours = `const started = performance.now();
    const { main_handler } = require(${JSON.stringify(bundle)});
    const context = { request_id: 'bench', getRemainingTimeInMillis: () => 10000 };
    main_handler(${JSON.stringify(createEvent)}, context).then((answer) => {
      const ms = performance.now() - started;
      if (answer.statusCode !== 200) throw new Error(answer.body);
      process.stdout.write('\\n' + ms);
      process.exit(0);
    })`;
  const theirs = `const started = performance.now();
    const { Client } = require(${JSON.stringify(sdkPath)});
    const client = new Client({
      credential: { secretId: process.env.ESS_SECRET_ID, secretKey: process.env.ESS_SECRET_KEY },
      region: '',
      profile: { httpProfile: { endpoint: '127.0.0.1:${upstreamPort}', protocol: 'http://' } },
    });
    client.ChannelCreateMultiFlowSignQRCode(${JSON.stringify(createBody)}).then((answer) => {
      const ms = performance.now() - started;
      if (!answer.QrCode) throw new Error('no code');
      process.stdout.write('\\n' + ms);
      process.exit(0);
    })`;
  const took = { ours: [] as number[], sdk: [] as number[] };
  const script = { ours, sdk: theirs };
  for (let round = 0; round < rounds; round += 1) {
    for (const name of inTurn(['ours', 'sdk'] as const, round)) {
      const { output } = await runNode(['-e', script[name]], bareEnvironment(env));
      took[name].push(Number(output.trim().split('\n').at(-1)));
    }
  }
  return {
    name: 'cold/create-first-call-vs-sdk',
    ratio: median(took.ours) / median(took.sdk),
    against: `loading the SDK's client and its first bare call (${median(took.sdk).toFixed(1)} ms)`,
    value: Number(median(took.ours).toFixed(1)),
    unit: 'ms',
  };
}

function size(sdkBytes: number): BenchResult {
  const { size: bytes } = statSync(bundle);
  return {
    name: 'size/create-vs-sdk',
    ratio: bytes / sdkBytes,
    against: `the SDK's client, minified (${sdkBytes} bytes)`,
    value: bytes,
    unit: 'bytes',
  };
}
