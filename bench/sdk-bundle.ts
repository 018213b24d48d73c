import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';

/** The official client of our API alone, bundled and minified as our functions are. Returns its path and its bytes. */
export async function bundleSdk(): Promise<{ path: string; bytes: number }> {
  const path = resolve('dist/bench/sdk-client.js');
  await build({
    stdin: {
      contents:
        "export { Client } from 'tencentcloud-sdk-nodejs/tencentcloud/services/essbasic/v20210526/essbasic_client.js'",
      resolveDir: process.cwd(),
    },
    outfile: path,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    legalComments: 'none',
    logLevel: 'error',
  });
  return { path, bytes: statSync(path).size };
}
