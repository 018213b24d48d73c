import * as z from 'zod/mini';
import type { DeployedAddresses } from '../../deploy/command/addresses.ts';
import { Failure } from '../../shared/errors.ts';

/** What matters of a line of `npm run deploy -- info --json`; the others are passed over. */
const Line = z.object({
  event: z.string(),
  target: z.optional(z.string()),
  url: z.optional(z.string()),
  publicBaseUrl: z.optional(z.string()),
  callbackUrl: z.optional(z.string()),
});

/**
 * Reads what `npm run deploy -- info --json` has written. In the cloud a function is called `<project>-<stage>-<name>`.
 *
 * @throws Failure `InvalidRequest` for what is none of its lines
 */
export function readDeployInfo(text: string, functionNames: readonly string[]): DeployedAddresses {
  const lines = text
    .split('\n')
    .filter((line) => !isBlank(line))
    .map(parse);
  const urls = lines.flatMap(({ target, url }): [string, string][] => {
    const name = functionNames.find((one) => target?.endsWith(`-${one}`) === true);
    return name === undefined || url === undefined || url === '' ? [] : [[name, url]];
  });
  const end = lines.find(({ event }) => event === 'end');
  return {
    urls: new Map(urls),
    env: {
      ...(end?.publicBaseUrl !== undefined && { PUBLIC_BASE_URL: end.publicBaseUrl }),
      ...(end?.callbackUrl !== undefined && { CALLBACK_BASE_URL: end.callbackUrl }),
    },
  };
}

/** Nothing, or what npm prints before a script without `--silent`. */
const isBlank = (line: string) => line.trim() === '' || line.startsWith('> ');

function parse(line: string): z.infer<typeof Line> {
  try {
    return Line.parse(JSON.parse(line));
  } catch (cause) {
    const detail = {
      zh: '--info 须为 npm run deploy -- info --json 的输出',
      en: '--info must name what npm run deploy -- info --json has written',
    };
    throw new Failure('InvalidRequest', { detail, cause });
  }
}
