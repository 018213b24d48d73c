import { resolve } from 'node:path';
import { bareEnvironment, runNode } from '../../bench/child.ts';
import { createEvent, openCreateEnvironment } from '../../bench/create-environment.ts';
import { median } from '../../bench/measure.ts';
import type { BenchResult } from '../../bench/result.ts';

const rounds = 5;
const calls = 600;

/** What a warm stable link takes, against one bare select by key over a connection of the same kind. */
export default async function bench(): Promise<BenchResult[]> {
  const { env, close } = await openCreateEnvironment();
  const run = async (kind: string, name: string, times: number, input: object) => {
    const bundle = resolve(`dist/${name}/index.js`);
    const args = [resolve('dist/bench/caller.mjs'), kind, bundle, '1', String(times), JSON.stringify(input)];
    return JSON.parse((await runNode(args, bareEnvironment(env))).output);
  };
  try {
    const slug = await makeCode(env);
    const event = { httpMethod: 'GET', path: `/s/${slug}`, queryString: {}, headers: {}, body: '' };
    const took: { ours: number; floor: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const ours = await run('ours', 'stable-link', calls, { event });
      const floor = await run('select', 'stable-link', calls, { key: slug });
      took.push({ ours: ours.latencyUs, floor: floor.latencyUs });
    }
    const floorUs = Math.round(median(took.map(({ floor }) => floor)));
    return [
      {
        name: 'link/floor',
        ratio: median(took.map(({ ours, floor }) => ours / floor)),
        against: `one bare select by key (${floorUs} µs)`,
        value: Math.round(median(took.map(({ ours }) => ours))),
        unit: 'µs',
      },
    ];
  } finally {
    await close();
  }
}

/** Makes one code through the built function. Returns its slug. */
async function makeCode(env: Record<string, string>): Promise<string> {
  const script = `const { main_handler } = require(${JSON.stringify(resolve('dist/ChannelCreateMultiFlowSignQRCode/index.js'))});
    main_handler(${JSON.stringify(createEvent)}, { request_id: 'bench', getRemainingTimeInMillis: () => 10000 }).then((answer) => {
      if (answer.statusCode !== 200) throw new Error(answer.body);
      process.stdout.write('\\n' + JSON.parse(answer.body).Slug);
      process.exit(0);
    })`;
  const { output } = await runNode(['-e', script], bareEnvironment(env));
  return output.trim().split('\n').at(-1) ?? '';
}
