import { QianmaError } from '../../../shared/errors.ts';
import {
  type Environment,
  readConfig,
  type VariableName,
  variables,
} from '../../../shared/runtime/config.ts';
import { inBoth, inLanguage, type Text } from '../../../shared/text.ts';
import { type Check, fail, ok } from '../check.ts';

// Object.keys forgets that its strings are the keys.
const names = Object.keys(variables) as VariableName[];

/** Every variable that any function reads, and all that is wrong with them at once. */
export const configuration: Check<never> = {
  id: 'configuration',
  needs: [],
  variables: [],
  async run(_config, { env }) {
    const problems = [...unreadable(env), ...leftOver(env)];
    if (problems.length === 0) {
      return ok({
        en: `All ${names.length} variables can be used`,
        zh: `${names.length} 个环境变量均可用`,
      });
    }
    return fail(
      { en: problems.map(({ en }) => en).join('; '), zh: problems.map(({ zh }) => zh).join('；') },
      {
        en: 'Set them as docs/deploy.md says, here and for the deployment',
        zh: '按 docs/deploy.zh-CN.md 设置，本机与部署环境须一致',
      },
    );
  },
};

function unreadable(env: Environment): Text[] {
  try {
    readConfig(env, names);
    return [];
  } catch (error) {
    if (!(error instanceof QianmaError)) throw error;
    return error.problems.map(({ path, message }) =>
      inBoth((language) => `${path} ${inLanguage(message, language)}`),
    );
  }
}

/** What a tool for deployment leaves of a variable that is not set. It would pass for a value. */
function leftOver(env: Environment): Text[] {
  return names
    .filter((name) => env[name]?.includes('${') === true)
    .map((name) => ({
      en: `${name} holds \${…}, which nothing has replaced`,
      zh: `${name} 含有未被替换的 \${…}`,
    }));
}
