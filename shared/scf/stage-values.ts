import { join } from 'node:path';
import type { Text } from '../text.ts';
import { parseEnvironmentFile } from './environment-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a stage is deployed with. */
export interface StageValues {
  values: Environment;
  /** The name of the file that was looked for; undefined without a stage. */
  fileName: string | undefined;
  isFileThere: boolean;
  /** Names to which the environment gives another value than the file, and goes before it. */
  overruled: readonly string[];
}

/**
 * The environment, and beneath it the variables of `.env.<stage>`. A variable that is set to nothing counts as not set.
 *
 * @param readOptional the text of a file, undefined where there is none
 * @throws Failure `Misconfigured` for a file of which something would be lost
 */
export async function readStageValues(
  folder: string,
  stage: string | undefined,
  env: Environment,
  readOptional: (path: string) => Promise<string | undefined>,
): Promise<StageValues> {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  if (!stage) return { values: set, fileName: undefined, isFileThere: false, overruled: [] };
  const fileName = `.env.${stage}`;
  const text = await readOptional(join(folder, fileName));
  const file = text === undefined ? {} : parseEnvironmentFile(text, fileName);
  return {
    values: { ...file, ...set, STAGE: stage },
    fileName,
    isFileThere: text !== undefined,
    overruled: Object.keys(file).filter((name) => name in set && set[name] !== file[name]),
  };
}

/** A missing file may be meant, and so may a variable that goes before it; neither should stay unseen. */
export function notesOnValues({ fileName, isFileThere, overruled }: StageValues): Text[] {
  if (fileName === undefined) return [];
  if (!isFileThere) {
    return [
      {
        zh: `没有 ${fileName}：取值均来自环境变量`,
        en: `there is no ${fileName}: all values come from the environment`,
      },
    ];
  }
  const list = overruled.join(', ');
  const text = {
    zh: `环境变量优先于 ${fileName}：${list}`,
    en: `the environment goes before ${fileName} for ${list}`,
  };
  return overruled.length === 0 ? [] : [text];
}
